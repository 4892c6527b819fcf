"""Outcomes worked by hand on the small rubric of tests/panels.py, and what holds for all."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.assessment.events import Reconfirmed, Settled, Standing
from kb.peers.assessment.final import conclusion, final_gates, final_scores
from kb.peers.assessment.folding import fold
from kb.peers.assessment.outcome import Condition, Missed, Outcome, outcome
from kb.peers.assessment.review import GateVerdict, Rating, Review
from kb.peers.assessment.rubric import Rubric
from tests.panels import RAW, RUBRIC, criterion, reconciling, review

YES, NO, UNCLEAR = GateVerdict.YES, GateVerdict.NO, GateVerdict.UNCLEAR
PASSED = {"relevance": YES, "ethics": YES}
NAMES = ("effectiveness", "equity", "reach", "evidence", "transfer")
SCORES = st.lists(st.none() | st.sampled_from(RUBRIC.levels()), min_size=5, max_size=5)
GATES = st.tuples(*[st.sampled_from(GateVerdict)] * 2)
REVIEWS = st.builds(lambda scores, gates: review(*scores, gates=gates), SCORES, GATES)


def came_to(*scores: float | None, gates: dict[str, GateVerdict] = PASSED) -> Outcome:
    return outcome(RUBRIC, gates, dict(zip(NAMES, scores, strict=True)), panel=2, status="peer-validated")


def test_a_practice_that_reaches_every_threshold_exactly() -> None:
    """Core (4 + 3) / 2 = 3.5; weighted (2·4 + 3 + 3 + 3 + 3) / 6 = 20/6; impact (4 + 3) / 2, evidence 3: leading."""
    found = came_to(4, 3, 3, 3, 3)

    assert (found.label, found.is_positive, found.status, found.missed) == ("validated", True, "peer-validated", ())
    assert found.weighted_mean == pytest.approx(20 / 6)
    assert found.coverage == (5, 5)
    assert (found.impact, found.evidence, found.stage) == (3.5, 3, "leading")
    assert found.panel == 2


def test_thresholds_know_no_weights() -> None:
    """Weighted the core's mean would be (2·4.5 + 2) / 3 = 3.67 and reach 3.5; unweighted it is 3.25."""
    found = came_to(4.5, 2, 5, 5, 5)

    assert found.label == "promising"
    assert found.missed == (
        Missed(label="validated", condition=Condition.EACH, item="equity", wanted=3, got=2),
        Missed(label="validated", condition=Condition.TIER, item="core", wanted=3.5, got=3.25),
    )


def test_five_five_two_is_rejected_as_in_horizon_europe() -> None:
    """Each of three criteria has to reach 3, and 5 + 5 + 2 = 12 of 15 is not enough: the rule of Horizon Europe (10 of 15)."""
    tier = {"tier": "award", "title": "Award", "criteria": [criterion(name) for name in ("excellence", "impact", "quality")]}
    labels = [
        {"label": "above", "title": "Above", "is_positive": True, "each": 3, "tiers": {"award": 10 / 3}},
        {"label": "below", "title": "Below"},
    ]
    raw = {**RAW, "gates": [], "gate_labels": None, "tiers": [tier], "labels": labels, "titles": {}, "stages": None}
    horizon = Rubric.of(raw)

    def label(*scores: float) -> str:
        return outcome(horizon, {}, dict(zip(horizon.criterion_names, scores, strict=True)), panel=3).label

    assert label(5, 5, 2) == "below"
    assert label(3, 3, 4) == "above"  # 10 of 15, each 3
    assert label(3, 3, 3.5) == "below"  # each 3, and 9.5 of 15


@pytest.mark.parametrize(
    ("gates", "label"),
    [
        ({"relevance": NO, "ethics": YES}, "not-recommended"),
        ({"relevance": NO, "ethics": UNCLEAR}, "not-recommended"),
        ({"relevance": YES, "ethics": UNCLEAR}, "candidate"),
        ({"relevance": YES}, "candidate"),  # nobody answered: unclear
    ],
)
def test_a_gate_that_is_not_passed_blocks_every_positive_label(gates: dict[str, GateVerdict], label: str) -> None:
    found = came_to(5, 5, 5, 5, 5, gates=gates)

    assert (found.label, found.is_positive, found.status, found.stage) == (label, False, "", "")
    assert {each.condition for each in found.missed} == {Condition.GATE}
    assert {each.label for each in found.missed} == {"validated", "promising"}
    assert found.weighted_mean == 5


def test_a_rubric_without_words_for_gates_falls_to_its_last_label() -> None:
    bare = Rubric.of({**RAW, "gate_labels": None})

    assert outcome(bare, {"relevance": NO, "ethics": YES}, dict.fromkeys(NAMES, 5.0), panel=2).label == "candidate"


def test_no_label_is_positive_without_the_gates() -> None:
    good = {"label": "good", "title": "Good", "is_positive": True}
    lenient = Rubric.of({**RAW, "labels": [good], "gate_labels": None})
    found = outcome(lenient, {"relevance": NO, "ethics": YES}, {}, panel=2, status="peer-validated")

    assert (found.label, found.is_positive, found.status) == ("good", False, "")
    assert outcome(lenient, PASSED, {}, panel=2).is_positive


def test_what_cannot_be_assessed_is_left_out_of_means_and_lowers_coverage() -> None:
    """4 of 5 scored: 0.8 is enough; weighted (2·4 + 3 + 3 + 3) / 5 = 3.4."""
    found = came_to(4, 3, 3, 3, None)

    assert (found.label, found.coverage) == ("validated", (4, 5))
    assert found.weighted_mean == pytest.approx(3.4)

    found = came_to(4, 3, 3, None, None)

    assert (found.label, found.coverage) == ("promising", (3, 5))
    assert found.missed == (Missed(label="validated", condition=Condition.COVERAGE, wanted=0.8, got=0.6),)
    assert (found.impact, found.evidence, found.stage) == (3.5, None, "")


def test_a_core_criterion_that_is_not_scored_blocks() -> None:
    found = came_to(5, None, 5, 5, 5)

    assert (found.label, found.coverage) == ("candidate", (4, 5))
    assert {(each.label, each.condition, each.item) for each in found.missed} == {
        ("validated", Condition.SCORED, "equity"),
        ("promising", Condition.SCORED, "equity"),
    }


def test_nothing_scored_is_no_zero() -> None:
    found = came_to(None, None, None, None, None)

    assert (found.label, found.weighted_mean, found.impact, found.stage, found.coverage) == ("candidate", None, None, "", (0, 5))
    assert Missed(label="promising", condition=Condition.TIER, item="core", wanted=3, got=None) in found.missed


@pytest.mark.parametrize(
    ("impact", "evidence", "stage"),
    [(5, 5, "best"), (5, 4, "leading"), (3.5, 5, "leading"), (5, 1.5, "emerging"), (2, 2, "promising"), (1.5, 5, "emerging")],
)
def test_the_stage_is_the_last_step_that_impact_and_evidence_both_reach(impact: float, evidence: float, stage: str) -> None:
    assert came_to(impact, 3, impact, evidence, 3).stage == stage


def test_rounding_keeps_nobody_below_a_threshold() -> None:
    """3.3 three times has a mean of 3.2999999999999994 if summed plainly."""
    tier = {"tier": "core", "title": "Core", "criteria": [criterion(name) for name in ("a", "b", "c")]}
    labels = [
        {"label": "good", "title": "Good", "is_positive": True, "tiers": {"core": 3.3}},
        {"label": "other", "title": "Other"},
    ]
    raw = {**RAW, "scale": {"lowest": 0, "highest": 5, "step": 0.1}, "tiers": [tier], "labels": labels, "stages": None}

    assert outcome(Rubric.of(raw), PASSED, dict.fromkeys("abc", 3.3), panel=2).label == "good"


def concluded(reviews: dict[str, Review], *after: tuple[str, Settled | Reconfirmed]) -> Outcome:
    return conclusion(fold("a", reconciling(reviews, *after)), RUBRIC)


def test_final_scores_are_medians_of_those_who_scored() -> None:
    """Effectiveness 3, 4, 5 → 4; equity 3, 4 → 3.5; reach only bob: 2; evidence nobody."""
    folded = fold(
        "a",
        reconciling({"ann": review(3, 3, None, None, 1), "bob": review(5, 4, 2, None, 1), "cai": review(4, None, None, None, 2)}),
    )

    assert final_scores(folded, RUBRIC) == {"effectiveness": 4, "equity": 3.5, "reach": 2, "evidence": None, "transfer": 1}


def test_gates_need_one_voice() -> None:
    one, other = review(3, 3, 3, 3, 3, gates=(YES, YES)), review(3, 3, 3, 3, 3, gates=(YES, NO))

    assert final_gates(fold("a", reconciling({"ann": one, "bob": other})), RUBRIC) == {"relevance": YES, "ethics": UNCLEAR}


def test_what_was_settled_stands_instead_and_the_last_of_it() -> None:
    reviews = {"ann": review(1, 3, 3, 3, 3), "bob": review(5, 3, 3, 3, 3, gates=(YES, NO))}
    after = [
        ("fay", Settled(item="effectiveness", rating=Rating.SCORED, score=2, reason="x")),
        ("fay", Settled(item="effectiveness", rating=Rating.SCORED, score=4.5, reason="y")),
        ("fay", Settled(item="reach", rating=Rating.NOT_ASSESSABLE, reason="x")),
        ("bob", Settled(item="ethics", verdict=YES, reason="x")),
    ]
    found = concluded(reviews, *after)

    assert found.gates == PASSED
    assert (found.scores["effectiveness"], found.scores["reach"], found.coverage) == (4.5, None, (4, 5))
    assert found.label == "validated"


def test_a_score_that_was_taken_back_does_not_count_until_it_stands_again() -> None:
    reviews = {"ann": review(1, 3, 3, 3, 3), "bob": review(5, 3, 3, 3, 3)}
    withdrawn = Reconfirmed(criterion="effectiveness", verdict=Standing.WITHDRAWN, reason="gone")
    stands = Reconfirmed(criterion="effectiveness", verdict=Standing.STANDS, reason="there again")

    assert concluded(reviews).scores["effectiveness"] == 3
    assert concluded(reviews, ("ann", withdrawn)).scores["effectiveness"] == 5
    assert concluded(reviews, ("ann", withdrawn), ("ann", stands)).scores["effectiveness"] == 3


@given(st.lists(REVIEWS, min_size=2, max_size=4))
def test_the_order_of_reviewers_makes_no_difference(reviews: list[Review]) -> None:
    panel = {f"r{number}": each for number, each in enumerate(reviews)}

    assert len({concluded(dict(order)).model_dump_json() for order in itertools.permutations(panel.items())}) == 1


@given(st.lists(REVIEWS, min_size=1, max_size=3), st.integers(0, 2), st.sampled_from(NAMES), st.sampled_from(Rating))
def test_an_answer_without_a_score_never_raises_coverage(reviews: list[Review], who: int, name: str, rating: Rating) -> None:
    panel = {f"r{number}": each for number, each in enumerate(reviews)}
    changed = reviews[who % len(reviews)]
    without = changed.answers[name].model_copy(update={"rating": Rating.UNKNOWN, "score": None})
    after = {**panel, f"r{who % len(reviews)}": changed.model_copy(update={"answers": {**changed.answers, name: without}})}

    assert concluded(after).n_scored <= concluded(panel).n_scored
    assert concluded({**panel, "more": review(None, None, None, None, None)}).n_scored == concluded(panel).n_scored


@given(SCORES, GATES, st.integers(0, 4))
def test_a_better_score_never_gives_a_worse_label(scores: list[float | None], gates: tuple[GateVerdict, ...], which: int) -> None:
    order = ["not-recommended", "candidate", "promising", "validated"]
    said = dict(zip(RUBRIC.gate_names, gates, strict=True))
    before = came_to(*scores, gates=said)
    better = [5.0 if index == which and score is not None else score for index, score in enumerate(scores)]

    assert order.index(came_to(*better, gates=said).label) >= order.index(before.label)
    assert not before.is_positive or set(gates) == {YES}

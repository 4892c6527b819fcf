"""Agreement of a whole panel, and what a member may learn of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb import open_kb
from kb.errors import NotFound
from kb.peers.agreement.alpha import alpha
from kb.peers.agreement.chance import ac2
from kb.peers.agreement.estimate import Why
from kb.peers.agreement.kappa import kappa
from kb.peers.agreement.panel import panel_agreement
from kb.peers.agreement.table import RatingTable
from kb.peers.agreement.weighting import Weighting
from kb.peers.assessment import events as happened
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.review import Answer, Rating, Review
from kb.peers.assessment.rubric import Rubric
from kb.services.assessing.agreeing import agreement
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role
from kb.services.records import KeptRubric, StoredEvent
from kb.settings import Settings

LEVELS = (0.0, 1.0, 2.0, 3.0)
RUBRIC = Rubric.of(
    {
        "rubric": "little", "version": 1, "language": "en", "title": "Little", "purpose": "To test.", "minutes": 5,
        "scale": {"lowest": 0, "highest": 3, "step": 1}, "spread": 2,
        "weights_set": {"by": "us", "on": "2026-01-01", "why": "so"}, "review_after_months": 12,
        "tiers": [{"tier": "core", "title": "Core", "criteria": [
            {"criterion": name, "title": name, "question": f"{name}?", "source": "us", "anchors": {0: "nothing", 3: "all"}}
            for name in ("effect", "reach")
        ]}],
        "labels": [{"label": "candidate", "title": "Candidate"}],
        "sources": {"us": {"title": "Us", "organisation": "Us", "date": "2026"}},
    }
)  # fmt: skip
FACILITATOR = Member("fay", frozenset({Role.MEMBER, Role.FACILITATOR}))
STRANGER = Member("sam", frozenset({Role.MEMBER}))

Given = Mapping[str, Mapping[str, Mapping[str, float]]]  # assessment → reviewer → criterion → score

SCORES: Given = {
    "bees-1": {"ann": {"effect": 3, "reach": 1}, "bob": {"effect": 3, "reach": 2}, "cyd": {"effect": 2}},
    "bees-2": {"ann": {"effect": 2, "reach": 1}, "bob": {"effect": 2, "reach": 0}},
    "farm-1": {"ann": {"effect": 0, "reach": 3}, "bob": {"effect": 1, "reach": 3}},
    "mill-1": {"ann": {"effect": 1}, "cyd": {"effect": 1, "reach": 2}},
}
PRACTICES = {"bees-1": "bees", "bees-2": "bees", "farm-1": "farm", "mill-1": "mill"}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    opened = replace(open_kb(Settings(tmp_path / "corpus", tmp_path / "index", model="fake")), records=FakeRecords())
    keep_rubric(opened, RUBRIC)
    return opened


def keep_rubric(base: KnowledgeBase, rubric: Rubric) -> None:
    with base.records() as records:
        records.rubrics.keep(KeptRubric(rubric.rubric, rubric.version, rubric.sha256, rubric.canonical(), "2026-01-01", "fay"))


def happen(base: KnowledgeBase, assessment: str, *events: tuple[str, happened.Body], is_demo: bool = False) -> None:
    with base.records() as records:
        n_before = len(records.assessments.of(assessment))
        for seq, (member, body) in enumerate(events, start=n_before + 1):
            kind, text = happened.spelled(body)
            records.assessments.append(StoredEvent(assessment, seq, member, "2026-01-02T10:00:00", kind, text, is_demo))


def opened(practice: str, version: int = 1) -> tuple[str, happened.Body]:
    return "fay", happened.Opened(
        practice=practice, title=practice, rubric="little", version=version, rubric_sha256="", due="2026-02-01", owner="Owners"
    )


def invited(reviewer: str) -> tuple[str, happened.Body]:
    return "fay", happened.Invited(reviewer=reviewer)


def submitted(reviewer: str, scores: Mapping[str, float]) -> tuple[str, happened.Body]:
    answers = {name: Answer(rating=Rating.SCORED, score=score) for name, score in scores.items()}
    absent = {name: Answer(rating=Rating.NOT_ASSESSABLE) for name in RUBRIC.criterion_names if name not in scores}
    return reviewer, happened.Submitted(review=Review(answers=answers | absent))


REPLY: tuple[str, happened.Body] = ("fay", happened.ReplyOpened(due="2026-03-01"))
CONCLUDED: tuple[str, happened.Body] = (
    "fay", happened.Concluded(outcome=Outcome(gates={}, scores={}, n_scored=0, n_criteria=2, label="candidate", panel=2)),
)  # fmt: skip


def reviewed(base: KnowledgeBase, given: Given, *, is_demo: bool = False, version: int = 1, last: Sequence = ()) -> None:
    """All were invited and submitted, and the reply is open."""
    for name, panel in given.items():
        reviews = [submitted(reviewer, scores) for reviewer, scores in panel.items()]
        invitations = [invited(reviewer) for reviewer in panel]
        start = opened(PRACTICES[name], version)
        happen(base, name, start, *invitations, ("fay", happened.Begun()), *reviews, REPLY, *last, is_demo=is_demo)


# --- the panel ---


def test_each_criterion_is_told_by_its_own_scores() -> None:
    effect, reach = panel_agreement(SCORES, ("effect", "reach"), LEVELS, practice_of=PRACTICES)
    table = RatingTable.of(
        {name: {who: one["reach"] for who, one in panel.items() if "reach" in one} for name, panel in SCORES.items()}, PRACTICES
    )

    assert (effect.criterion, effect.n_units, effect.n_ratings) == ("effect", 4, 9)
    assert (reach.criterion, reach.n_units, reach.n_ratings) == ("reach", 4, 7)
    assert (reach.alpha.n_units, reach.alpha.n_practices) == (3, 2)
    assert (reach.alpha, reach.ac2) == (alpha(table), ac2(table, levels=LEVELS))
    assert [(pair.first, pair.second, pair.kappa.n_units) for pair in effect.kappas] == [
        ("ann", "bob", 3), ("ann", "cyd", 2), ("bob", "cyd", 1),
    ]  # fmt: skip
    assert reach.kappas[0].kappa == kappa(table, "ann", "bob", weighting=Weighting.ORDINAL, levels=LEVELS)
    assert [(one.rater, one.n) for one in reach.leniency] == [("ann", 3), ("bob", 3), ("cyd", 0)]


def test_pairs_and_leniency_are_told_of_the_named_only_and_compare_with_all() -> None:
    """On effect ann is above the mean of the others by 0.5 on bees-1, 0 on bees-2, −1 on farm-1 and 0 on mill-1."""
    whole, told = (panel_agreement(SCORES, ("effect",), LEVELS, reviewers=names)[0] for names in (None, {"ann", "nobody"}))

    assert (told.alpha, told.ac2, told.kappas) == (whole.alpha, whole.ac2, ())
    assert [(one.rater, one.difference, one.n) for one in told.leniency] == [("ann", -0.125, 4)]


@given(st.permutations(list(SCORES)), st.permutations(["ann", "bob", "cyd"]))
def test_the_order_of_assessments_and_reviewers_changes_nothing(names: list[str], reviewers: list[str]) -> None:
    shuffled = {name: {who: SCORES[name][who] for who in reviewers if who in SCORES[name]} for name in names}

    def told(scores: Given) -> object:
        return panel_agreement(scores, RUBRIC.criterion_names, LEVELS, practice_of=PRACTICES, n_draws=30)

    assert told(shuffled) == told(SCORES)


def test_nothing_is_told_of_nobody() -> None:
    (told,) = panel_agreement({}, ("effect",), LEVELS)

    assert (told.n_units, told.n_ratings, told.alpha.why, told.kappas, told.leniency) == (0, 0, Why.NO_PAIRS, (), ())


# --- the service ---


def test_a_facilitator_is_told_of_all_reviews_once_they_are_open(base: KnowledgeBase) -> None:
    reviewed(base, SCORES)

    told = agreement(base, "little", actor=FACILITATOR)

    assert told.criteria == panel_agreement(SCORES, RUBRIC.criterion_names, LEVELS, practice_of=PRACTICES)
    assert (told.rubric, told.versions, told.is_demo) == (RUBRIC, (1,), False)
    assert (told.n_assessments, told.n_practices, told.n_reviewers, told.n_nameless) == (4, 3, 3, 0)


def test_who_has_a_review_to_submit_is_told_the_same_whatever_the_others_said(base: KnowledgeBase) -> None:
    """Even to a facilitator: neither scores nor their number nor that there are any."""
    reviewed(base, {name: SCORES[name] for name in ("bees-1", "farm-1")})
    blind = replace(FACILITATOR, name="bob-too")
    happen(base, "mill-1", opened("mill"), invited("bob-too"), invited("ann"), ("fay", happened.Begun()))
    before = agreement(base, "little", actor=blind)

    happen(base, "mill-1", submitted("ann", {"effect": 3, "reach": 0}))
    after_one = agreement(base, "little", actor=blind)
    happen(base, "mill-1", ("fay", happened.Excused(reviewer="bob-too")), REPLY)

    assert after_one == before
    assert agreement(base, "little", actor=blind) != before  # what was hidden does count for who may see it


def test_until_all_are_in_a_facilitator_is_told_nothing_of_a_review(base: KnowledgeBase) -> None:
    happen(
        base, "mill-1", opened("mill"), invited("ann"), invited("bob"), ("fay", happened.Begun()), submitted("ann", {"effect": 3})
    )

    told = agreement(base, "little", actor=FACILITATOR)

    assert (told.n_assessments, told.n_reviewers, told.versions) == (0, 0, ())
    assert {one.alpha.why for one in told.criteria} == {Why.NO_PAIRS}


def test_others_are_told_the_figures_and_no_names(base: KnowledgeBase) -> None:
    """ "Reviewer 1" of one assessment is not that of another, so that neither pairs nor leniency can be told."""
    reviewed(base, SCORES)
    hidden = agreement(base, "little", actor=STRANGER)
    for name in SCORES:
        happen(base, name, ("fay", happened.ReplyClosed()), CONCLUDED)

    told, whole = (agreement(base, "little", actor=actor) for actor in (STRANGER, FACILITATOR))

    assert hidden.n_assessments == 0
    assert [(one.alpha, one.ac2) for one in told.criteria] == [(one.alpha, one.ac2) for one in whole.criteria]
    assert (told.n_assessments, told.n_reviewers, told.n_nameless) == (4, 0, 4)
    assert [(one.kappas, one.leniency) for one in told.criteria] == [((), ())] * 2
    assert not any(name in repr(told) for name in ("ann", "bob", "cyd"))


def test_a_reviewer_is_told_pairs_of_the_own_panels_only(base: KnowledgeBase) -> None:
    reviewed(base, SCORES, last=[("fay", happened.ReplyClosed()), CONCLUDED])

    told = agreement(base, "little", actor=replace(STRANGER, name="cyd"))

    effect = told.criteria[0]
    assert (told.n_reviewers, told.n_nameless) == (3, 2)
    assert [(pair.first, pair.second, pair.kappa.n_units) for pair in effect.kappas] == [
        ("ann", "bob", 1), ("ann", "cyd", 2), ("bob", "cyd", 1),
    ]  # fmt: skip


def test_the_demonstration_counts_only_while_there_is_nothing_else(base: KnowledgeBase) -> None:
    reviewed(base, {name: SCORES[name] for name in ("bees-1", "farm-1")}, is_demo=True)
    demo = agreement(base, "little", actor=FACILITATOR)
    reviewed(base, {"mill-1": SCORES["mill-1"]})

    real = agreement(base, "little", actor=FACILITATOR)

    assert (demo.is_demo, demo.n_assessments, demo.criteria[0].alpha.why) == (True, 2, None)
    assert (real.is_demo, real.n_assessments, real.criteria[0].alpha.why) == (False, 1, Why.ONE_PRACTICE)


def test_several_assessments_of_one_practice_are_no_two_practices(base: KnowledgeBase) -> None:
    reviewed(base, {name: SCORES[name] for name in ("bees-1", "bees-2")})

    told = agreement(base, "little", actor=FACILITATOR)

    assert {each.why for one in told.criteria for each in (one.alpha, one.ac2)} == {Why.ONE_PRACTICE}
    assert {leniency.difference for one in told.criteria for leniency in one.leniency} == {None}


def test_what_was_cancelled_or_withdrawn_counts_for_nothing(base: KnowledgeBase) -> None:
    reviewed(base, SCORES)
    happen(base, "farm-1", ("fay", happened.Cancelled(why="twice")))
    happen(base, "bees-1", ("ann", happened.Reconfirmed(criterion="effect", verdict=happened.Standing.WITHDRAWN)))
    left = {name: dict(SCORES[name]) for name in ("bees-1", "bees-2", "mill-1")}
    left["bees-1"]["ann"] = {"reach": 1}

    told = agreement(base, "little", actor=FACILITATOR)

    assert told.criteria == panel_agreement(left, RUBRIC.criterion_names, LEVELS, practice_of=PRACTICES)


def test_the_highest_version_with_reviews_is_told_and_any_that_is_asked_for(base: KnowledgeBase) -> None:
    for version in (2, 3):
        keep_rubric(base, RUBRIC.model_copy(update={"version": version}))
    reviewed(base, {"bees-1": SCORES["bees-1"]})
    reviewed(base, {"farm-1": SCORES["farm-1"]}, version=2)
    happen(base, "mill-1", opened("mill", 3))

    told = [agreement(base, "little", version, actor=FACILITATOR) for version in (None, 1, 3)]

    assert [(one.rubric.version, one.n_assessments, one.versions) for one in told] == [
        (2, 1, (1, 2)),
        (1, 1, (1, 2)),
        (3, 0, (1, 2)),
    ]


def test_a_rubric_in_no_assessment_is_not_found(base: KnowledgeBase) -> None:
    reviewed(base, {"bees-1": SCORES["bees-1"]})

    with pytest.raises(NotFound, match="in no assessment"):
        agreement(base, "grand", actor=FACILITATOR)
    with pytest.raises(NotFound, match="version 9"):
        agreement(base, "little", 9, actor=FACILITATOR)

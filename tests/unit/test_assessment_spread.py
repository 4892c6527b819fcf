"""How far apart reviewers are."""

from __future__ import annotations

from kb.peers.assessment.events import Reconfirmed, Settled, Standing
from kb.peers.assessment.folding import fold
from kb.peers.assessment.review import GateVerdict, Rating, Review
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import Spread, spreads, to_settle
from kb.peers.assessment.state import Assessment
from tests.panels import RAW, RUBRIC, reconciling, review

YES, NO, UNCLEAR = GateVerdict.YES, GateVerdict.NO, GateVerdict.UNCLEAR


def apart(reviews: dict[str, Review], *after: tuple[str, Settled | Reconfirmed], rubric: Rubric = RUBRIC) -> dict[str, Spread]:
    return {each.item: each for each in spreads(folded(reviews, *after), rubric)}


def folded(reviews: dict[str, Review], *after: tuple[str, Settled | Reconfirmed]) -> Assessment:
    return fold("a", reconciling(reviews, *after))


def test_two_points_are_wide_and_one_and_a_half_are_not() -> None:
    found = apart({"ann": review(3, 3, 3, 3, 3), "bob": review(5, 4.5, 3, 3, 3)})

    assert (found["effectiveness"].range, found["effectiveness"].is_wide) == (2, True)
    assert (found["equity"].range, found["equity"].is_wide) == (1.5, False)
    assert found["equity"].scores == {"ann": 3, "bob": 4.5}
    assert list(found) == ["relevance", "ethics", "effectiveness", "equity", "reach", "evidence", "transfer"]


def test_the_range_is_that_of_all_reviewers() -> None:
    found = apart({"ann": review(2, 3, 3, 3, 3), "bob": review(3, 3, 3, 3, 3), "cai": review(4, 3, 3, 3, 3)})

    assert (found["effectiveness"].range, found["effectiveness"].is_wide) == (2, True)


def test_somebody_who_cannot_tell_makes_it_mixed_and_not_wide() -> None:
    found = apart({"ann": review(5, None, 3, 3, 3), "bob": review(None, None, 3, 3, 3)})

    assert (found["effectiveness"].range, found["effectiveness"].is_wide, found["effectiveness"].is_mixed) == (0, False, True)
    assert (found["equity"].range, found["equity"].is_wide, found["equity"].is_mixed) == (None, False, False)


def test_yes_and_no_are_wide_and_unclear_is_mixed() -> None:
    scores = (3, 3, 3, 3, 3)
    found = apart({"ann": review(*scores, gates=(YES, YES)), "bob": review(*scores, gates=(NO, UNCLEAR))})

    assert (found["relevance"].is_wide, found["relevance"].is_mixed) == (True, False)
    assert (found["ethics"].is_wide, found["ethics"].is_mixed) == (False, True)
    assert found["ethics"].verdicts == {"ann": YES, "bob": UNCLEAR}


def test_opposite_signs_are_wide_however_near() -> None:
    signed = Rubric.of({**RAW, "scale": {"lowest": -2, "highest": 2, "step": 0.5}})
    reviews = {"ann": review(0.5, 0, 1, 1, 1), "bob": review(-0.5, 1, 1, 1, 1)}
    found = apart(reviews, rubric=signed)

    assert found["effectiveness"].is_wide
    assert not found["equity"].is_wide


def test_what_is_wide_has_to_be_settled_and_a_score_taken_back_is_not_apart() -> None:
    reviews = {"ann": review(0, 3, 3, 3, 0), "bob": review(5, 3, 3, 3, 5, gates=(YES, NO))}
    settled = Settled(item="transfer", rating=Rating.SCORED, score=2, reason="x")
    withdrawn = Reconfirmed(criterion="effectiveness", verdict=Standing.WITHDRAWN, reason="x")

    assert to_settle(folded(reviews), RUBRIC) == ("ethics", "effectiveness", "transfer")
    assert to_settle(folded(reviews, ("fay", settled), ("ann", withdrawn)), RUBRIC) == ("ethics",)

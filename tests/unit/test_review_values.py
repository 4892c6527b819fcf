"""What a reviewer says, and what keeps it from being submitted."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.peers.assessment import events as happened
from kb.peers.assessment.events import KINDS, read, spelled
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.folding import fold
from kb.peers.assessment.review import (
    MAX_PINS,
    MAX_REASON_CHARS,
    Answer,
    Confidence,
    GateAnswer,
    GateVerdict,
    Lack,
    Need,
    Pin,
    Rating,
    Review,
    Stance,
    lacking,
    unsupported,
)
from tests.panels import RUBRIC, answer, invited, opened, pin, reconciling, review

WHOLE = review(4, 3.5, None, 0, 5)


def test_a_whole_review_lacks_nothing() -> None:
    assert lacking(WHOLE, RUBRIC) == ()


def test_an_empty_review_lacks_an_answer_to_every_gate_and_criterion_in_order() -> None:
    items = (*RUBRIC.gate_names, *RUBRIC.criterion_names)

    assert lacking(Review(), RUBRIC) == tuple(Lack(item, Need.ANSWER) for item in items)


@pytest.mark.parametrize(
    ("given", "needs"),
    [
        (Answer(rating=Rating.SCORED), {Need.SCORE, Need.REASON, Need.CONFIDENCE}),
        (Answer(rating=Rating.SCORED, score=2.25, reason="x", confidence=Confidence.LOW), {Need.ON_SCALE}),
        (Answer(rating=Rating.SCORED, score=-0.5, reason="x", confidence=Confidence.LOW), {Need.ON_SCALE}),
        (Answer(rating=Rating.SCORED, score=5.5, reason="x", confidence=Confidence.LOW), {Need.ON_SCALE}),
        (Answer(rating=Rating.SCORED, score=2.5, reason=" \n", confidence=Confidence.LOW), {Need.REASON}),
        (Answer(rating=Rating.UNKNOWN), {Need.REASON}),
        (Answer(rating=Rating.NOT_ASSESSABLE, score=0, reason="x"), {Need.NO_SCORE}),
        (Answer(rating=Rating.NOT_ASSESSABLE, reason="x"), set()),
        (answer(3, pins=(pin(),), none_found=True), {Need.EITHER}),
        (answer(3, pins=(), none_found=True), set()),
    ],
)
def test_every_fault_of_an_answer_is_told_at_once(given: Answer, needs: set[Need]) -> None:
    lacks = lacking(WHOLE.model_copy(update={"answers": {**WHOLE.answers, "reach": given}}), RUBRIC)

    assert {lack.need for lack in lacks} == needs
    assert all(lack.item == "reach" for lack in lacks)


def test_a_gate_needs_a_verdict_and_a_reason() -> None:
    bare = WHOLE.model_copy(update={"gates": {"relevance": GateAnswer(verdict=GateVerdict.NO), "ethics": GateAnswer(reason="x")}})

    assert lacking(bare, RUBRIC) == (Lack("relevance", Need.REASON), Lack("ethics", Need.ANSWER))


def test_what_the_rubric_does_not_ask_is_no_answer() -> None:
    more = WHOLE.model_copy(update={"answers": {**WHOLE.answers, "beauty": answer(5)}})

    assert lacking(more, RUBRIC) == (Lack("beauty", Need.ASKED),)


def test_unsupported_are_scores_without_a_passage() -> None:
    answers = {**WHOLE.answers, "effectiveness": answer(4, pins=()), "transfer": answer(5, pins=(), none_found=True)}

    assert unsupported(WHOLE.model_copy(update={"answers": answers}), RUBRIC) == ("effectiveness", "transfer")
    assert unsupported(WHOLE, RUBRIC) == ()  # what is unknown needs none


def test_texts_and_passages_have_limits() -> None:
    Answer(reason="x" * MAX_REASON_CHARS, pins=(pin(),) * MAX_PINS)

    with pytest.raises(ValidationError, match="has 5001 characters; at most 5000 are taken"):
        Answer(reason="x" * (MAX_REASON_CHARS + 1))
    with pytest.raises(ValidationError, match="has 13 passages; at most 12 are taken"):
        Answer(pins=(pin(),) * (MAX_PINS + 1))
    with pytest.raises(ValidationError, match="at most 2000"):
        pin("x" * 2001)


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_no_score_is_a_number_without_a_value(score: float) -> None:
    with pytest.raises(ValidationError):
        Answer(rating=Rating.SCORED, score=score)


BODIES: list[happened.Body] = [
    opened(respondent="olu", lacking=("figures",)),
    invited("ann", is_third=True, warnings=("of the same country",)),
    happened.Accepted(),
    happened.Declined(why="no time"),
    happened.Excused(reviewer="ann", why="ill"),
    happened.DueChanged(due="2027-01-01", why="holidays"),
    happened.Begun(),
    happened.Submitted(review=WHOLE),
    happened.Submitted(review=None),
    happened.ReplyOpened(due="2027-01-01"),
    happened.Replied(comments={"reach": "Ελληνικά — “quoted” <b>"}, general="x", on_behalf_of="y"),
    happened.ReplyClosed(why="x"),
    happened.Settled(item="reach", rating=Rating.SCORED, score=2.5, reason="x"),
    happened.Settled(item="ethics", verdict=GateVerdict.UNCLEAR, reason="x"),
    happened.Concluded(outcome=conclusion(fold("a", reconciling({"ann": WHOLE, "bob": WHOLE})), RUBRIC)),
    happened.Cancelled(why="x"),
    happened.Reconfirmed(criterion="reach", verdict=happened.Standing.STANDS, pins=(pin(),), reason="x"),
]


def test_every_event_is_read_as_it_was_spelled() -> None:
    assert {body.kind for body in BODIES} == set(KINDS)
    assert [read(*spelled(body)) for body in BODIES] == BODIES


@pytest.mark.parametrize(("kind", "text"), [("voted", "{}"), ("begun", '{"x": 1}'), ("begun", "{"), ("declined", '{"why": 3}')])
def test_an_event_that_this_version_does_not_know_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError):
        read(kind, text)


def test_a_pin_is_for_or_against() -> None:
    with pytest.raises(ValidationError, match="stance"):
        Pin.model_validate({"passage_id": "p", "document": "a.md", "sha256": "0", "quote": "q"})

    assert pin().stance is Stance.FOR

"""Which event may follow: a machine that tries legal and illegal moves of everybody, and single cases by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kb.peers.assessment import events as happened
from kb.peers.assessment.blinding import Reader, visible
from kb.peers.assessment.events import Body, Event, Reconfirmed, Settled, Standing, Submitted
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.folding import fold
from kb.peers.assessment.moves import Refusal, refused, reply_opens
from kb.peers.assessment.review import GateVerdict, Rating, Review
from kb.peers.assessment.spread import to_settle
from kb.peers.assessment.state import Assessment, SeatState, Stage
from tests.panels import (
    FACILITATOR,
    OWNER,
    RESPONDENT,
    RUBRIC,
    STRANGER,
    TODAY,
    answer,
    events,
    invited,
    opened,
    reconciling,
    review,
    reviewed,
)

ANN, BOB, CAI, DAN = (Reader(name, organisation=f"House of {name}") for name in ("ann", "bob", "cai", "dan"))
REVIEWERS = (ANN, BOB, CAI, DAN)
EVERYBODY = (FACILITATOR, Reader("gil", is_facilitator=True), RESPONDENT, STRANGER, *REVIEWERS)
DECLARED = {  # the stages as DOMAIN.md and the design name them
    Stage.OPENED: {Stage.REVIEWING, Stage.CANCELLED},
    Stage.REVIEWING: {Stage.REPLYING, Stage.CANCELLED},
    Stage.REPLYING: {Stage.RECONCILING, Stage.CANCELLED},
    Stage.RECONCILING: {Stage.CONCLUDED, Stage.CANCELLED},
    Stage.CONCLUDED: set(),
    Stage.CANCELLED: set(),
}
A_REVIEW = st.builds(
    lambda scores, gates: review(*scores, gates=gates),
    st.lists(st.none() | st.sampled_from(RUBRIC.levels()), min_size=5, max_size=5),
    st.tuples(*[st.sampled_from(GateVerdict)] * 2),
)
ITEMS = (*RUBRIC.gate_names, *RUBRIC.criterion_names)
ANYBODY, A_REVIEWER = st.sampled_from(EVERYBODY), st.sampled_from(REVIEWERS)


class Assessing(RuleBasedStateMachine):
    """Everybody tries everything; what is not refused is kept, as a service does."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Body]] = [("fay", opened())]
        self.submitted: dict[str, Review] = {}
        self.stages = [Stage.OPENED]
        self.outcome: happened.Outcome | None = None

    @initialize(n_moves=st.integers(0, 9), first=A_REVIEW, second=A_REVIEW)
    def go_on(self, n_moves: int, first: Review, second: Review) -> None:
        """Part of the straight way, so that every stage is tried from."""
        straight = (
            lambda: self.invite(ANN, FACILITATOR, is_third=False),
            lambda: self.invite(BOB, FACILITATOR, is_third=False),
            lambda: self.accept(ANN),
            self.begin,
            lambda: self.submit(ANN, first),
            lambda: self.submit(BOB, second),
            lambda: self.close_reply(RESPONDENT, ""),
            self.settle_all,
            lambda: self.conclude(is_tampered=False),
        )
        for move in straight[:n_moves]:
            move()

    @property
    def now(self) -> Assessment:
        return fold("a", self.events)

    @property
    def events(self) -> list[Event]:
        return events(*self.told)

    def attempt(self, body: Body, by: Reader) -> bool:
        """Whether the event was added."""
        before = self.now
        if refusals := refused(before, body, by, RUBRIC, today=TODAY):
            assert all(refusal.sentence for refusal in refusals)
            return False
        self.told.append((by.name, body))
        self.stages.append(self.now.stage)
        if reply_opens(self.now):
            reply = happened.ReplyOpened(due="2027-01-03")
            assert refused(self.now, reply, FACILITATOR, RUBRIC, today=TODAY) == ()
            self.told.append((by.name, reply))
            self.stages.append(self.now.stage)
        return True

    @rule(reviewer=A_REVIEWER, by=st.sampled_from([FACILITATOR, FACILITATOR, FACILITATOR, ANN]), is_third=st.booleans())
    def invite(self, reviewer: Reader, by: Reader, is_third: bool) -> None:
        had_seat = self.now.seat(reviewer.name) is not None

        assert not (self.attempt(invited(reviewer.name, is_third=is_third), by) and had_seat)

    @rule(by=A_REVIEWER)
    def accept(self, by: Reader) -> None:
        self.attempt(happened.Accepted(), by)

    @rule(by=A_REVIEWER)
    def decline(self, by: Reader) -> None:
        had_submitted = by.name in self.submitted

        assert not (self.attempt(happened.Declined(why="no time"), by) and had_submitted)

    @rule(reviewer=A_REVIEWER)
    def excuse(self, reviewer: Reader) -> None:
        had_submitted = reviewer.name in self.submitted

        assert not (self.attempt(happened.Excused(reviewer=reviewer.name, why="ill"), FACILITATOR) and had_submitted)

    @rule()
    def begin(self) -> None:
        n_live = len(self.now.live_seats)

        assert not (self.attempt(happened.Begun(), FACILITATOR) and n_live < 2)

    @precondition(lambda self: self.now.stage not in (Stage.OPENED, Stage.CANCELLED))
    @rule(by=A_REVIEWER, given=A_REVIEW)
    def submit(self, by: Reader, given: Review) -> None:
        if self.attempt(Submitted(review=given), by):
            assert by.name not in self.submitted
            self.submitted[by.name] = given

    @precondition(lambda self: self.submitted)
    @rule(by=st.sampled_from([RESPONDENT, FACILITATOR, STRANGER, ANN]))
    def reply(self, by: Reader) -> None:
        told = happened.Replied(general="thank you", on_behalf_of="olu" if by == FACILITATOR else "")

        assert not (self.attempt(told, by) and by in (STRANGER, ANN))

    @precondition(lambda self: self.submitted)
    @rule(by=st.sampled_from([RESPONDENT, FACILITATOR, STRANGER, ANN]), why=st.sampled_from(["", "no answer"]))
    def close_reply(self, by: Reader, why: str) -> None:
        assert not (self.attempt(happened.ReplyClosed(why=why), by) and by in (STRANGER, ANN))

    @precondition(lambda self: self.now.stage is Stage.RECONCILING)
    @rule(by=ANYBODY, item=st.sampled_from(ITEMS), score=st.sampled_from(RUBRIC.levels()), verdict=st.sampled_from(GateVerdict))
    def settle(self, by: Reader, item: str, score: float, verdict: GateVerdict) -> None:
        of_gate = Settled(item=item, verdict=verdict, reason="x")
        body = of_gate if item in RUBRIC.gate_names else Settled(item=item, rating=Rating.SCORED, score=score, reason="x")

        assert not (self.attempt(body, by) and not by.is_facilitator and by.name not in self.submitted)

    @precondition(lambda self: self.now.stage is Stage.RECONCILING)
    @rule()
    def settle_all(self) -> None:
        for item in to_settle(self.now, RUBRIC):
            self.settle(FACILITATOR, item, 3.0, GateVerdict.YES)

    @precondition(lambda self: self.submitted)
    @rule(is_tampered=st.booleans())
    def conclude(self, is_tampered: bool) -> None:
        before, outcome = self.now, conclusion(self.now, RUBRIC)
        body = happened.Concluded(outcome=outcome.model_copy(update={"panel": 99}) if is_tampered else outcome)
        if self.attempt(body, FACILITATOR):
            self.outcome = outcome
            assert not is_tampered
            assert len(before.reviews) >= 2
            assert all(seat.member in before.reviews for seat in before.live_seats)
            assert set(to_settle(before, RUBRIC)) == set()

    @rule(why=st.sampled_from(["", "", "", "the owner asked for it"]))
    def cancel(self, why: str) -> None:
        assert not (self.attempt(happened.Cancelled(why=why), FACILITATOR) and not why)

    @precondition(lambda self: self.submitted)
    @rule(by=ANYBODY, criterion=st.sampled_from(RUBRIC.criterion_names), verdict=st.sampled_from(Standing))
    def reconfirm(self, by: Reader, criterion: str, verdict: Standing) -> None:
        body = Reconfirmed(criterion=criterion, verdict=verdict, reason="looked again")

        assert not (self.attempt(body, by) and by.name not in self.submitted)

    @invariant()
    def no_stage_is_reached_that_is_not_declared(self) -> None:
        for before, after in zip(self.stages, self.stages[1:], strict=False):
            assert after == before or after in DECLARED[before]

    @invariant()
    def every_submitted_review_is_there_unchanged(self) -> None:
        assert {name: each.review for name, each in self.now.reviews.items()} == self.submitted
        assert {seat.member for seat in self.now.seats if seat.state is SeatState.SUBMITTED} == set(self.submitted)

    @invariant()
    def what_is_concluded_stays_as_it_is(self) -> None:
        assert self.now.outcome == self.outcome

    @invariant()
    def who_awaits_an_own_review_sees_none(self) -> None:
        for seat in self.now.awaited:
            for reader in (Reader(seat.member), Reader(seat.member, is_facilitator=True, organisation=OWNER)):
                assert fold("a", visible(self.events, reader)).reviews == {}

    @invariant()
    def nobody_is_forgotten(self) -> None:
        assert self.now.n_events == len(self.told) == len(self.now.transitions)


Assessing.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAssessing = Assessing.TestCase

FIVE = review(3, 3, 3, 3, 3)
TWO = {"ann": FIVE, "bob": FIVE}
APART = {"ann": review(0, 3, 3, 3, 3), "bob": FIVE}
SETTLED = Settled(item="effectiveness", rating=Rating.SCORED, score=2, reason="x")


def sentences(told: Iterable[Event], body: Body, by: Reader, today: str = TODAY) -> list[str]:
    return [refusal.sentence for refusal in refused(fold("a", told), body, by, RUBRIC, today=today)]


def concluded(told: Iterable[Event]) -> happened.Concluded:
    return happened.Concluded(outcome=conclusion(fold("a", told), RUBRIC))


def test_a_whole_assessment() -> None:
    third = ("fay", invited("cai", is_third=True))
    told = reconciling(APART, third, ("cai", happened.Accepted()), ("cai", Submitted(review=FIVE)), ("fay", SETTLED))
    folded = fold("bees-1", told)

    assert sentences(told, concluded(told), FACILITATOR) == []
    assert (folded.id, folded.practice, folded.rubric, folded.version, folded.stage) == (
        "bees-1",
        "bees",
        "small",
        1,
        Stage.RECONCILING,
    )
    assert [(seat.member, seat.state, seat.is_third) for seat in folded.seats] == [
        ("ann", SeatState.SUBMITTED, False),
        ("bob", SeatState.SUBMITTED, False),
        ("cai", SeatState.SUBMITTED, True),
    ]
    assert [(each.member, each.kind, each.detail) for each in folded.transitions][-4:] == [
        ("fay", "invited", "cai"),
        ("cai", "accepted", ""),
        ("cai", "submitted", ""),
        ("fay", "settled", "effectiveness"),
    ]
    assert folded.settled["effectiveness"].member == "fay"


def test_no_conclusion_while_reviewers_are_far_apart_or_one_is_awaited() -> None:
    told = reconciling(APART, ("fay", invited("cai", is_third=True)))

    assert sentences(told, concluded(told), FACILITATOR) == [
        "A review is still awaited of cai. Wait, or excuse them.",
        "The reviewers are far apart, and nothing is settled yet, on effectiveness.",
    ]


def test_an_outcome_that_was_looked_at_before_something_changed_is_not_concluded() -> None:
    looked_at = concluded(reconciling(TWO))
    now = reconciling(TWO, ("bob", SETTLED))

    assert refused(fold("a", now), looked_at, FACILITATOR, RUBRIC, today=TODAY) == (
        Refusal("What the assessment comes to has changed meanwhile. Look at it again.", is_late=True),
    )


def test_a_review_that_lacks_something_is_not_submitted() -> None:
    told = events(("fay", opened()), ("fay", invited("ann")), ("fay", invited("bob")), ("fay", happened.Begun()))
    bare = FIVE.model_copy(update={"answers": {**FIVE.answers, "reach": answer(3, reason="")}, "gates": {}})

    assert sentences(told, Submitted(review=bare), ANN) == [
        "The review cannot be submitted yet: something is missing at relevance, ethics, reach."
    ]
    assert sentences(told, Submitted(review=None), ANN) == ["There is no review to submit."]
    assert sentences(told, Submitted(review=FIVE), STRANGER) == ["You are not invited to review here."]
    assert sentences(told, Submitted(review=FIVE), ANN) == []


def test_the_owner_is_waited_for_until_the_date() -> None:
    told = reviewed(TWO)
    close = happened.ReplyClosed()
    replied = reviewed(TWO, ("olu", happened.Replied(general="thank you")))

    assert sentences(told, close, FACILITATOR) == ["The owner has until 2027-01-03 to reply. Wait, or say why you go on without."]
    assert sentences(told, close, FACILITATOR, today="2027-01-04") == []
    assert sentences(told, happened.ReplyClosed(why="they say they will not"), FACILITATOR) == []
    assert sentences(told, close, RESPONDENT) == sentences(replied, close, FACILITATOR) == []
    assert sentences(told, close, ANN) == ["Only who answers for the owner may close the reply, or a facilitator."]


def test_a_reply_says_something_of_what_was_asked_and_who_spoke() -> None:
    told = reviewed(TWO)

    assert sentences(told, happened.Replied(comments={"beauty": ""}), RESPONDENT) == [
        "The reply is empty.",
        "The rubric does not ask for beauty.",
    ]
    assert sentences(told, happened.Replied(comments={"reach": "more"}), FACILITATOR) == ["Say who spoke for the owner."]
    assert sentences(told, happened.Replied(comments={"reach": "more"}, on_behalf_of="the mayor"), FACILITATOR) == []
    assert sentences(reconciling(TWO), happened.Replied(general="late"), RESPONDENT) == [
        "The reply is closed, and the panel reconciles its reviews."
    ]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            Settled(item="ethics", rating=Rating.SCORED, score=3, reason="x"),
            "ethics is a gate: it is settled with yes, no or unclear.",
        ),
        (Settled(item="reach", verdict=GateVerdict.YES, reason="x"), "reach is a criterion"),
        (Settled(item="reach", rating=Rating.SCORED, reason="x"), "reach is a criterion"),
        (Settled(item="reach", rating=Rating.UNKNOWN, score=0, reason="x"), "reach is a criterion"),
        (Settled(item="reach", rating=Rating.SCORED, score=2.3, reason="x"), "2.3 is no score of the scale from 0 to 5."),
        (Settled(item="reach", rating=Rating.SCORED, score=2, reason=" "), "Say why the panel settles it so."),
        (Settled(item="beauty", rating=Rating.SCORED, score=2, reason="x"), "The rubric does not ask for beauty."),
    ],
)
def test_what_is_settled_fits_the_rubric(body: Settled, sentence: str) -> None:
    (found,) = sentences(reconciling(TWO), body, ANN)

    assert found.startswith(sentence)


def test_nobody_of_the_owner_and_nobody_who_has_seen_reviews_is_invited() -> None:
    begun = events(("fay", opened(respondent="olu")))
    gil = Reader("gil", is_facilitator=True)

    assert sentences(begun, invited("kim", organisation="COMUNE-DI CESENA."), FACILITATOR) == [
        "kim is of the owner’s organisation. Invite somebody of another one."
    ]
    assert sentences(begun, invited("olu"), FACILITATOR) == ["olu answers for the owner. Invite somebody else."]
    assert sentences(begun, invited("fay"), FACILITATOR) == []
    for late in (reviewed(TWO), reconciling(TWO)):
        assert sentences(late, invited("fay"), gil) == [
            "fay runs this assessment and can see its reviews. Invite somebody who has not seen them."
        ]
        assert len(sentences(late, invited("gil"), gil)) == 1


def test_a_seat_is_offered_once() -> None:
    told = events(("fay", opened()), ("fay", invited("ann")), ("ann", happened.Declined(why="no time")))

    assert sentences(told, invited("ann"), FACILITATOR) == ["ann has or had a seat on this panel; a seat is offered once."]
    assert sentences(told, happened.Accepted(), ANN) == ["You declined to review here."]


def test_a_late_decline_opens_the_reply_if_all_others_are_there() -> None:
    told: list[tuple[str, Body]] = [("fay", opened()), *(("fay", invited(name)) for name in ("ann", "bob", "cai"))]
    told += [("fay", happened.Begun()), ("ann", Submitted(review=FIVE)), ("bob", Submitted(review=FIVE))]

    assert not reply_opens(fold("a", events(*told)))
    assert reply_opens(fold("a", events(*told, ("cai", happened.Declined(why="ill")))))
    assert not reply_opens(fold("a", events(*told[:-1], ("cai", happened.Declined(why="ill")))))


def test_one_review_is_no_panel() -> None:
    told: list[tuple[str, Body]] = [("fay", opened()), ("fay", invited("ann")), ("fay", invited("bob")), ("fay", happened.Begun())]
    told += [("ann", Submitted(review=FIVE)), ("bob", happened.Declined(why="ill"))]

    assert not reply_opens(fold("a", events(*told)))
    assert sentences(events(*told), happened.ReplyOpened(due="2027-01-03"), FACILITATOR) == [
        "The panel is reviewing. Wait until every review is there."
    ]
    assert sentences(events(*told), invited("cai"), FACILITATOR) == []


def test_even_a_history_that_went_wrong_keeps_the_first_review() -> None:
    told = reviewed(TWO, ("ann", Submitted(review=review(0, 0, 0, 0, 0))), ("ann", happened.Declined(why="sorry")))

    assert fold("a", told).reviews["ann"].review == FIVE
    assert [seat.state for seat in fold("a", told).seats] == [SeatState.SUBMITTED] * 2


@pytest.mark.parametrize("last", [("fay", happened.Cancelled(why="x")), ("fay", concluded(reconciling(TWO)))])
def test_after_the_end_nothing_follows_but_a_second_look(last: tuple[str, Body]) -> None:
    told = reconciling(TWO, last)
    tried: list[tuple[Body, Reader]] = [
        (invited("cai"), FACILITATOR),
        (happened.Cancelled(why="y"), FACILITATOR),
        (concluded(told), FACILITATOR),
        (SETTLED, ANN),
        (happened.Replied(general="x"), RESPONDENT),
        (happened.DueChanged(due="2027-01-01"), FACILITATOR),
    ]
    again = Reconfirmed(criterion="reach", verdict=Standing.WITHDRAWN, reason="gone")

    assert all(refused(fold("a", told), body, by, RUBRIC, today=TODAY)[0].is_late for body, by in tried)
    assert (sentences(told, again, ANN) == []) is isinstance(last[1], happened.Concluded)
    assert fold("a", [*told, Event(99, "ann", "2027", again)]).outcome == fold("a", told).outcome


def test_only_whose_score_it_is_looks_at_it_again() -> None:
    told = reconciling({"ann": review(3, 3, None, 3, 3), "bob": FIVE})

    def again(criterion: str, by: Reader, **others: str) -> list[str]:
        body = Reconfirmed.model_validate({"criterion": criterion, "verdict": "stands", "reason": "x", **others})
        return sentences(told, body, by)

    assert again("equity", ANN) == []
    assert again("reach", ANN) == ["You gave no score to reach."]
    assert again("ethics", ANN) == ["You gave no score to ethics."]
    assert again("equity", ANN, reviewer="bob") == again("equity", FACILITATOR) == ["Only whose score it is can look at it again."]
    assert again("equity", ANN, reason="") == ["Say why your score stands or is withdrawn."]

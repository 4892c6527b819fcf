"""Which event may follow in a test of transferability: a machine that tries everything, and single cases by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kb.peers.assessment.blinding import Reader
from kb.peers.evidence_line import SourceLine
from kb.peers.transfer import events as happened
from kb.peers.transfer.blinding import visible
from kb.peers.transfer.events import Body, CaseOutcome, Evaluated, Event, Excused, HandedIn, Invited, Joined
from kb.peers.transfer.folding import fold
from kb.peers.transfer.judgement import Judgement
from kb.peers.transfer.moves import MAX_SEATS, refused
from kb.peers.transfer.result import Result
from kb.peers.transfer.state import Certainty, SeatState, Stage, TransferTest
from tests.transfers import FAY, FRAMEWORK, OPA, SAM, TODAY, concluded, events, handed_in, judgement, opened, pin

ANN, BOB, CAI = (Reader(name, organisation=f"House of {name}") for name in ("ann", "bob", "cai"))
ASSESSORS = (ANN, BOB, CAI, OPA)
EVERYBODY = (*ASSESSORS, FAY, SAM)
DECLARED = {
    Stage.OPEN: {Stage.CONCLUDED, Stage.CANCELLED},
    Stage.CONCLUDED: set(),
    Stage.CANCELLED: set(),
}
A_JUDGEMENT = st.lists(st.none() | st.integers(-2, 2), min_size=6, max_size=6).map(lambda values: judgement(*values))
ANYBODY, ASSESSOR = st.sampled_from(EVERYBODY), st.sampled_from(ASSESSORS)


SOURCE = SourceLine(source="Report of the city", date="2026-11")


def evaluated(
    outcome: CaseOutcome = CaseOutcome.WORKED, on: str = TODAY, what: str = "bees came", sources: tuple[SourceLine, ...] = (SOURCE,)
) -> Evaluated:
    return Evaluated(outcome=outcome, on=on, what=what, sources=sources)


class Transferring(RuleBasedStateMachine):
    """Everybody tries everything; what is not refused is kept, as a service does."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Body]] = [("opa", opened())]
        self.last: dict[str, Judgement] = {}
        self.stages = [Stage.OPEN]
        self.result: Result | None = None
        self.outcomes: list[CaseOutcome] = []

    @initialize(n_moves=st.integers(0, 5), first=A_JUDGEMENT, second=A_JUDGEMENT)
    def go_on(self, n_moves: int, first: Judgement, second: Judgement) -> None:
        """Part of the straight way, so that every stage is tried from."""
        straight = (
            lambda: self.invite(ANN, OPA),
            lambda: self.join(BOB),
            lambda: self.hand_in(ANN, first),
            lambda: self.hand_in(BOB, second),
            lambda: self.conclude(FAY, is_tampered=False),
        )
        for move in straight[:n_moves]:
            move()

    @property
    def events(self) -> list[Event]:
        return events(*self.told)

    @property
    def now(self) -> TransferTest:
        return fold("t", self.events)

    def attempt(self, body: Body, by: Reader) -> bool:
        """Whether the event was added."""
        if refusals := refused(self.now, body, by, FRAMEWORK, today=TODAY):
            assert all(refusal.sentence for refusal in refusals)
            return False
        self.told.append((by.name, body))
        self.stages.append(self.now.stage)
        return True

    @rule(by=ANYBODY)
    def open_again(self, by: Reader) -> None:
        assert not self.attempt(opened(), by)

    @rule(assessor=ASSESSOR, by=ANYBODY)
    def invite(self, assessor: Reader, by: Reader) -> None:
        had_seat = self.now.seat(assessor.name) is not None
        leads = by in (FAY, OPA)

        assert self.attempt(Invited(assessor=assessor.name), by) is (leads and not had_seat and not self.stages[-1].is_final)

    @rule(by=ASSESSOR)
    def join(self, by: Reader) -> None:
        had_seat = self.now.seat(by.name) is not None

        assert not (self.attempt(Joined(organisation=by.organisation), by) and had_seat)

    @rule(assessor=ASSESSOR, by=ANYBODY)
    def excuse(self, assessor: Reader, by: Reader) -> None:
        if self.attempt(Excused(assessor=assessor.name, why="ill"), by):
            assert by in (FAY, OPA, assessor)
            assert assessor.name not in self.last

    @rule(by=ASSESSOR, judged=A_JUDGEMENT)
    def hand_in(self, by: Reader, judged: Judgement) -> None:
        if self.attempt(HandedIn(judgement=judged), by):
            self.last[by.name] = judged

    @rule(by=ASSESSOR)
    def hand_in_half(self, by: Reader) -> None:
        assert not self.attempt(HandedIn(judgement=Judgement()), by)
        assert not self.attempt(HandedIn(judgement=None), by)

    @rule(by=ANYBODY, is_tampered=st.booleans())
    def conclude(self, by: Reader, is_tampered: bool) -> None:
        body = concluded(self.now.judgements)
        if is_tampered:
            body = happened.Concluded(result=body.result.model_copy(update={"blocking": (), "n_assessors": 99}))
        if self.attempt(body, by):
            assert not is_tampered
            assert self.last
            assert by in (FAY, OPA)
            self.result = body.result

    @rule(by=st.sampled_from([OPA, ANN, SAM]), why=st.sampled_from(["", "no money"]))
    def cancel(self, by: Reader, why: str) -> None:
        assert not (self.attempt(happened.Cancelled(why=why), by) and (by != OPA or not why))

    @rule(by=ANYBODY, outcome=st.sampled_from(CaseOutcome))
    def evaluate(self, by: Reader, outcome: CaseOutcome) -> None:
        is_due = by == FAY and self.stages[-1] is Stage.CONCLUDED

        assert self.attempt(evaluated(outcome), by) is is_due
        self.outcomes += [outcome] * is_due

    @invariant()
    def no_stage_but_those_declared_is_reached(self) -> None:
        for before, after in zip(self.stages, self.stages[1:], strict=False):
            assert after == before or after in DECLARED[before]

    @invariant()
    def the_last_judgement_of_everybody_is_there_unchanged(self) -> None:
        assert self.now.judgements == self.last
        assert {seat.member for seat in self.now.ready} == set(self.last)

    @invariant()
    def what_was_concluded_stays_and_is_of_what_is_there(self) -> None:
        assert self.now.result == self.result
        if self.result:
            assert self.now.stage is Stage.CONCLUDED
            assert self.result == concluded(self.last).result
            assert not self.now.awaited

    @invariant()
    def nobody_sees_anothers_judgement_before_the_end(self) -> None:
        for reader in EVERYBODY:
            seen = set(fold("t", visible(self.events, reader)).judgements)
            assert seen == (set(self.last) if self.result else {reader.name} & set(self.last))

    @invariant()
    def every_evaluation_is_there_and_the_last_one_counts(self) -> None:
        assert [each.evaluated.outcome for each in self.now.evaluations] == self.outcomes
        last = self.outcomes[-1] if self.outcomes else None
        expected = {None: Certainty.ANTICIPATED, CaseOutcome.WORKED: Certainty.CONFIRMED}.get(last, Certainty.TESTED)
        assert self.now.certainty is expected

    @invariant()
    def nothing_is_forgotten(self) -> None:
        assert self.now.n_events == len(self.told) == len(self.now.transitions)
        assert all(happened.read(*happened.spelled(body)) == body for _, body in self.told[-2:])


Transferring.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestTransferring = Transferring.TestCase

GOOD, BAD = judgement(2, 2, 1, None, 1, 1), judgement(-2, 0, 1, None, 1, 1)
BOTH = {"ann": GOOD, "bob": BAD}


def sentences(told: Iterable[Event], body: Body, by: Reader) -> list[str]:
    return [refusal.sentence for refusal in refused(fold("t", told), body, by, FRAMEWORK, today=TODAY)]


def test_a_whole_test() -> None:
    told = handed_in(BOTH, ("opa", concluded(BOTH)), ("fay", evaluated(CaseOutcome.PARTLY)))
    folded = fold("bees-to-pt-1", told)

    assert (folded.id, folded.practice, folded.title, folded.source, folded.target) == ("bees-to-pt-1", "bees", "Bees", "IT", "PT")
    assert (folded.framework, folded.version, folded.key, folded.opened_by) == ("small", 1, ("law",), "opa")
    assert [(seat.member, seat.organisation, seat.state) for seat in folded.seats] == [
        ("ann", "House of ann", SeatState.IN),
        ("bob", "House of bob", SeatState.IN),
    ]
    assert (folded.stage, folded.certainty) == (Stage.CONCLUDED, Certainty.TESTED)
    assert folded.ended_at_utc == told[-2].at_utc
    assert [(each.member, each.kind, each.detail) for each in folded.transitions] == [
        ("opa", "opened", ""),
        ("opa", "invited", "ann"),
        ("opa", "invited", "bob"),
        ("ann", "handed-in", ""),
        ("bob", "handed-in", ""),
        ("opa", "concluded", ""),
        ("fay", "evaluated", f"partly · {TODAY}"),
    ]


def test_a_later_judgement_of_the_same_assessor_stands() -> None:
    told = handed_in(BOTH, ("bob", HandedIn(judgement=GOOD)))

    assert fold("t", told).judgements == {"ann": GOOD, "bob": GOOD}
    assert sentences(told, concluded(BOTH), OPA) == ["What the test comes to has changed meanwhile. Look at it again."]
    assert sentences(told, concluded({"ann": GOOD, "bob": GOOD}), OPA) == []


def test_nothing_is_concluded_while_somebody_is_awaited_or_before_anybody_judged() -> None:
    alone = events(("opa", opened()))
    waiting = handed_in({"ann": GOOD}, ("cai", Joined()), ("opa", Invited(assessor="bob")))
    excused = handed_in({"ann": GOOD}, ("opa", Invited(assessor="bob")), ("bob", Excused(assessor="bob", why="ill")))

    assert sentences(alone, concluded({}), OPA) == ["Nobody has handed in a judgement. Join the test, or invite somebody."]
    assert sentences(waiting, concluded({"ann": GOOD}), FAY) == ["A judgement is still awaited of cai, bob. Wait, or excuse them."]
    assert sentences(excused, concluded({"ann": GOOD}), FAY) == []
    assert sentences(excused, concluded({"ann": GOOD}), ANN) == ["Only who opened the test may do this, or a facilitator."]


def test_what_a_judgement_lacks_is_told_by_criterion() -> None:
    told = events(("opa", opened()), ("opa", Invited(assessor="ann")))
    bare = GOOD.model_copy(update={"answers": {name: GOOD.answers[name] for name in ("core", "law", "need")}})

    assert sentences(told, HandedIn(judgement=bare), ANN) == [
        "The judgement cannot be handed in yet: something is missing at evidence, finance, champion."
    ]
    assert sentences(told, HandedIn(judgement=None), ANN) == ["There is no judgement to hand in."]
    assert sentences(told, HandedIn(judgement=GOOD), BOB) == ["You take no part in this test. Join it first."]
    assert sentences(told, HandedIn(judgement=GOOD), ANN) == []


def test_a_seat_is_taken_once() -> None:
    told = events(("opa", opened()), ("opa", Invited(assessor="ann")), ("bob", Joined()), ("opa", Excused(assessor="ann")))

    assert sentences(told, Joined(), BOB) == ["You take part in this test already."]
    assert sentences(told, Joined(), ANN) == ["You were excused from this test."]
    assert sentences(told, Invited(assessor="ann"), OPA) == ["ann takes part in this test already, or did."]
    assert sentences(told, HandedIn(judgement=GOOD), ANN) == ["You were excused; your judgement is waited for no longer."]
    assert sentences(told, Excused(assessor="ann"), OPA) == ["No judgement of ann is awaited here."]
    assert sentences(told, Excused(assessor="bob"), ANN) == ["Only who opened the test may do this, or a facilitator."]
    assert sentences(told, Excused(assessor="bob"), BOB) == []


def test_a_script_gone_wild_is_stopped() -> None:
    told = events(("opa", opened()), *(("opa", Invited(assessor=f"m{n}")) for n in range(MAX_SEATS)))

    assert sentences(told, Joined(), ANN) == sentences(told, Invited(assessor="ann"), OPA) == [
        "50 assessors take part, and more do not."
    ]  # fmt: skip


def test_who_handed_in_is_not_excused() -> None:
    assert sentences(handed_in(BOTH), Excused(assessor="ann", why="x"), OPA) == ["No judgement of ann is awaited here."]


@pytest.mark.parametrize(
    ("body", "by", "expected"),
    [
        (evaluated(), OPA, ["Only a facilitator may tell how a transfer went."]),
        (evaluated(on="2026-02-30"), FAY, ["2026-02-30 is no date of the calendar."]),
        (
            evaluated(on="2026-11-23", what=" "),
            FAY,
            [
                "The date 2026-11-23 has not come yet. Tell how a transfer went once it was evaluated.",
                "Say what was seen where the practice was taken over.",
            ],
        ),
        (
            evaluated(on="2026-11-21"),
            FAY,
            ["The test was concluded on 2026-11-22: a transfer evaluated on 2026-11-21 cannot be compared with it."],
        ),
        (evaluated(sources=()), FAY, ["Name what bears it out: a passage of a document, or a source with its date."]),
        (
            evaluated(sources=(SOURCE, SourceLine(source="Next year's report", date="2027"))),
            FAY,
            ["The source “Next year's report” is of 2027, which has not come yet."],
        ),
        (evaluated(sources=()).model_copy(update={"pins": (pin(),)}), FAY, []),
        (evaluated(on=TODAY), FAY, []),
    ],
)
def test_how_a_transfer_went_is_told_by_a_facilitator_once_it_was_evaluated(
    body: Evaluated, by: Reader, expected: list[str]
) -> None:
    assert sentences(handed_in(BOTH, ("opa", concluded(BOTH))), body, by) == expected


def test_nothing_that_was_not_concluded_is_evaluated() -> None:
    assert sentences(handed_in(BOTH), evaluated(), FAY) == [
        "The test is open. Conclude it first: what was anticipated is compared with how it went."
    ]
    assert sentences(handed_in(BOTH, ("opa", happened.Cancelled(why="x"))), evaluated(), FAY) == [
        "The test was cancelled. Open another one."
    ]


@pytest.mark.parametrize("last", [happened.Cancelled(why="x"), concluded(BOTH)])
def test_after_the_end_no_judgement_follows(last: Body) -> None:
    told = handed_in(BOTH, ("opa", last))
    tried: list[tuple[Body, Reader]] = [
        (Invited(assessor="cai"), OPA),
        (Joined(), CAI),
        (Excused(assessor="ann"), OPA),
        (HandedIn(judgement=GOOD), BOB),
        (concluded(BOTH), OPA),
        (happened.Cancelled(why="y"), OPA),
    ]

    for body, by in tried:
        (refusal,) = refused(fold("t", told), body, by, FRAMEWORK, today=TODAY)
        assert refusal.is_late
    late = [*told, *events(("bob", HandedIn(judgement=GOOD)), ("opa", happened.Cancelled(why="y")), ("opa", concluded({})))]
    assert fold("t", late).judgements == BOTH
    assert (fold("t", late).stage, fold("t", late).result) == (fold("t", told).stage, fold("t", told).result)


def test_the_last_evaluation_counts_and_all_are_kept() -> None:
    told = handed_in(BOTH, ("opa", concluded(BOTH)), ("fay", evaluated()), ("fay", evaluated(CaseOutcome.DID_NOT_WORK)))

    assert fold("t", told[:-1]).certainty is Certainty.CONFIRMED
    assert fold("t", told).certainty is Certainty.TESTED
    assert [each.evaluated.outcome for each in fold("t", told).evaluations] == [CaseOutcome.WORKED, CaseOutcome.DID_NOT_WORK]

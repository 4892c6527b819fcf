"""One test whole, as far as a member may see it, and what the member may do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.peers.assessment.review import Pin
from kb.peers.contexts.distance import Distance
from kb.peers.evidence_line import SourceLine
from kb.peers.transfer import events as happened
from kb.peers.transfer.events import Body
from kb.peers.transfer.folding import fold
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import Evidenced
from kb.peers.transfer.moves import refused
from kb.peers.transfer.result import Result, result
from kb.peers.transfer.state import Seat, TransferTest
from kb.peers.transfer.what_if import Unknown, what_if
from kb.services import frameworks
from kb.services.assessing.evidence_now import EvidenceNow, Now, PinNow
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.contexts import Context
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.transferring.about import context_of, distance_of, practice_of
from kb.services.transferring.concluding import so_far
from kb.services.transferring.judging import PINS
from kb.services.transferring.listing import ListedTest, listed
from kb.services.transferring.loading import LOOK, all_events, framework_of, transfer_for

if TYPE_CHECKING:
    from kb.services.practices import Listed

PROBE = "?"  # stands for words that are not typed yet
LEADING = ("invite", "excuse", "conclude", "cancel")
Pinned = Mapping[tuple[str, str, Evidenced], tuple[PinNow, ...]]  # assessor, criterion, side → pins


@dataclass(frozen=True)
class StaleAnswer:
    """An answer with a pin that is not as it was.

    Attributes:
        assessor: as the asker may know them.
        why: :attr:`Now.CHANGED` or :attr:`Now.GONE`.
    """

    assessor: str
    criterion: str
    side: Evidenced
    pin: Pin
    why: Now


@dataclass(frozen=True)
class TransferView:
    """A test.

    Attributes:
        listed: as in the list: dates, who takes part and who is ready.
        result: what it came to; ``None`` before it is concluded.
        own: while it is open, what the actor's own judgement comes to alone; ``None`` without one, and afterwards.
        what_if: of each criterion that nobody could tell, what the mean would be at −2 and +2; of ``result``, else of ``own``.
        evidence: (assessor, criterion, side) → its pins, as they stand now, of judgements that the actor may see.
        evaluations: of each evaluation its pins, as they stand now.
        stale: answers whose evidence changed since.
        distance: between the two places, by what is known of both; ``None`` where a profile was removed or has faults.
        source_context: ``None`` where the profile was removed or has faults; so is ``target_context``.
        may: what the actor may do now: join, judge, hand-in, withdraw (from the own seat), invite, excuse, conclude, cancel,
            evaluate.
        practice: as it is in the list of practices; ``None`` where its sheet was removed.
    """

    test: TransferTest
    framework: Framework
    listed: ListedTest
    result: Result | None
    own: Result | None
    what_if: tuple[Unknown, ...]
    evidence: Pinned
    evaluations: tuple[tuple[PinNow, ...], ...]
    stale: tuple[StaleAnswer, ...]
    distance: Distance | None
    source_context: Context | None
    target_context: Context | None
    may: frozenset[str]
    practice: Listed | None

    @property
    def my_seat(self) -> Seat | None:
        """The actor's own."""
        return self.listed.my_seat


def view(kb: KnowledgeBase, test_id: str, *, actor: Member) -> TransferView:
    """One test, as far as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    require(actor, Role.MEMBER, LOOK)
    seen = transfer_for(kb, test_id, actor=actor)
    framework = framework_of(kb, seen, actor=actor)
    evidence = EvidenceNow(kb, actor)
    reached = so_far(seen, framework)
    pinned = dict(_evidence(seen, framework, evidence, actor))
    return TransferView(
        test=seen,
        framework=framework,
        listed=listed(seen, actor),
        result=seen.result,
        own=reached if seen.result is None else None,
        what_if=what_if(reached, framework) if reached else (),
        evidence=pinned,
        evaluations=tuple(
            tuple(evidence.now(pin, own=each.member == actor.name) for pin in each.evaluated.pins) for each in seen.evaluations
        ),
        stale=tuple(_stale(pinned)),
        distance=distance_of(kb, seen.source, seen.target, actor=actor),
        source_context=context_of(kb, seen.source, actor=actor),
        target_context=context_of(kb, seen.target, actor=actor),
        may=_may(kb, test_id, actor),
        practice=practice_of(kb, seen.practice, actor=actor),
    )


def _evidence(
    seen: TransferTest, framework: Framework, evidence: EvidenceNow, actor: Member
) -> Iterator[tuple[tuple[str, str, Evidenced], tuple[PinNow, ...]]]:
    for assessor, judgement in seen.judgements.items():
        for criterion in framework.criterion_names:
            if answer := judgement.answers.get(criterion):
                for side, field in PINS.items():
                    pins = (evidence.now(pin, own=assessor == actor.name) for pin in getattr(answer, field))
                    yield (assessor, criterion, side), tuple(pins)


def _stale(pinned: Pinned) -> Iterator[StaleAnswer]:
    for (assessor, criterion, side), pins in pinned.items():
        for each in pins:
            if each.is_stale and each.pin is not None:
                yield StaleAnswer(assessor, criterion, side, each.pin, each.now)


def _may(kb: KnowledgeBase, test_id: str, actor: Member) -> frozenset[str]:
    """Decided on all that happened, by rules that tell nobody more than a page would (:mod:`kb.peers.transfer.moves`)."""
    with kb.records() as records:
        whole = fold(test_id, all_events(records, test_id))
        framework = frameworks.in_use(records, whole.framework, whole.version)
    reader = reader_of(actor)
    found = {name for name, body in _probes(whole, framework, actor) if not refused(whole, body, reader, framework, today=today())}
    seat = whole.seat(actor.name)
    if seat and (seat.is_awaited or seat.is_in) and not whole.stage.is_final:
        found |= {"judge", "hand-in"}
    if not actor.roles & {Role.REVIEWER, Role.FACILITATOR}:
        found -= set(LEADING)
    if Role.REVIEWER not in actor.roles:
        found -= {"join", "judge", "hand-in"}
    return frozenset(found)


def _probes(whole: TransferTest, framework: Framework, actor: Member) -> Iterator[tuple[str, Body]]:
    """An example of each action, with nothing wrong in it but what the test has against it."""
    others = [seat.member for seat in whole.awaited if seat.member != actor.name]
    yield "join", happened.Joined()
    yield "withdraw", happened.Excused(assessor=actor.name)
    yield "invite", happened.Invited(assessor=PROBE)
    if others:
        yield "excuse", happened.Excused(assessor=others[0])
    yield "conclude", happened.Concluded(result=result(whole.judgements, framework, whole.key))
    yield "cancel", happened.Cancelled(why=PROBE)
    yield (
        "evaluate",
        happened.Evaluated(
            outcome=happened.CaseOutcome.WORKED, on=today(), what=PROBE, sources=(SourceLine(source=PROBE, date=today()),)
        ),
    )

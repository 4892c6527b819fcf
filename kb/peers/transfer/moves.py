"""Which event may follow in a test of transferability. What may not is told in sentences, all together; services raise them.

A refusal tells who is ready, which everybody may know, and nothing of what a judgement says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.transfer import events as happened
from kb.peers.transfer.evaluation import against_day, against_evidence
from kb.peers.transfer.events import Body
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import lacking
from kb.peers.transfer.result import result
from kb.peers.transfer.state import SeatState, Stage, TransferTest

__all__ = ["Refusal", "may_lead", "refused"]

MAX_SEATS = 50  # stops a script gone wild


@dataclass(frozen=True)
class _Move:
    body: Any
    by: Reader
    to: TransferTest
    framework: Framework
    today: str


def refused(test: TransferTest, body: Body, by: Reader, framework: Framework, *, today: str) -> tuple[Refusal, ...]:
    """Why ``body`` may not follow, done by ``by`` on the day ``today`` (ISO date: the latest that it is anywhere); empty: it may.

    Roles are not looked at, but where a test itself gives a right: its opener leads it, as a facilitator does.

    Args:
        test: folded from *all* events.
        framework: the copy that the test uses.
    """
    rule, stage = _RULES[type(body)]
    if test.stage is not stage:
        return (_out_of_turn(test.stage, body),)
    return tuple(rule(_Move(body, by, test, framework, today)))


def may_lead(test: TransferTest, by: Reader) -> bool:
    """Whether ``by`` may invite, excuse, conclude and cancel: the opener, or a facilitator."""
    return by.is_facilitator or (test.opened is not None and by.name == test.opened_by)


def _out_of_turn(stage: Stage, body: Body) -> Refusal:
    match stage:
        case Stage.CONCLUDED:
            return Refusal("The test is concluded: no judgement of it is changed any more. Open another one.", is_late=True)
        case Stage.CANCELLED:
            return Refusal("The test was cancelled. Open another one.", is_late=True)
        case Stage.OPEN if isinstance(body, happened.Evaluated):
            return Refusal("The test is open. Conclude it first: what was anticipated is compared with how it went.")
    return Refusal("The test is open already.", is_late=True)


def _leads(move: _Move) -> Iterator[Refusal]:
    if not may_lead(move.to, move.by):
        yield Refusal("Only who opened the test may do this, or a facilitator.")


def _opened(_: _Move) -> Iterator[Refusal]:
    yield Refusal("The test is open already.", is_late=True)


def _invited(move: _Move) -> Iterator[Refusal]:
    yield from _leads(move)
    if move.to.seat(move.body.assessor):
        yield Refusal(f"{move.body.assessor} takes part in this test already, or did.", is_late=True)
    yield from _has_room(move)


def _joined(move: _Move) -> Iterator[Refusal]:
    if seat := move.to.seat(move.by.name):
        is_excused = seat.state is SeatState.EXCUSED
        sentence = "You were excused from this test." if is_excused else "You take part in this test already."
        yield Refusal(sentence, is_late=True)
    yield from _has_room(move)


def _has_room(move: _Move) -> Iterator[Refusal]:
    if len(move.to.seats) >= MAX_SEATS:
        yield Refusal(f"{MAX_SEATS} assessors take part, and more do not.")


def _excused(move: _Move) -> Iterator[Refusal]:
    if move.body.assessor != move.by.name:
        yield from _leads(move)
    seat = move.to.seat(move.body.assessor)
    if seat is None or not seat.is_awaited:
        yield Refusal(f"No judgement of {move.body.assessor} is awaited here.", is_late=seat is not None)


def _handed_in(move: _Move) -> Iterator[Refusal]:
    seat = move.to.seat(move.by.name)
    if seat is None:
        yield Refusal("You take no part in this test. Join it first.")
    elif seat.state is SeatState.EXCUSED:
        yield Refusal("You were excused; your judgement is waited for no longer.", is_late=True)
    elif move.body.judgement is None:
        yield Refusal("There is no judgement to hand in.")
    elif lacks := lacking(move.body.judgement, move.framework):
        items = ", ".join(dict.fromkeys(lack.item for lack in lacks))
        yield Refusal(f"The judgement cannot be handed in yet: something is missing at {items}.")


def _concluded(move: _Move) -> Iterator[Refusal]:
    yield from _leads(move)
    if move.to.awaited:
        names = ", ".join(seat.member for seat in move.to.awaited)
        yield Refusal(f"A judgement is still awaited of {names}. Wait, or excuse them.")
    if not move.to.judgements:
        yield Refusal("Nobody has handed in a judgement. Join the test, or invite somebody.")
    elif move.body.result != result(move.to.judgements, move.framework, move.to.key):
        yield Refusal("What the test comes to has changed meanwhile. Look at it again.", is_late=True)


def _cancelled(move: _Move) -> Iterator[Refusal]:
    yield from _leads(move)
    if not move.body.why:
        yield Refusal("Say why the test is cancelled.")


def _evaluated(move: _Move) -> Iterator[Refusal]:
    if not move.by.is_facilitator:
        yield Refusal("Only a facilitator may tell how a transfer went.")
    yield from against_day(move.body.on, today=move.today, concluded_on=move.to.ended_at_utc[:10])
    if not move.body.what:
        yield Refusal("Say what was seen where the practice was taken over.")
    yield from against_evidence(move.body.pins, move.body.sources, today=move.today)


_RULES: Mapping[type[Body], tuple[Callable[[_Move], Iterator[Refusal]], Stage]] = MappingProxyType(
    {
        happened.Opened: (_opened, Stage.OPEN),
        happened.Invited: (_invited, Stage.OPEN),
        happened.Joined: (_joined, Stage.OPEN),
        happened.Excused: (_excused, Stage.OPEN),
        happened.HandedIn: (_handed_in, Stage.OPEN),
        happened.Concluded: (_concluded, Stage.OPEN),
        happened.Cancelled: (_cancelled, Stage.OPEN),
        happened.Evaluated: (_evaluated, Stage.CONCLUDED),
    }
)

"""A test of transferability is folded from its events.

Whoever shows something of a test folds only what its reader may see: see :mod:`kb.peers.transfer.blinding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kb.peers.assessment.state import Transition
from kb.peers.transfer import events as happened
from kb.peers.transfer.events import Event
from kb.peers.transfer.state import Evaluation, Seat, SeatState, Stage, TransferTest

ABOUT = ("assessor", "outcome", "on", "why")  # fields of a body that tell what it is about


def fold(test: str, events: Iterable[Event]) -> TransferTest:
    """What ``events`` make of the test called so, in their order.

    Any part of a history can be folded: what refers to an event that is left out changes nothing but the transitions.
    """
    folded = TransferTest(test)
    for event in events:
        step = _STEPS[type(event.body)]
        folded = replace(
            step(folded, event, event.body),
            transitions=(*folded.transitions, Transition(event.at_utc, event.member, event.body.kind, _detail(event.body))),
            is_demo=folded.is_demo or event.is_demo,
            n_events=folded.n_events + 1,
        )
    return folded


def _opened(so_far: TransferTest, event: Event, body: happened.Opened) -> TransferTest:
    return replace(so_far, opened=body, opened_by=event.member, opened_at_utc=event.at_utc)


def _invited(so_far: TransferTest, event: Event, body: happened.Invited) -> TransferTest:
    seat = Seat(body.assessor, body.organisation, body.country, SeatState.INVITED, event.at_utc, warnings=body.warnings)
    return _with_seat(so_far, seat)


def _joined(so_far: TransferTest, event: Event, body: happened.Joined) -> TransferTest:
    seat = Seat(event.member, body.organisation, body.country, SeatState.JOINED, event.at_utc, warnings=body.warnings)
    return _with_seat(so_far, seat)


def _with_seat(so_far: TransferTest, seat: Seat) -> TransferTest:
    """A seat is taken once."""
    return so_far if so_far.seat(seat.member) else replace(so_far, seats=(*so_far.seats, seat))


def _excused(so_far: TransferTest, event: Event, body: happened.Excused) -> TransferTest:
    seats = (
        replace(seat, state=SeatState.EXCUSED, at_utc=event.at_utc, why=body.why)
        if seat.member == body.assessor and seat.is_awaited
        else seat
        for seat in so_far.seats
    )
    return replace(so_far, seats=tuple(seats))


def _handed_in(so_far: TransferTest, event: Event, body: happened.HandedIn) -> TransferTest:
    if so_far.stage.is_final:
        return so_far
    seats = (
        replace(seat, state=SeatState.IN, at_utc=event.at_utc, why="") if seat.member == event.member else seat
        for seat in so_far.seats
    )
    seated = replace(so_far, seats=tuple(seats))
    if body.judgement is None:
        return seated
    return replace(seated, judgements={**so_far.judgements, event.member: body.judgement})


def _concluded(so_far: TransferTest, event: Event, body: happened.Concluded) -> TransferTest:
    if so_far.stage.is_final:
        return so_far
    return replace(so_far, stage=Stage.CONCLUDED, result=body.result, ended_at_utc=event.at_utc)


def _cancelled(so_far: TransferTest, event: Event, _: happened.Cancelled) -> TransferTest:
    return so_far if so_far.stage.is_final else replace(so_far, stage=Stage.CANCELLED, ended_at_utc=event.at_utc)


def _evaluated(so_far: TransferTest, event: Event, body: happened.Evaluated) -> TransferTest:
    return replace(so_far, evaluations=(*so_far.evaluations, Evaluation(body, event.member, event.at_utc)))


_STEPS: Mapping[type[happened.Body], Callable[[TransferTest, Event, Any], TransferTest]] = MappingProxyType(
    {
        happened.Opened: _opened,
        happened.Invited: _invited,
        happened.Joined: _joined,
        happened.Excused: _excused,
        happened.HandedIn: _handed_in,
        happened.Concluded: _concluded,
        happened.Cancelled: _cancelled,
        happened.Evaluated: _evaluated,
    }
)


def _detail(body: happened.Body) -> str:
    return " · ".join(str(told) for name in ABOUT if (told := getattr(body, name, "")))

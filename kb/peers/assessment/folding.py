"""An assessment is folded from its events.

Whoever shows something of an assessment folds only what its reader may see: see :mod:`kb.peers.assessment.blinding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kb.peers.assessment import events as happened
from kb.peers.assessment.events import Event, Reconfirmed, Settled
from kb.peers.assessment.state import (
    Assessment,
    Reconfirmation,
    Reply,
    Seat,
    SeatState,
    Settlement,
    Stage,
    SubmittedReview,
    Transition,
)

ABOUT = ("reviewer", "due", "item", "criterion", "why")  # fields of a body that tell what it is about


def fold(assessment: str, events: Iterable[Event]) -> Assessment:
    """What ``events`` make of the assessment called so, in their order.

    Any part of a history can be folded: what refers to an event that is left out changes nothing but the transitions.
    """
    folded = Assessment(assessment)
    for event in events:
        step = _STEPS[type(event.body)]
        folded = replace(
            step(folded, event, event.body),
            transitions=(*folded.transitions, Transition(event.at_utc, event.member, event.body.kind, _detail(event.body))),
            is_demo=folded.is_demo or event.is_demo,
            n_events=folded.n_events + 1,
        )
    return folded


def _opened(so_far: Assessment, event: Event, body: happened.Opened) -> Assessment:
    return replace(so_far, opened=body, opened_by=event.member, opened_at_utc=event.at_utc, due=body.due)


def _invited(so_far: Assessment, event: Event, body: happened.Invited) -> Assessment:
    if so_far.seat(body.reviewer):
        return so_far
    seat = Seat(
        body.reviewer, body.organisation, body.country, body.is_third, SeatState.INVITED, event.at_utc, warnings=body.warnings
    )
    return replace(so_far, seats=(*so_far.seats, seat))


def _seated(so_far: Assessment, member: str, state: SeatState, at_utc: str, why: str = "") -> Assessment:
    """With the awaited seat of ``member`` in another state; all others stay as they are."""
    seats = (
        replace(seat, state=state, at_utc=at_utc, why=why) if seat.member == member and seat.is_awaited else seat
        for seat in so_far.seats
    )
    return replace(so_far, seats=tuple(seats))


def _submitted(so_far: Assessment, event: Event, body: happened.Submitted) -> Assessment:
    seated = _seated(so_far, event.member, SeatState.SUBMITTED, event.at_utc)
    if body.review is None or event.member in so_far.reviews:
        return seated
    return replace(seated, reviews={**so_far.reviews, event.member: SubmittedReview(body.review, event.at_utc)})


def _replied(so_far: Assessment, event: Event, body: happened.Replied) -> Assessment:
    return replace(so_far, reply=Reply(body.comments, body.general, event.member, event.at_utc, body.on_behalf_of))


def _settled(so_far: Assessment, event: Event, body: Settled) -> Assessment:
    return replace(so_far, settled={**so_far.settled, body.item: Settlement(body, event.member, event.at_utc)})


def _reconfirmed(so_far: Assessment, event: Event, body: Reconfirmed) -> Assessment:
    key = (body.reviewer or event.member, body.criterion)
    return replace(so_far, reconfirmed={**so_far.reconfirmed, key: Reconfirmation(body, event.member, event.at_utc)})


def _staged(so_far: Assessment, stage: Stage) -> Assessment:
    return so_far if so_far.stage.is_final else replace(so_far, stage=stage)


def _concluded(so_far: Assessment, event: Event, body: happened.Concluded) -> Assessment:
    if so_far.stage.is_final:
        return so_far
    return replace(so_far, stage=Stage.CONCLUDED, outcome=body.outcome, ended_at_utc=event.at_utc)


def _cancelled(so_far: Assessment, event: Event, _: happened.Cancelled) -> Assessment:
    return so_far if so_far.stage.is_final else replace(so_far, stage=Stage.CANCELLED, ended_at_utc=event.at_utc)


_STEPS: Mapping[type[happened.Body], Callable[[Assessment, Event, Any], Assessment]] = MappingProxyType(
    {
        happened.Opened: _opened,
        happened.Invited: _invited,
        happened.Accepted: lambda so_far, event, _: _seated(so_far, event.member, SeatState.ACCEPTED, event.at_utc),
        happened.Declined: lambda so_far, event, body: _seated(so_far, event.member, SeatState.DECLINED, event.at_utc, body.why),
        happened.Excused: lambda so_far, event, body: _seated(so_far, body.reviewer, SeatState.EXCUSED, event.at_utc, body.why),
        happened.DueChanged: lambda so_far, _, body: replace(so_far, due=body.due),
        happened.Begun: lambda so_far, *_: _staged(so_far, Stage.REVIEWING),
        happened.Submitted: _submitted,
        happened.ReplyOpened: lambda so_far, _, body: replace(_staged(so_far, Stage.REPLYING), reply_due=body.due),
        happened.Replied: _replied,
        happened.ReplyClosed: lambda so_far, *_: _staged(so_far, Stage.RECONCILING),
        Settled: _settled,
        happened.Concluded: _concluded,
        happened.Cancelled: _cancelled,
        Reconfirmed: _reconfirmed,
    }
)


def _detail(body: happened.Body) -> str:
    said = vars(body)  # to ask a model for a field that it has not takes ten times as long
    told = [str(said[name]) for name in ABOUT if said.get(name)]
    return " · ".join(told)

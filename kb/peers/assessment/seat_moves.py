"""Which event of a seat may follow: invited, accepted, declined, submitted, excused."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment import events as happened
from kb.peers.assessment.move import Move, Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.review import lacking
from kb.peers.assessment.state import SeatState, Stage

MAX_SEATS = 50  # ever offered: stops a script gone wild
OPEN_REVIEWS = (Stage.REPLYING, Stage.RECONCILING)  # facilitators can see what reviews say
_RUN_IT = frozenset(
    each.kind
    for each in (happened.Opened, happened.Invited, happened.Excused, happened.DueChanged, happened.Begun, happened.ReplyClosed)
)


def invited(move: Move) -> Iterator[Refusal]:
    """Whether a seat may be offered: once, to nobody of the owner’s, and to nobody who can have seen the reviews."""
    opened, body = move.to.opened, move.body
    if move.to.seat(body.reviewer):
        yield Refusal(f"{body.reviewer} has or had a seat on this panel; a seat is offered once.", is_late=True)
    if len(move.to.seats) >= MAX_SEATS:
        yield Refusal(f"{MAX_SEATS} seats were offered, and more are not.")
    if opened and same_organisation(opened.owner, body.organisation):
        yield Refusal(f"{body.reviewer} is of the owner’s organisation. Invite somebody of another one.")
    if opened and body.reviewer == opened.respondent:
        yield Refusal(f"{body.reviewer} answers for the owner. Invite somebody else.")
    has_seen = {move.by.name} | {each.member for each in move.to.transitions if each.kind in _RUN_IT}
    if move.to.stage in OPEN_REVIEWS and body.reviewer in has_seen:
        yield Refusal(f"{body.reviewer} runs this assessment and can see its reviews. Invite somebody who has not seen them.")


def accepted(move: Move) -> Iterator[Refusal]:
    """Whether the one who was asked says yes."""
    seat = move.to.seat(move.by.name)
    if seat is None or seat.state is not SeatState.INVITED:
        yield _no_seat(move)


def declined(move: Move) -> Iterator[Refusal]:
    """Whether a review is awaited of who says no."""
    seat = move.to.seat(move.by.name)
    if seat is None or not seat.is_awaited:
        yield _no_seat(move)


def submitted(move: Move) -> Iterator[Refusal]:
    """Whether the review is awaited and whole."""
    seat = move.to.seat(move.by.name)
    if seat is None or not seat.is_awaited:
        yield _no_seat(move)
    elif move.body.review is None:
        yield Refusal("There is no review to submit.")
    elif lacks := lacking(move.body.review, move.rubric):
        items = ", ".join(dict.fromkeys(lack.item for lack in lacks))
        yield Refusal(f"The review cannot be submitted yet: something is missing at {items}.")


def _no_seat(move: Move) -> Refusal:
    seat = move.to.seat(move.by.name)
    if seat is None:
        return Refusal("You are not invited to review here.")
    match seat.state:
        case SeatState.SUBMITTED:
            return Refusal("You have submitted your review. It stays as it is.", is_late=True)
        case SeatState.ACCEPTED:
            return Refusal("You have accepted already.", is_late=True)
        case SeatState.DECLINED:
            return Refusal("You declined to review here.", is_late=True)
    return Refusal("You were excused; your review is waited for no longer.", is_late=True)


def excused(move: Move) -> Iterator[Refusal]:
    """Whether a review is awaited of who is excused."""
    seat = move.to.seat(move.body.reviewer)
    if seat is None or not seat.is_awaited:
        yield Refusal(f"No review of {move.body.reviewer} is awaited here.", is_late=seat is not None)

"""Which event may follow. What may not is told in sentences, all reasons together; services raise them.

Whoever may see less is refused in the same words whatever others did: a refusal tells no more than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kb.peers.assessment import events as happened
from kb.peers.assessment import panel_moves, seat_moves
from kb.peers.assessment.blinding import Reader, answers_for_owner
from kb.peers.assessment.events import Body
from kb.peers.assessment.move import Move, Refusal, out_of_turn, reply_opens
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.seat_moves import OPEN_REVIEWS
from kb.peers.assessment.state import Assessment, Stage

__all__ = ["Refusal", "refused", "reply_opens"]


def refused(assessment: Assessment, body: Body, by: Reader, rubric: Rubric, *, today: str) -> tuple[Refusal, ...]:
    """Why ``body`` may not follow, done by ``by`` on the day ``today`` (ISO date); empty: it may.

    Roles are not looked at, but where an assessment itself gives a right (a seat, the owner's reply).

    Args:
        assessment: folded from *all* events.
        rubric: the copy that the assessment uses.
    """
    rule, stages = _RULES[type(body)]
    seat, stage = assessment.seat(by.name), assessment.stage
    is_blind = seat is not None and seat.is_awaited
    tells_nothing = _TELLS_NOTHING if stage is Stage.OPENED else _TELLS_NOTHING_LATER
    if is_blind and not isinstance(body, tells_nothing):
        return (Refusal("You hold a seat and have not submitted your review. Submit it, or decline, first."),)
    if not _takes_part(assessment, body, by):
        return (Refusal("You take no part in this assessment. Ask its facilitator."),)
    if assessment.opened is None or stage not in stages:
        return (out_of_turn(Stage.REVIEWING if is_blind and stage in OPEN_REVIEWS else stage),)
    return tuple(rule(Move(body, by, assessment, rubric, today)))


def _takes_part(assessment: Assessment, body: Body, by: Reader) -> bool:
    """Whether ``by`` may know how far the assessment is; of an own seat the rules say more."""
    seat = assessment.seat(by.name)
    is_owner = assessment.opened is not None and answers_for_owner(assessment.opened, by)
    return by.is_facilitator or is_owner or (seat is not None and seat.is_live) or isinstance(body, _OF_SEAT)


def _never(_: Move) -> Iterator[Refusal]:
    yield Refusal("The assessment is open already.", is_late=True)


_LIVE = (Stage.OPENED, Stage.REVIEWING, *OPEN_REVIEWS)
_OF_SEAT = (happened.Accepted, happened.Declined, happened.Submitted)
_TELLS_NOTHING_LATER = (*_OF_SEAT, happened.DueChanged, happened.Begun, happened.Cancelled)  # of what other reviewers did
_TELLS_NOTHING = (*_TELLS_NOTHING_LATER, happened.Invited)  # later it depends on whether reviews are open, and on who led since
_RULES: Mapping[type[Body], tuple[Callable[[Move], Iterator[Refusal]], tuple[Stage, ...]]] = MappingProxyType(
    {
        happened.Opened: (_never, tuple(Stage)),
        happened.Invited: (seat_moves.invited, _LIVE),
        happened.Accepted: (seat_moves.accepted, _LIVE),
        happened.Declined: (seat_moves.declined, _LIVE),
        happened.Excused: (seat_moves.excused, _LIVE),
        happened.DueChanged: (panel_moves.due_changed, _LIVE),
        happened.Begun: (panel_moves.begun, (Stage.OPENED,)),
        happened.Submitted: (seat_moves.submitted, (Stage.REVIEWING, *OPEN_REVIEWS)),
        happened.ReplyOpened: (panel_moves.reply_opened, (Stage.REVIEWING,)),
        happened.Replied: (panel_moves.replied, (Stage.REPLYING,)),
        happened.ReplyClosed: (panel_moves.reply_closed, (Stage.REPLYING,)),
        happened.Settled: (panel_moves.settled, (Stage.RECONCILING,)),
        happened.Concluded: (panel_moves.concluded, (Stage.RECONCILING,)),
        happened.Cancelled: (panel_moves.cancelled, _LIVE),
        happened.Reconfirmed: (panel_moves.reconfirmed, (*OPEN_REVIEWS, Stage.CONCLUDED)),
    }
)

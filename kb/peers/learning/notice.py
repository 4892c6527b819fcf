"""What waits for a member: a kind, a thing, a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What is awaited of the member."""

    REVIEW = "review"  # of an assessment: a seat is offered, or a review awaited
    REPLY = "reply"  # of the owner of an assessed practice
    RECONCILE = "reconcile"  # the panel of an assessment has to settle something
    LEAD = "lead"  # an assessment waits for its facilitator
    STALE = "stale"  # evidence of own scores changed
    JUDGE = "judge"  # a test of transferability
    CONCLUDE_TEST = "conclude-test"
    LEAD_TEST = "lead-test"
    READING = "reading"  # of an indicator
    CONSENT = "consent"  # to a match that somebody else proposed
    DECIDE = "decide"  # a match that both want: the host
    ANSWER_ROUND = "answer-round"
    CLOSE_ROUND = "close-round"  # its day has passed, and it is still open
    REPLY_CASE = "reply-case"  # somebody asks about one's own case
    DEBRIEF = "debrief"
    HOLD = "hold"  # a session whose time has passed: was it held?
    RESPOND = "respond"  # to a recommendation to one's organisation
    IMPLEMENT = "implement"  # a recommendation that was accepted
    VALIDATE = "validate"  # a plan of another organisation
    ACTION = "action"  # of a plan in progress
    MILESTONE = "milestone"  # of a transfer case
    EVALUATE_CASE = "evaluate-case"
    CONFIRM_LESSON = "confirm-lesson"
    CONFIRM_POLICY = "confirm-policy"


@dataclass(frozen=True)
class Notice:
    """One thing that waits.

    Attributes:
        ref: id of the thing; of a reading, the practice.
        title: as somebody wrote it.
        due: ISO date; empty where there is none.
        is_overdue: whether that day has passed.
        since: ISO date from which it waits.
        about: what within the thing: an indicator, a milestone, a question; empty where it is the whole.
    """

    kind: NoticeKind
    ref: str
    title: str
    due: str
    is_overdue: bool
    since: str
    is_demo: bool
    about: str = ""


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """What is overdue first, then by day; what has no day last, the longest waiting first."""
    return tuple(sorted(notices, key=lambda each: (not each.is_overdue, each.due or "9999", each.since, each.kind, each.ref)))

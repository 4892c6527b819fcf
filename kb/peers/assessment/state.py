"""An assessment as its events make it: stage, seats, reviews, reply, what was settled, and what it came to.

:func:`kb.peers.assessment.folding.fold` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kb.peers.assessment.events import Opened, Reconfirmed, Settled, Standing, Status
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.review import Review

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Stage(StrEnum):
    """How far an assessment is; the last two are final."""

    OPENED = "opened"
    REVIEWING = "reviewing"
    REPLYING = "replying"
    RECONCILING = "reconciling"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing comes after it."""
        return self in (Stage.CONCLUDED, Stage.CANCELLED)


class SeatState(StrEnum):
    """What became of an invitation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXCUSED = "excused"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Seat:
    """A place on the panel, held for ever by whom it was offered to.

    Attributes:
        organisation: of the reviewer when invited; so is ``country``.
        at_utc: of the last change of ``state``.
        why: given with it.
    """

    member: str
    organisation: str
    country: str
    is_third: bool
    state: SeatState
    at_utc: str
    why: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether a review is here or awaited."""
        return self.state in (SeatState.INVITED, SeatState.ACCEPTED, SeatState.SUBMITTED)

    @property
    def is_awaited(self) -> bool:
        """Whether a review is awaited and not here: its holder is blind to all others."""
        return self.state in (SeatState.INVITED, SeatState.ACCEPTED)


@dataclass(frozen=True)
class SubmittedReview:
    """A review, for ever as it was submitted."""

    review: Review
    at_utc: str


@dataclass(frozen=True)
class Reply:
    """What the owner says to the reviews.

    Attributes:
        comments: gate or criterion → words.
        on_behalf_of: who spoke, where ``member`` only wrote it down.
    """

    comments: Mapping[str, str]
    general: str
    member: str
    at_utc: str
    on_behalf_of: str = ""


@dataclass(frozen=True)
class Settlement:
    """What the panel agreed on, by whom it was written down and when."""

    settled: Settled
    member: str
    at_utc: str


@dataclass(frozen=True)
class Reconfirmation:
    """What a reviewer said of an own score whose evidence changed."""

    reconfirmed: Reconfirmed
    member: str
    at_utc: str


@dataclass(frozen=True)
class Transition:
    """One line of what happened.

    Attributes:
        kind: of the event: a key of :data:`kb.peers.assessment.events.KINDS`.
        detail: whom or what it was about: a reviewer, a date, an item, a reason; may be empty.
    """

    at_utc: str
    member: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Assessment:
    """All that is so after some events. What was never opened is blank.

    Attributes:
        opened: as it was opened.
        due: when reviews should be there, as ISO date.
        seats: in the order of invitation.
        reviews: reviewer → what was submitted, in that order; never changed and never lost.
        reply_due: until when the reply is awaited, as ISO date; empty before.
        settled: gate or criterion → what stands.
        reconfirmed: (reviewer, criterion) → what stands.
        ended_at_utc: when it was concluded or cancelled.
        n_events: so many were folded.
    """

    id: str
    opened: Opened | None = None
    opened_by: str = ""
    opened_at_utc: str = ""
    stage: Stage = Stage.OPENED
    due: str = ""
    seats: tuple[Seat, ...] = ()
    reviews: Mapping[str, SubmittedReview] = field(default_factory=lambda: NOTHING)
    reply_due: str = ""
    reply: Reply | None = None
    settled: Mapping[str, Settlement] = field(default_factory=lambda: NOTHING)
    outcome: Outcome | None = None
    ended_at_utc: str = ""
    reconfirmed: Mapping[tuple[str, str], Reconfirmation] = field(default_factory=lambda: NOTHING)
    transitions: tuple[Transition, ...] = ()
    is_demo: bool = False
    n_events: int = 0

    @property
    def practice(self) -> str:
        """Name of the practice."""
        return self.opened.practice if self.opened else ""

    @property
    def title(self) -> str:
        """Of the practice, as it was when opened."""
        return self.opened.title if self.opened else ""

    @property
    def rubric(self) -> str:
        """Name of the rubric."""
        return self.opened.rubric if self.opened else ""

    @property
    def version(self) -> int:
        """Of the rubric."""
        return self.opened.version if self.opened else 0

    @property
    def status_granted(self) -> Status:
        """What the practice may be called if it ends well."""
        return self.opened.status_granted if self.opened else Status.PEER_VALIDATED

    @property
    def live_seats(self) -> tuple[Seat, ...]:
        """Of which a review is here or awaited."""
        return tuple(seat for seat in self.seats if seat.is_live)

    @property
    def awaited(self) -> tuple[Seat, ...]:
        """Of which a review is awaited."""
        return tuple(seat for seat in self.seats if seat.is_awaited)

    def seat(self, member: str) -> Seat | None:
        """The seat that was offered to ``member``."""
        return next((seat for seat in self.seats if seat.member == member), None)

    def is_withdrawn(self, reviewer: str, criterion: str) -> bool:
        """Whether the reviewer took an own score back, since its evidence changed."""
        last = self.reconfirmed.get((reviewer, criterion))
        return last is not None and last.reconfirmed.verdict is Standing.WITHDRAWN

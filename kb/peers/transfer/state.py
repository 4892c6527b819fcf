"""A test of transferability as its events make it: who judges, what was judged, what it came to, and how it went in the end.

:func:`kb.peers.transfer.folding.fold` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kb.peers.assessment.state import Transition
from kb.peers.transfer.events import CaseOutcome, Evaluated, Opened
from kb.peers.transfer.judgement import Judgement
from kb.peers.transfer.result import Result

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Stage(StrEnum):
    """How far a test is; the last two are final."""

    OPEN = "open"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether no judgement comes after it."""
        return self is not Stage.OPEN


class SeatState(StrEnum):
    """How it stands with an assessor's judgement."""

    INVITED = "invited"
    JOINED = "joined"  # unasked
    IN = "in"
    EXCUSED = "excused"


class Certainty(StrEnum):
    """How much of a result is more than a judgement made in advance."""

    ANTICIPATED = "anticipated"  # nobody has evaluated a transfer
    TESTED = "tested"  # a transfer was evaluated, and it did not work, or partly
    CONFIRMED = "confirmed"  # a transfer was evaluated, and it worked

    @classmethod
    def after(cls, outcome: CaseOutcome) -> Certainty:
        """What the last evaluation makes of a result."""
        return cls.CONFIRMED if outcome is CaseOutcome.WORKED else cls.TESTED


@dataclass(frozen=True)
class Seat:
    """An assessor of a test.

    Attributes:
        organisation: when invited or joined; so is ``country``.
        at_utc: of the last change of ``state``, or of the judgement.
        why: given with it.
    """

    member: str
    organisation: str
    country: str
    state: SeatState
    at_utc: str
    why: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_awaited(self) -> bool:
        """Whether a judgement is awaited and not here."""
        return self.state in (SeatState.INVITED, SeatState.JOINED)

    @property
    def is_in(self) -> bool:
        """Whether a judgement is here."""
        return self.state is SeatState.IN


@dataclass(frozen=True)
class Evaluation:
    """How a transfer went, who says so, and when it was written down."""

    evaluated: Evaluated
    member: str
    at_utc: str


@dataclass(frozen=True)
class TransferTest:
    """All that is so after some events. What was never opened is blank.

    Attributes:
        opened: as it was opened.
        seats: in the order of invitation.
        judgements: assessor → what stands, in the order of first handing in; only those that may be seen.
        evaluations: in the order in which they were written down.
        ended_at_utc: when it was concluded or cancelled.
        n_events: so many were folded.
    """

    id: str
    opened: Opened | None = None
    opened_by: str = ""
    opened_at_utc: str = ""
    stage: Stage = Stage.OPEN
    seats: tuple[Seat, ...] = ()
    judgements: Mapping[str, Judgement] = field(default_factory=lambda: NOTHING)
    result: Result | None = None
    evaluations: tuple[Evaluation, ...] = ()
    ended_at_utc: str = ""
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
    def source(self) -> str:
        """Place that the practice comes from."""
        return self.opened.source if self.opened else ""

    @property
    def target(self) -> str:
        """Place where it would be taken over."""
        return self.opened.target if self.opened else ""

    @property
    def framework(self) -> str:
        """Name of the framework."""
        return self.opened.framework if self.opened else ""

    @property
    def version(self) -> int:
        """Of the framework."""
        return self.opened.version if self.opened else 0

    @property
    def key(self) -> tuple[str, ...]:
        """Criteria that the practice rests on."""
        return self.opened.key if self.opened else ()

    @property
    def due(self) -> str:
        """When judgements should be there, as ISO date; may be empty."""
        return self.opened.due if self.opened else ""

    @property
    def certainty(self) -> Certainty:
        """By the last evaluation; anticipated without one."""
        return Certainty.after(self.evaluations[-1].evaluated.outcome) if self.evaluations else Certainty.ANTICIPATED

    @property
    def awaited(self) -> tuple[Seat, ...]:
        """Whose judgement is awaited."""
        return tuple(seat for seat in self.seats if seat.is_awaited)

    @property
    def ready(self) -> tuple[Seat, ...]:
        """Whose judgement is here, whether or not it may be seen."""
        return tuple(seat for seat in self.seats if seat.is_in)

    def seat(self, member: str) -> Seat | None:
        """The seat of ``member``."""
        return next((seat for seat in self.seats if seat.member == member), None)

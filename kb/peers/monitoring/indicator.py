"""An indicator of a practice: what is measured, how often, from where to where, and who is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from kb.peers import names
from kb.peers.days import Day, months_later
from kb.peers.flaws_in_fields import NAME_PATTERN
from kb.peers.narrative import Part, flaw
from kb.peers.parts import Line, Number

MAX_VALUE = 1e18  # beyond it somebody mistyped; differences stay finite
MAX_WORDS_CHARS = 5_000
EARLIEST_DUE = "1990-01-01"  # more periods than a page can show lie behind it


def _believable(given: float) -> float:
    if abs(given) > MAX_VALUE:
        raise flaw("is too large to be true")
    return given


Value = Annotated[Number, AfterValidator(_believable)]
Words = Annotated[str, Field(max_length=MAX_WORDS_CHARS)]


class Direction(StrEnum):
    """Where it is wanted to go."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"


class Frequency(StrEnum):
    """How often it is read."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    ONCE = "once"


MONTHS: Mapping[Frequency, int] = MappingProxyType(
    {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}
)  # of a period; once has none


class Point(Part):
    """A value at a date: where it began, or where it should be.

    Attributes:
        source: who says so; may be empty for a target.
    """

    value: Value
    date: Day
    source: Line | None = None


class Indicator(Part):
    """What is measured.

    Attributes:
        key: its name within the practice.
        scope: of what it is measured, such as "the whole cooperative". Where it is said, a reading of anything else is shown and
            counts for nothing; where it is empty, readings count while all are of one scope.
        first_due: last day of the first period: the first reading should be there by then. Empty: one period after the baseline.
        responsible: member or organisation that should read it.
    """

    key: str = Field(pattern=NAME_PATTERN, max_length=names.MAX_CHARS)
    title: Line
    definition: Annotated[str, Field(min_length=1, max_length=MAX_WORDS_CHARS)]
    unit: Line
    direction: Direction
    frequency: Frequency
    responsible: Line
    baseline: Point | None = None
    target: Point | None = None
    first_due: Day | None = None
    scope: Line | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if faults := list(self._faults()):
            raise flaw("; ".join(faults))
        return self

    def _faults(self) -> list[str]:
        found = []
        if not self.ends_first:
            found.append("says neither when the first reading is due nor a baseline to count from")
        elif self.ends_first < EARLIEST_DUE:
            found.append(f"has its first reading due on {self.ends_first}; wanted is {EARLIEST_DUE} or later")
        if self.baseline and self.target:
            if self.target.date <= self.baseline.date:
                found.append(f"has a target of {self.target.date}, which is not after the baseline of {self.baseline.date}")
            is_above, is_below = self.target.value > self.baseline.value, self.target.value < self.baseline.value
            if (self.direction is Direction.UP and is_below) or (self.direction is Direction.DOWN and is_above):
                found.append(f"should go {self.direction}, and its target lies the other way from its baseline")
        return found

    @property
    def ends_first(self) -> str:
        """Last day of the first period; empty where it cannot be told."""
        if self.first_due:
            return self.first_due
        if self.frequency is Frequency.ONCE:
            return self.target.date if self.target else ""
        return months_later(self.baseline.date, MONTHS[self.frequency]) if self.baseline else ""

"""A reading of an indicator, and what can be said of several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kb.peers.monitoring.events import ReadingAdded


@dataclass(frozen=True)
class Withdrawal:
    """Somebody said that a reading does not count."""

    member: str
    at_utc: str
    why: str


@dataclass(frozen=True)
class Reading:
    """A value that somebody entered.

    Attributes:
        seq: its place in the history of the practice: by it a reading is withdrawn.
        read: what was entered.
        member: who entered it, at ``at_utc``.
        withdrawn: it stays in the history and counts for nothing.
    """

    seq: int
    read: ReadingAdded
    member: str
    at_utc: str
    is_demo: bool
    withdrawn: Withdrawal | None = None

    @property
    def value(self) -> float:
        """What was measured."""
        return self.read.value

    @property
    def date(self) -> str:
        """The day that it is of."""
        return self.read.date


@dataclass(frozen=True)
class Disagreement:
    """Readings of one day and scope whose sources say different things. All of them stay."""

    date: str
    scope: str
    readings: tuple[Reading, ...]


def same(one: str | None, other: str | None) -> bool:
    """Whether two scopes or sources are one: case and spaces aside."""
    return folded(one) == folded(other)


def folded(words: str | None) -> str:
    """For comparing."""
    return " ".join((words or "").split()).casefold()


def disagreements(readings: Iterable[Reading]) -> tuple[Disagreement, ...]:
    """Among readings that count, by date and scope."""

    def place(reading: Reading) -> tuple[str, str]:
        return reading.date, folded(reading.read.scope)

    found = []
    for (day, _), group in groupby(sorted(readings, key=lambda each: (*place(each), each.seq)), key=place):
        several = tuple(group)
        if len({each.value for each in several}) > 1:
            found.append(Disagreement(day, several[0].read.scope, several))
    return tuple(found)

"""When readings are awaited: periods one after another, of which each should have one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kb.peers.days import last_of_month, months_later
from kb.peers.monitoring.indicator import MONTHS, Indicator
from kb.peers.monitoring.reading import Reading


@dataclass(frozen=True)
class Period:
    """A stretch of time that should have a reading.

    Attributes:
        start: its first day; empty for an indicator that is read once and has no baseline: any day before ``end``.
        end: its last day.
        readings: those that count, by date.
        is_missing: it has passed without one: the reading is overdue.
        is_due: it runs, and there is none yet.
    """

    start: str
    end: str
    readings: tuple[Reading, ...]
    is_missing: bool
    is_due: bool


def periods(indicator: Indicator, readings: Sequence[Reading], *, today: str, ended_on: str = "") -> tuple[Period, ...]:
    """Every period that has begun, in order; none that begins after the indicator was ended.

    Each ends so many months after the first one; if that ends with its month, all do: 30 June, 30 September, 31 December. The one
    in which the indicator was ended is not missing.

    Args:
        readings: those that count.
        today: ISO date.
        ended_on: when the indicator was ended; empty while it goes on.
    """
    in_order = sorted(readings, key=lambda each: (each.date, each.seq))
    days = [each.date for each in in_order]
    found = []
    for start, end in _bounds(indicator, min(today, ended_on or today)):
        own = tuple(in_order[bisect_left(days, start) : bisect_right(days, end)])
        is_over = end < today if not ended_on else end < min(ended_on, today)
        is_running = not ended_on and not is_over
        found.append(Period(start, end, own, is_missing=is_over and not own, is_due=is_running and not own))
    return tuple(found)


def _bounds(indicator: Indicator, until: str) -> Sequence[tuple[str, str]]:
    """First and last days of the periods that begin on ``until`` or before."""
    first = indicator.ends_first
    if indicator.frequency in MONTHS:
        return _one_after_another(first, MONTHS[indicator.frequency], until)
    baseline = indicator.baseline
    start = _day_after(baseline.date) if baseline and baseline.date < first else ""
    return ((start, first),) if start <= until else ()


@lru_cache(maxsize=1024)  # a thousand practices have few calendars
def _one_after_another(first: str, months: int, until: str) -> tuple[tuple[str, str], ...]:
    found, number = [], 0
    start = _day_after(_end(first, -months))
    while start <= until:
        end = _end(first, number * months)
        found.append((start, end))
        start, number = _day_after(end), number + 1
    return tuple(found)


def _end(first: str, months: int) -> str:
    """So many months after the end of the first period."""
    end = months_later(first, months)
    ends_with_month = _day_after(first)[8:] == "01"
    return last_of_month(end) if ends_with_month else end


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()

"""How an indicator goes: the latest reading, the trend since the first, and how much of the way to the target is done.

Where sources disagree about a day, what they come to is a range. What cannot be said has a reason in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.peers.monitoring.indicator import Direction, Indicator
from kb.peers.monitoring.reading import Reading, folded, same


class TrendWord(StrEnum):
    """From the first reading to the latest."""

    RISING = "rising"
    FALLING = "falling"
    UNCHANGED = "unchanged"
    UNCLEAR = "unclear"  # the sources disagree about it


class Undefined(StrEnum):
    """Why there is no progress."""

    KEEP = "keep"  # it should stay where it is: see the deviation
    NO_BASELINE = "no-baseline"
    NO_TARGET = "no-target"
    TARGET_IS_BASELINE = "target-is-baseline"
    NO_READING = "no-reading"  # none since the baseline
    MIXED_SCOPES = "mixed-scopes"  # readings of several scopes, and the indicator does not say which is meant


@dataclass(frozen=True)
class Trend:
    """What changed between the first and the latest day with a reading.

    Attributes:
        low: change at least, in the indicator's unit; ``high`` at most. The same unless sources disagree.
        is_wanted: whether it goes where it should; ``None`` where that cannot be said.
        n_days: days with a reading, two at least.
    """

    first: str
    latest: str
    low: float
    high: float
    word: TrendWord
    is_wanted: bool | None
    n_days: int


@dataclass(frozen=True)
class Progress:
    """How much of the way from baseline to target is done: 0 at the baseline, 1 at the target; may be less or more.

    Attributes:
        low: at least; ``high`` at most. The same unless sources disagree. Both ``None`` where it is undefined.
        why: it is undefined.
    """

    low: float | None = None
    high: float | None = None
    why: Undefined | None = None


def counted(indicator: Indicator, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Readings that are of what the indicator means: not withdrawn, and of its scope where it says one. By date."""
    live = [each for each in readings if each.withdrawn is None]
    if indicator.scope:
        live = [each for each in live if not each.read.scope or same(each.read.scope, indicator.scope)]
    return tuple(sorted(live, key=lambda each: (each.date, each.seq)))


def is_mixed(readings: Sequence[Reading], indicator: Indicator) -> bool:
    """Whether readings that count are of several scopes, so that one cannot be compared with another."""
    return not indicator.scope and len({folded(each.read.scope) for each in readings}) > 1


def latest_of(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """All readings of the latest day."""
    last = max((each.date for each in readings), default="")
    return tuple(each for each in readings if each.date == last)


def trend(indicator: Indicator, readings: Sequence[Reading]) -> Trend | None:
    """``None`` with readings of fewer than two days, or of several scopes."""
    days = sorted({each.date for each in readings})
    if len(days) < 2 or is_mixed(readings, indicator):
        return None
    first = [each.value for each in readings if each.date == days[0]]
    last = [each.value for each in readings if each.date == days[-1]]
    low, high = min(last) - max(first), max(last) - min(first)
    word = _word(low, high)
    return Trend(days[0], days[-1], low, high, word, _is_wanted(word, indicator.direction), len(days))


def progress(indicator: Indicator, readings: Sequence[Reading]) -> Progress:
    """(latest − baseline) / (target − baseline), by readings since the baseline."""
    baseline, target = indicator.baseline, indicator.target
    if indicator.direction is Direction.KEEP:
        return Progress(why=Undefined.KEEP)
    if baseline is None:
        return Progress(why=Undefined.NO_BASELINE)
    if target is None:
        return Progress(why=Undefined.NO_TARGET)
    way = target.value - baseline.value
    if way == 0:
        return Progress(why=Undefined.TARGET_IS_BASELINE)
    if is_mixed(readings, indicator):
        return Progress(why=Undefined.MIXED_SCOPES)
    latest = latest_of([each for each in readings if each.date >= baseline.date])
    if not latest:
        return Progress(why=Undefined.NO_READING)
    done = sorted((each.value - baseline.value) / way for each in latest)
    return Progress(done[0], done[-1])


def deviation(indicator: Indicator, readings: Sequence[Reading]) -> tuple[float, float] | None:
    """Of what should stay as it is: the latest readings less what they should be, the least and the largest difference.

    What it should be is the target, else the baseline. ``None`` without either, without a reading, or with several scopes.
    """
    wanted = indicator.target or indicator.baseline
    latest = latest_of(readings)
    if indicator.direction is not Direction.KEEP or wanted is None or not latest or is_mixed(readings, indicator):
        return None
    apart = [each.value - wanted.value for each in latest]
    return min(apart), max(apart)


def _word(low: float, high: float) -> TrendWord:
    if low > 0:
        return TrendWord.RISING
    if high < 0:
        return TrendWord.FALLING
    return TrendWord.UNCHANGED if low == high == 0 else TrendWord.UNCLEAR


def _is_wanted(word: TrendWord, direction: Direction) -> bool | None:
    """A trend that stays level is wanted where it should; elsewhere it is neither."""
    if word is TrendWord.UNCLEAR or (word is TrendWord.UNCHANGED and direction is not Direction.KEEP):
        return None
    wanted = {Direction.UP: TrendWord.RISING, Direction.DOWN: TrendWord.FALLING, Direction.KEEP: TrendWord.UNCHANGED}
    return word is wanted[direction]

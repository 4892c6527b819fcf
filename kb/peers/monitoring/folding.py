"""The monitoring of a practice is folded from its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.peers.monitoring.course import Progress, Trend, counted, deviation, is_mixed, latest_of, progress, trend
from kb.peers.monitoring.events import Event, IndicatorEnded, IndicatorSet, ReadingAdded, ReadingWithdrawn
from kb.peers.monitoring.indicator import Indicator
from kb.peers.monitoring.reading import Disagreement, Reading, Withdrawal, disagreements
from kb.peers.monitoring.schedule import Period, periods


@dataclass(frozen=True)
class Ended:
    """No further readings are awaited."""

    member: str
    at_utc: str
    why: str


@dataclass(frozen=True)
class Followed:
    """An indicator with all that is known of it.

    Attributes:
        set_by: who set it as it is now, at ``set_at_utc``.
        ended: ``None`` while readings are awaited.
        readings: all, by date; withdrawn ones too.
        counted: of these, what the figures come from.
        periods: those that have begun.
        disagreements: days on which two sources say different things.
        latest: the readings of the latest day; several where sources disagree.
        trend: ``None`` with fewer than two days.
        deviation: least and largest, of what should stay as it is; else ``None``.
        has_mixed_scopes: readings are of several scopes, and the indicator does not say which is meant: no figures are given.
    """

    indicator: Indicator
    set_by: str
    set_at_utc: str
    is_demo: bool
    ended: Ended | None
    readings: tuple[Reading, ...]
    counted: tuple[Reading, ...]
    periods: tuple[Period, ...]
    disagreements: tuple[Disagreement, ...]
    latest: tuple[Reading, ...]
    trend: Trend | None
    progress: Progress
    deviation: tuple[float, float] | None
    has_mixed_scopes: bool

    @property
    def missing(self) -> tuple[Period, ...]:
        """Periods that passed without a reading."""
        return tuple(each for each in self.periods if each.is_missing)


@dataclass(frozen=True)
class Monitoring:
    """All indicators of a practice, in the order in which they were first set, and all that happened, in order."""

    practice: str
    indicators: tuple[Followed, ...] = ()
    history: tuple[Event, ...] = ()

    def followed(self, key: str) -> Followed | None:
        """The indicator of that key."""
        return next((each for each in self.indicators if each.indicator.key == key), None)

    def reading(self, seq: int) -> Reading | None:
        """The reading that was entered as that event."""
        return next((reading for each in self.indicators for reading in each.readings if reading.seq == seq), None)


def fold(practice: str, events: Iterable[Event], *, today: str) -> Monitoring:
    """What ``events`` make of the monitoring of a practice, in their order, as it is on ``today`` (ISO date).

    What refers to an event that is not there changes nothing: those of the demonstration may be gone. Nothing of the demonstration
    changes an indicator that was set in earnest, or counts for it.
    """
    happened = tuple(events)
    set_: dict[str, Event] = {}
    indicators: dict[str, Indicator] = {}
    ended: dict[str, Ended] = {}
    readings: dict[int, Reading] = {}
    for event in happened:
        body = event.body
        if isinstance(body, IndicatorSet):
            key = body.indicator.key
            if not _yields(event, set_.get(key)):
                indicators[key], set_[key] = body.indicator, event
                ended.pop(key, None)
        elif isinstance(body, IndicatorEnded):
            if not _yields(event, set_.get(body.key)):
                ended[body.key] = Ended(event.member, event.at_utc, body.why)
        elif isinstance(body, ReadingAdded):
            readings[event.seq] = Reading(event.seq, body, event.member, event.at_utc, event.is_demo)
        elif isinstance(body, ReadingWithdrawn) and body.seq in readings:
            withdrawal = Withdrawal(event.member, event.at_utc, body.why)
            readings[body.seq] = replace(readings[body.seq], withdrawn=withdrawal)
    by_key: dict[str, list[Reading]] = {key: [] for key in indicators}
    for reading in readings.values():
        if reading.read.key in by_key and not _yields(reading, set_[reading.read.key]):
            by_key[reading.read.key].append(reading)
    followed = (_followed(indicators[key], set_[key], ended.get(key), by_key[key], today) for key in indicators)
    return Monitoring(practice, tuple(followed), happened)


def _yields(what: Event | Reading, set_: Event | None) -> bool:
    """Whether it is of the demonstration, and the indicator is not."""
    return what.is_demo and set_ is not None and not set_.is_demo


def _followed(indicator: Indicator, set_: Event, ended: Ended | None, readings: list[Reading], today: str) -> Followed:
    live = counted(indicator, readings)
    return Followed(
        indicator=indicator,
        set_by=set_.member,
        set_at_utc=set_.at_utc,
        is_demo=set_.is_demo,
        ended=ended,
        readings=tuple(sorted(readings, key=lambda each: (each.date, each.seq))),
        counted=live,
        periods=periods(indicator, live, today=today, ended_on=ended.at_utc[:10] if ended else ""),
        disagreements=disagreements(each for each in readings if each.withdrawn is None),
        latest=latest_of(live),
        trend=trend(indicator, live),
        progress=progress(indicator, live),
        deviation=deviation(indicator, live),
        has_mixed_scopes=is_mixed(live, indicator),
    )

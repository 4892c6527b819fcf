"""Say what is measured, and enter what was measured. Nothing is overwritten: what does not count any more is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.errors import InvalidEntry, NotFound
from kb.peers.flaws_in_fields import Flaw
from kb.peers.monitoring.events import (
    STREAM,
    Body,
    IndicatorEnded,
    IndicatorSet,
    ReadingAdded,
    ReadingWithdrawn,
    spelled,
)
from kb.peers.monitoring.flaws import read_indicator, read_reading
from kb.peers.monitoring.folding import Followed, Monitoring
from kb.peers.monitoring.indicator import MAX_WORDS_CHARS, Indicator
from kb.peers.monitoring.reading import same
from kb.peers.monitoring.readings_table import already, identity
from kb.peers.raw_values import instead
from kb.retrieval.writable import writable
from kb.services import journaling
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring.loading import CHANGE, monitoring_in, monitoring_of
from kb.services.permission import Member, Role, require_either, require_real
from kb.services.records import StoredEntry, UnitOfWork

MAX_INDICATORS = 50  # of a practice
MAX_READINGS = 20_000  # of a practice: fifty indicators, monthly for thirty years


def set_indicator(
    kb: KnowledgeBase, practice: str, indicator: Mapping[str, Any], *, actor: Member, is_demo: bool = False
) -> Indicator:
    """Say what is measured, or say it anew: what was said under the same key before is history, and its readings stay.

    Args:
        indicator: fields of :class:`Indicator`; texts where a form gives texts. Optional ones that are blank are left out.
        is_demo: it belongs to the demonstration, with all its readings; so does what its members set.

    Raises:
        NotFound: if there is no such practice.
        InvalidEntry: with all that is wrong.
        PermissionDenied: also if the actor is of the demonstration and the indicator is real.
    """
    require_either(actor, Role.CONTRIBUTOR, Role.FACILITATOR, CHANGE)
    is_demo = is_demo or actor.is_demo
    kb.practices.read(practice)
    made, flaws = read_indicator(_said(_writable(indicator)))
    if made is None:
        raise InvalidEntry(f"The indicator cannot be set: {_together(flaws)}.")
    with kb.records() as records:
        so_far = monitoring_in(records, practice)
        there = so_far.followed(made.key)
        if there and not there.is_demo:
            require_real(actor)
        if there and there.indicator == made and not there.ended and (is_demo or not there.is_demo):
            return made
        if faults := against_indicator(so_far, there, made):
            raise InvalidEntry(f"The indicator cannot be set: {'; '.join(faults)}.")
        _append(records, practice, IndicatorSet(indicator=made), actor, is_demo=is_demo)
    return made


def end_indicator(kb: KnowledgeBase, practice: str, key: str, *, why: str, actor: Member) -> None:
    """Await no further readings. All that were entered stay.

    Raises:
        NotFound: if there is no such practice or indicator.
        InvalidEntry: if it is not said why, or it was ended already.
    """
    require_either(actor, Role.CONTRIBUTOR, Role.FACILITATOR, CHANGE)
    words = _reason(why)
    with kb.records() as records:
        followed = _followed(monitoring_of(kb, records, practice), key)
        if followed.ended:
            raise InvalidEntry(f"The indicator {key} was ended on {followed.ended.at_utc[:10]} already.")
        _append(records, practice, IndicatorEnded(key=key, why=words), actor, is_demo=followed.is_demo)


def add_reading(
    kb: KnowledgeBase,
    practice: str,
    key: str,
    date: str,
    value: float | str,
    *,
    source: str,
    actor: Member,
    scope: str = "",
    note: str = "",
) -> int:
    """Enter a value. Returns its number in the history of the practice, by which it may be withdrawn.

    Another source may say something else about the same day: both stay, and both are shown.

    Args:
        date: the day that it is of, as ISO date.
        value: a number, or its spelling.
        source: who says so.
        scope: of what it was measured; empty: of what the indicator says.

    Raises:
        NotFound: if there is no such practice or indicator.
        InvalidEntry: with all that is wrong.
    """
    require_either(actor, Role.CONTRIBUTOR, Role.FACILITATOR, CHANGE)
    kb.practices.read(practice)
    optional = {name: words for name, words in (("scope", scope), ("note", note)) if words.strip()}
    reading, flaws = read_reading(_writable({"key": key, "date": date, "value": value, "source": source, **optional}))
    if reading is None:
        raise InvalidEntry(f"The reading was not added: {_together(flaws)}.")
    with kb.records() as records:
        so_far = monitoring_in(records, practice)
        followed = _followed(so_far, key)
        if faults := against_reading(so_far, followed, reading):
            raise InvalidEntry(f"The reading was not added: {'; '.join(faults)}.")
        return keep(records, practice, [reading], actor)[0].seq


def withdraw_reading(kb: KnowledgeBase, practice: str, seq: int, *, why: str, actor: Member) -> None:
    """Say that a reading does not count. It stays in the history. Who entered it may, and facilitators.

    Raises:
        NotFound: if there is no such practice or reading.
        InvalidEntry: if somebody else entered it, it is not said why, or it was withdrawn already.
    """
    require_either(actor, Role.CONTRIBUTOR, Role.FACILITATOR, CHANGE)
    words = _reason(why)
    with kb.records() as records:
        reading = monitoring_of(kb, records, practice).reading(seq)
        if reading is None:
            raise NotFound(f"There is no reading {seq} of {practice}. See them: kb monitor show {practice}")
        if reading.withdrawn:
            raise InvalidEntry(f"The reading {seq} was withdrawn on {reading.withdrawn.at_utc[:10]} already.")
        if reading.member != actor.name and Role.FACILITATOR not in actor.roles:
            raise InvalidEntry(f"{reading.member} entered the reading {seq}: only they and facilitators may withdraw it.")
        _append(records, practice, ReadingWithdrawn(seq=seq, why=words), actor, is_demo=reading.is_demo)


def keep(records: UnitOfWork, practice: str, readings: Iterable[ReadingAdded], actor: Member) -> list[StoredEntry]:
    """Add readings that were found right, within a unit of work. What is said of the demonstration belongs to it."""
    stored = records.journal.of(STREAM, practice)
    so_far, seq = monitoring_in(records, practice), journaling.next_seq(stored)
    demo = {each.indicator.key for each in so_far.indicators if each.is_demo}
    added = []
    for number, reading in enumerate(readings, start=seq):
        kind, body = spelled(reading)
        added.append(journaling.append(records, STREAM, practice, number, kind, body, actor=actor, is_demo=reading.key in demo))
    return added


def n_readings(monitoring: Monitoring) -> int:
    """Of a practice, withdrawn ones too."""
    return sum(len(each.readings) for each in monitoring.indicators)


def _append(records: UnitOfWork, practice: str, body: Body, actor: Member, *, is_demo: bool) -> None:
    kind, text = spelled(body)
    seq = journaling.next_seq(records.journal.of(STREAM, practice))
    journaling.append(records, STREAM, practice, seq, kind, text, actor=actor, is_demo=is_demo)


def against_indicator(so_far: Monitoring, there: Followed | None, made: Indicator) -> list[str]:
    """What speaks against setting an indicator, beside what it says itself."""
    found = []
    if there is None and len(so_far.indicators) >= MAX_INDICATORS:
        found.append(f"a practice has at most {MAX_INDICATORS} indicators")
    if there and not same(there.indicator.unit, made.unit) and any(not each.withdrawn for each in there.readings):
        found.append(f"its readings are in {there.indicator.unit}; give one in {made.unit} a key of its own")
    return found


def against_reading(so_far: Monitoring, followed: Followed, reading: ReadingAdded) -> list[str]:
    """What speaks against adding a reading, beside what it says itself."""
    found = []
    if followed.ended:
        found.append(f"the indicator {reading.key} was ended; no reading is awaited")
    if reading.date > latest_day():
        found.append(f"date: {reading.date} has not come yet")
    if any(identity(each.read) == identity(reading) for each in followed.readings if not each.withdrawn):
        found.append(already(reading))
    if n_readings(so_far) >= MAX_READINGS:
        found.append(f"a practice has at most {MAX_READINGS} readings")
    return found


def _followed(monitoring: Monitoring, key: str) -> Followed:
    followed = monitoring.followed(key)
    if followed is None:
        keys = [each.indicator.key for each in monitoring.indicators]
        raise NotFound(f"{monitoring.practice} has no indicator “{key[:40]}”; {instead(key, keys)}.")
    return followed


def _said(indicator: Mapping[str, Any]) -> dict[str, Any]:
    """Without optional fields that are blank, such as those of a form that nobody filled in."""
    optional = ("baseline", "target", "first_due", "scope")
    found = {name: value for name, value in indicator.items() if name not in optional or not _is_blank(value)}
    for name in ("baseline", "target"):
        if isinstance(point := found.get(name), Mapping) and _is_blank(point.get("source")):
            found[name] = {key: value for key, value in point.items() if key != "source"}
    return found


def _writable(given: Mapping[str, Any]) -> dict[str, Any]:
    """Without what no file can hold, and what shows other words than it says."""
    return {name: _plain(value) for name, value in given.items()}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return _writable(value)
    return writable(value) if isinstance(value, str) else value


def _is_blank(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_blank(each) for each in value.values())
    return value is None or (isinstance(value, str) and not value.strip())


def _reason(why: str) -> str:
    words = writable(why).strip()
    if not words:
        raise InvalidEntry("Say why; others will ask.")
    if len(words) > MAX_WORDS_CHARS:
        raise InvalidEntry(f"The reason has {len(words)} characters; at most {MAX_WORDS_CHARS} are taken.")
    return words


def _together(flaws: Sequence[Flaw]) -> str:
    return "; ".join(f"{'.'.join(map(str, each.place))}: {each.sentence}" if each.place else each.sentence for each in flaws)

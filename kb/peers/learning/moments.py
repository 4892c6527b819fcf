"""When something begins and ends, in the time zone of the place where it happens.

A moment is kept with its offset, "2026-12-01T10:00+01:00", and the zone beside it, by its name in the IANA time zone database
("Europe/Rome"): the offset says when, the zone what the clocks on the wall say.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kb.peers.days import EARLIEST, LATEST

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
_TOLD = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::00)?(?:Z|[+-]\d{2}:?\d{2})?")


def fault_of_zone(name: str) -> str:
    """Why ``name`` is no time zone, as a clause; empty when it is."""
    try:
        if len(name) <= 60 and _ZONE.fullmatch(name):
            ZoneInfo(name)
            return ""
    except (KeyError, ValueError, OSError):  # not in the database; a folder of it
        pass
    return f"“{name[:40]}” is no time zone such as Europe/Lisbon, Asia/Kolkata or UTC"


def moment_in(zone: str, told: str) -> str:
    """``told`` as a moment in ``zone``, to the minute.

    Args:
        zone: one without fault.
        told: ISO 8601, "2026-12-01T10:00": by the clocks there; with an offset: whatever they say there at that moment. Of an hour
            that comes twice, when clocks are put back, the first is meant; an offset tells the other.

    Raises:
        ValueError: with a clause: it is no moment, or that hour is left out there, when clocks are put forward.
    """
    there = ZoneInfo(zone)
    read = _read(told.strip())
    if read is None:
        raise ValueError(f"“{told[:40]}” is no time such as 2026-12-01T10:00")
    here = read.replace(tzinfo=there) if read.tzinfo is None else read.astimezone(there)
    again = here.astimezone(UTC).astimezone(there)
    if again.replace(tzinfo=None) != here.replace(tzinfo=None):
        raise ValueError(f"“{told[:40]}” is left out in {zone}: clocks are put forward then")
    return here.isoformat(timespec="minutes")


def _read(told: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(told) if _TOLD.fullmatch(told) else None
    except ValueError:  # a thirteenth month
        return None
    return read if read and EARLIEST <= read.date().isoformat() <= LATEST else None


def at(moment: str) -> datetime:
    """A kept moment, to reckon with."""
    return datetime.fromisoformat(moment)


def local(moment: str, zone: str) -> datetime:
    """A kept moment by the clocks of a zone, to show."""
    return at(moment).astimezone(ZoneInfo(zone))


def day_in(zone: str, moment: str) -> str:
    """The day that it is in ``zone`` at a moment, as ISO date."""
    return local(moment, zone).date().isoformat()


def has_come(day: str, zone: str, today: str) -> bool:
    """Whether ``day`` has begun in ``zone`` when it is ``today`` in UTC, at whatever hour."""
    begins = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    return begins.astimezone(UTC).date().isoformat() <= today

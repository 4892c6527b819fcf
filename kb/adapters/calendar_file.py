"""Calendar files (RFC 5545), written with icalendar: it folds lines, escapes texts and tells the rules of time zones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from kb.retrieval.writable import one_line, writable
from kb.services.calendar_files import CalendarEntry

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//PLP knowledge base//sessions//EN"


class CalendarFile:
    """Answers :class:`kb.services.calendar_files.CalendarFiles`."""

    def write(self, entries: Sequence[CalendarEntry], *, name: str) -> bytes:
        """See the port."""
        from icalendar import Calendar

        uid = uuid5(NAMESPACE_URL, "\n".join(entry.uid for entry in entries))  # by default a new one every time
        calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", name=one_line(name), uid=uid)
        for entry in entries:
            calendar.add_component(_event(entry))
        years = [moment.year for entry in entries for moment in (entry.begins, entry.ends)]
        if years:  # rules of the years around, and not of all since 1970
            calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
        return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    from icalendar import STATUS, Event

    zone = ZoneInfo(entry.zone)
    return Event.new(
        uid=entry.uid,
        summary=one_line(entry.title),
        start=entry.begins.astimezone(zone),
        end=entry.ends.astimezone(zone),
        stamp=entry.changed,
        last_modified=entry.changed,
        sequence=entry.n_changes,
        status=STATUS.CANCELLED if entry.is_cancelled else STATUS.CONFIRMED,
        description=writable(entry.description) or None,
        location=one_line(entry.location) or None,
        url=entry.url or None,
    )

"""The port to calendar files, with what stands in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarEntry:
    """Something with a beginning and an end. All texts are taken as they are: whoever writes the file makes them safe in it.

    Attributes:
        uid: the same for ever, and nothing else's anywhere.
        zone: by whose clocks it is told, as IANA name.
        begins: with an offset, as ``ends`` and ``changed``.
        changed: when something was changed last.
        n_changes: of its plan; calendars take the file with more of them for the newer one.
        url: of its page, or empty.
    """

    uid: str
    title: str
    zone: str
    begins: datetime
    ends: datetime
    changed: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    n_changes: int = 0
    is_cancelled: bool = False


class CalendarFiles(Protocol):
    """Answered by :class:`kb.adapters.calendar_file.CalendarFile`."""

    def write(self, entries: Sequence[CalendarEntry], *, name: str) -> bytes:
        """An iCalendar file (RFC 5545) with the rules of every time zone that is used. The same entries give the same bytes."""
        ...

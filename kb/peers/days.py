"""Days of the calendar, as ISO dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from kb.peers.narrative import flaw

EARLIEST, LATEST = "1900-01-01", "2199-12-31"  # beyond them somebody mistyped


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar, spelled 2026-12-31."""
    try:
        return EARLIEST <= text <= LATEST and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def fault_of_day(text: str) -> str:
    """Why it is no day, as a clause; empty when it is."""
    return "" if is_day(text) else f"“{text[:40]}” is no date such as 2026-12-31"


def months_later(day: str, months: int) -> str:
    """The same day so many months later; the last day of a month that is too short."""
    begin = date.fromisoformat(day)
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    return date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1])).isoformat()


def last_of_month(day: str) -> str:
    """The last day of its month."""
    begin = date.fromisoformat(day)
    return begin.replace(day=monthrange(begin.year, begin.month)[1]).isoformat()


def _day(given: str) -> str:
    if fault := fault_of_day(given):
        raise flaw(fault)
    return given


Day = Annotated[str, AfterValidator(_day)]

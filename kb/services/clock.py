"""What time it is, as records tell it: in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

FIRST_ZONE = timezone(timedelta(hours=14))  # Kiritimati, where each day begins first


def today() -> str:
    """ISO date."""
    return datetime.now(UTC).date().isoformat()


def latest_day(at: datetime | None = None) -> str:
    """The latest calendar day that it is anywhere, as ISO date: a later one lies in the future for everybody.

    Who refuses a day that has not come yet asks for this one: in New Zealand it is tomorrow while UTC still says today.

    Args:
        at: moment with its zone; by default now.
    """
    return (at or datetime.now(UTC)).astimezone(FIRST_ZONE).date().isoformat()


def now() -> str:
    """ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")

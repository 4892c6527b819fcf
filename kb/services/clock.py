"""What time it is, as records tell it: in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def today() -> str:
    """ISO date."""
    return datetime.now(UTC).date().isoformat()


def now() -> str:
    """ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")

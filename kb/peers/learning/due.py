"""Until when a debrief is awaited, and whether that has passed: told of the dates alone, by no clock.

Source: in PLP 1 the report of conclusions goes to all partners one week after the seminar (CEPES, "Methodology",
cepes.es/proyecto-oecd/methodology).
"""

from __future__ import annotations

from datetime import date, timedelta

DEBRIEF_DAYS = 7  # after the day on which the session ended


def debrief_due(ended_on: str) -> str:
    """The last day for the debrief of a session that ended on a day; both as ISO dates."""
    return (date.fromisoformat(ended_on) + timedelta(days=DEBRIEF_DAYS)).isoformat()


def days_left(due: str, today: str) -> int:
    """Days until ``due``; 0: it is today; less: so many days overdue."""
    return (date.fromisoformat(due) - date.fromisoformat(today)).days


def is_overdue(due: str, today: str) -> bool:
    """Whether the day has passed. Nothing is overdue without a day."""
    return bool(due) and days_left(due, today) < 0

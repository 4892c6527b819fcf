"""Evidence that lies in no document of the knowledge base: what it is, and of when."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from kb.peers.narrative import UNKNOWN, Part, flaw
from kb.peers.parts import Date, Line

MAX_SOURCES = 12  # as many as passages


def _known(date: str) -> str:
    if date == UNKNOWN:
        raise flaw("is “unknown”; evidence has a date, a year at least")
    return date


class SourceLine(Part):
    """A source in words.

    Attributes:
        source: title, and whose it is.
        date: of the source: a year, a month or a day.
    """

    source: Line
    date: Annotated[Date, AfterValidator(_known)]


Sources = Annotated[tuple[SourceLine, ...], Field(max_length=MAX_SOURCES)]


def has_come(date: str, today: str) -> bool:
    """Whether a year, a month or a day is not after ``today`` (ISO date)."""
    return date <= today[: len(date)]

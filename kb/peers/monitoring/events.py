"""What happens to the monitoring of a practice, one event after the other. Events are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar, get_args

from pydantic import Field

from kb.peers.days import Day
from kb.peers.monitoring.indicator import MAX_WORDS_CHARS, Indicator, Value, Words
from kb.peers.narrative import Part
from kb.peers.parts import MAX_LINE_CHARS, Line

STREAM = "monitoring"  # in the journal; its subject is the practice


class IndicatorSet(Part):
    """Somebody says what is measured; a later one of the same key stands instead, and an ended one goes on."""

    kind: ClassVar[str] = "indicator-set"
    indicator: Indicator


class IndicatorEnded(Part):
    """No further readings are awaited."""

    kind: ClassVar[str] = "indicator-ended"
    key: str
    why: Annotated[str, Field(min_length=1, max_length=MAX_WORDS_CHARS)]


class ReadingAdded(Part):
    """A value of an indicator.

    Attributes:
        date: the day that it is of, not the one on which it was entered.
        scope: of what it was measured; empty: of what the indicator says.
        source: who says so.
    """

    kind: ClassVar[str] = "reading-added"
    key: str
    date: Day
    value: Value
    source: Line
    scope: Annotated[str, Field(max_length=MAX_LINE_CHARS)] = ""
    note: Words = ""


class ReadingWithdrawn(Part):
    """A reading does not count any more.

    Attributes:
        seq: of the event that added it.
    """

    kind: ClassVar[str] = "reading-withdrawn"
    seq: int
    why: Annotated[str, Field(min_length=1, max_length=MAX_WORDS_CHARS)]


Body = IndicatorSet | IndicatorEnded | ReadingAdded | ReadingWithdrawn
KINDS: Mapping[str, type[Body]] = MappingProxyType({each.kind: each for each in get_args(Body)})


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes:
        seq: its place in the history of the practice; there may be gaps.
        at_utc: when, as ISO 8601 to the second.
        is_demo: it belongs to the demonstration.
    """

    seq: int
    member: str
    at_utc: str
    body: Body
    is_demo: bool = False


def spelled(body: Body) -> tuple[str, str]:
    """Kind and JSON, as they are kept."""
    return body.kind, body.model_dump_json()


def read(kind: str, text: str) -> Body:
    """What :func:`spelled` spelled.

    Raises:
        ValueError: for a kind or a content that this version does not know.
    """
    if kind not in KINDS:
        raise ValueError(f"no event of monitoring is called “{kind[:40]}”")
    return KINDS[kind].model_validate_json(text)

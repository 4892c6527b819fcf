"""What the demonstration follows as it is written: indicators and readings of practices, and approvals. Every value is made up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kb.peers.assessment.rubric_values import Whole
from kb.peers.days import Day
from kb.peers.demonstration import Timed
from kb.peers.monitoring.indicator import Indicator, Value, Words
from kb.peers.narrative import Part, flaw
from kb.peers.parts import Line

MADE_UP = "made up"  # every source of a value says so, so that nobody takes it for real

What = Literal["indicator-set", "indicator-ended", "reading-added", "reading-withdrawn"]
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "indicator-set": ("indicator",),
        "indicator-ended": ("key", "why"),
        "reading-added": ("key", "date", "value", "source"),
        "reading-withdrawn": ("step", "why"),
    }
)
TAKEN: Mapping[str, tuple[str, ...]] = MappingProxyType({"reading-added": ("scope", "note")})


def _made_up(words: str) -> str:
    if MADE_UP not in words:
        raise flaw(f"“{words[:60]}” does not say “{MADE_UP}”; nobody may take the value for a real one")
    return words


class FollowingStep(Timed):
    """One thing that somebody did. Which values belong to it, :data:`NEEDED` and :data:`TAKEN` say.

    Attributes:
        step: the step that added the reading, counted from 1.
    """

    what: What
    indicator: Indicator | None = None
    key: str = ""
    date: Day | None = None
    value: Value | None = None
    source: Annotated[Line, AfterValidator(_made_up)] | None = None
    scope: str = ""
    note: Words = ""
    step: Whole | None = None
    why: Words = ""


class ToldMonitoring(Part):
    """What is followed of one practice, in order."""

    practice: str
    happened: tuple[FollowingStep, ...] = Field(min_length=1)


class ToldApproval(Timed):
    """A facilitator says that the project stands behind a practice.

    Attributes:
        expires: last day on which it stands.
    """

    practice: str
    on_what: Annotated[Words, AfterValidator(_made_up)]
    expires: Day


class Approvals(Part):
    """All of them."""

    approvals: tuple[ToldApproval, ...] = Field(min_length=1)

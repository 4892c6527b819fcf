"""What is said of a policy that changed, and what was measured before and after."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from kb.peers.assessment.review import Pins
from kb.peers.learning.parts import Because, Day, Language, Line, MaybeLine, MaybePlace, MaybeWords, Party, Words
from kb.peers.learning.record import Body
from kb.peers.narrative import UNKNOWN, Part, flaw
from kb.peers.parts import Date, Number

MAX_EFFECTS = 60


class Dimension(StrEnum):
    """What of a policy may have improved. Source: the third element of peer learning: quality, efficiency and impact."""

    QUALITY = "quality"
    EFFICIENCY = "efficiency"
    IMPACT = "impact"


class Measured(Part):
    """How something was, before the change or after.

    Attributes:
        value: ``None`` where it is told in words only.
        unit: where it is another one than the effect's.
        words: instead of a number, or beside it.
        date: that it is of: a year, a month or a day; or "unknown".
        source: who says so; passages that say so are ``pins``. There is one of both.
    """

    value: Number | None = None
    unit: MaybeLine = ""
    words: Annotated[MaybeWords, Field(validate_default=True)] = ""
    date: Date = UNKNOWN
    pins: Pins = ()
    source: Annotated[MaybeLine, Field(validate_default=True)] = ""

    @field_validator("words")
    @classmethod
    def _says_something(cls, words: str, info: ValidationInfo) -> str:
        if not words and info.data.get("value", 0) is None:
            raise flaw("give a value, or say it in words")
        return words

    @field_validator("source")
    @classmethod
    def _shows(cls, source: str, info: ValidationInfo) -> str:
        if not source and not info.data.get("pins"):
            raise flaw("name a source, or a passage, that says so")
        return source


class Effect(Part):
    """Something that was measured before the change, after it, or both.

    Attributes:
        what: "Days from request to decision".
        unit: "days"; empty for what is told in words.
    """

    dimension: Dimension
    what: Line
    unit: MaybeLine = ""
    before: Measured | None = None
    after: Annotated[Measured | None, Field(validate_default=True)] = None

    @field_validator("after")
    @classmethod
    def _in_order(cls, after: Measured | None, info: ValidationInfo) -> Measured | None:
        before = info.data.get("before")
        if after is None and before is None and "before" in info.data:
            raise flaw("tell how it was before, or after, or both")
        if after and before and is_later(before.date, after.date):
            raise flaw(f"the date before ({before.date}) is after the date after ({after.date})")
        return after


def is_later(one: str, other: str) -> bool:
    """Whether a date is after another one, as far as both say: 2025-03 is not after 2025; "unknown" is after nothing."""
    if UNKNOWN in (one, other):
        return False
    common = min(len(one), len(other))
    return one[:common] > other[:common]


class _Change(Body):
    """What changed.

    Attributes:
        by: who tells it.
        policy: or plan, by its name: "Regulation on the use of common goods".
        organisation: whose policy it is.
        on: when the change took effect.
        because: of which practice and exchange; recommendations and plans are among the exchanges. It names one at least.
        effects: empty where nothing was measured yet.
        attribution: how much of it is owed to that, in the words of who tells it.
    """

    by: Party
    title: Line
    policy: Line
    place: MaybePlace = ""
    organisation: Line
    what_changed: Words
    on: Day
    because: Because
    effects: Annotated[tuple[Effect, ...], Field(max_length=MAX_EFFECTS)] = ()
    attribution: Words
    language: Language = "en"

    @field_validator("because")
    @classmethod
    def _of_something(cls, because: Because) -> Because:
        if not because.practices and not because.exchanges:
            raise flaw("name a practice or an exchange that it comes from")
        return because


class PolicyRecorded(_Change):
    """Somebody tells that a policy changed."""

    kind: ClassVar[str] = "recorded"


class PolicyRevised(_Change):
    """It is told anew, as a whole; what was told before stays in the history, and is confirmed no more."""

    kind: ClassVar[str] = "revised"


class PolicyConfirmed(Body):
    """Somebody of another organisation saw it."""

    kind: ClassVar[str] = "confirmed"
    by: Party
    how: MaybeWords = ""


class PolicyWithdrawn(Body):
    """It is taken back."""

    kind: ClassVar[str] = "withdrawn"
    why: Words

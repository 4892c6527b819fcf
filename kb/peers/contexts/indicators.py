"""What is asked about every place: indicators, each in one of the eight groups of conditions, with how two answers are compared."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from kb.peers.assessment.rubric_values import Name, Words
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.flaws_in_fields import LANGUAGE_PATTERN
from kb.peers.narrative import LANGUAGE, Part, flaw
from kb.peers.parts import Line, Many
from kb.retrieval.passage import UNDETERMINED

Known = int | float | str | tuple[str, ...]  # a number; "yes", "no" or a choice; the words of a set
YES, NO = "yes", "no"
PERCENT = "%"
FIRST_YEAR, LAST_YEAR = 1000, 2100


class Measure(StrEnum):
    """What an answer is."""

    AMOUNT = "amount"
    SHARE = "share"
    YEAR = "year"
    YES_NO = "yes-no"
    CHOICE = "choice"
    SET = "set"

    @property
    def is_number(self) -> bool:
        """Whether two answers have a difference."""
        return self in (Measure.AMOUNT, Measure.SHARE, Measure.YEAR)


class Scale(StrEnum):
    """Whether two amounts differ by what lies between them, or by how many times one is the other."""

    LINEAR = "linear"
    LOG = "log"


def _choice(word: str) -> str:
    if word[:1].isdigit():
        raise flaw(f"“{word[:40]}” begins with a figure; a choice is a word, so that it is never taken for a number")
    return word


class Indicator(Part):
    """A question that every profile answers.

    Attributes:
        unit: of an amount; a share is in percent of a whole.
        choices: what a choice is one of.
    """

    indicator: Name
    group: ConditionGroup
    title: Words
    definition: Words
    unit: Line = ""
    measure: Measure
    scale: Scale = Scale.LINEAR
    choices: Many[Annotated[Name, AfterValidator(_choice)]] = ()

    @property
    def said_unit(self) -> str:
        """The unit that stands behind a value; empty where a value needs none."""
        return PERCENT if self.measure is Measure.SHARE else self.unit

    def fault_of(self, value: Known) -> str:
        """Why ``value`` is no answer, as a clause; empty when it is one."""
        shown = f"“{', '.join(value) if isinstance(value, tuple) else value}”"[:60]
        if self.measure is Measure.SET:
            return "" if isinstance(value, tuple) else f"{shown} is no list; wanted is one such as [a, b], empty for none"
        if isinstance(value, tuple):
            return f"is a list; wanted is one {'number' if self.measure.is_number else 'word'}"
        if self.measure.is_number:
            return self._fault_of_number(value, shown)
        known = self.choices if self.measure is Measure.CHOICE else (YES, NO)
        return "" if value in known else f"{shown} is none of {', '.join(known)}"

    def _fault_of_number(self, value: int | float | str, shown: str) -> str:
        if isinstance(value, str):
            return f"{shown} is no number; wanted is one such as 1200 or 3.5, without spaces, commas or a unit"
        if self.measure is Measure.SHARE and not 0 <= value <= 100:
            return f"{shown} is no share; wanted is a number from 0 to 100, in percent"
        if self.measure is Measure.YEAR and not (value == int(value) and FIRST_YEAR <= value <= LAST_YEAR):
            return f"{shown} is no year; wanted is one from {FIRST_YEAR} to {LAST_YEAR}"
        if self.scale is Scale.LOG and value <= 0:
            return f"{shown} is not above 0, and its scale is log: wanted is a number above 0"
        return ""


class Indicators(Part):
    """All that is asked, in order."""

    language: Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
    indicators: Annotated[Many[Indicator], Field(min_length=1)]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """What ``raw`` spells, plain texts taken to be in its language.

        Raises:
            ValidationError: with every fault of its fields.
        """
        language = raw.get("language")
        return cls.model_validate(raw, context={LANGUAGE: language if isinstance(language, str) else UNDETERMINED})

    @property
    def names(self) -> tuple[str, ...]:
        """Of all, in order."""
        return tuple(each.indicator for each in self.indicators)

    def indicator(self, name: str) -> Indicator:
        """The one called so; ``KeyError`` if there is none."""
        return {each.indicator: each for each in self.indicators}[name]

    def of_group(self, group: ConditionGroup) -> tuple[Indicator, ...]:
        """Those of a group, in order."""
        return tuple(each for each in self.indicators if each.group is group)

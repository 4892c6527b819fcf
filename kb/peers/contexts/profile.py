"""A context profile: what is known about one place, each fact with its source, and what is known to be unknown."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from kb.peers import languages as codes_of_languages
from kb.peers import names
from kb.peers.assessment.rubric_values import Words, in_order
from kb.peers.contexts import place as places
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Known
from kb.peers.flaws_in_fields import KEY_PATTERN, LANGUAGE_PATTERN, NAME_PATTERN
from kb.peers.narrative import LANGUAGE, UNKNOWN, Part, Text, fault_of_words, flaw
from kb.peers.parts import MAX_ITEMS, MAX_LINE_CHARS, Date, Line, Many, OrUnknown, Source, number
from kb.retrieval.passage import UNDETERMINED


class PlaceKind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    REGION = "region"


def _place(code: str) -> str:
    if fault := places.fault_of(code):
        raise flaw(fault)
    return code


def _language_code(code: str) -> str:
    if fault := codes_of_languages.fault_of(code):
        raise flaw(fault)
    return code


def value_of(given: Any) -> Any:
    """A number where it is spelled as one, a text, or a list of texts; which of them an indicator takes, it says itself."""
    if isinstance(given, (list, tuple)):
        return tuple(_line(each) for each in given)
    try:
        return number(given)
    except PydanticCustomError:
        return _line(given)


def _line(given: Any) -> str:
    if not isinstance(given, str):
        raise flaw("is neither a number, a text nor a list of texts")
    words = " ".join(given.split())
    if fault := fault_of_words(words):
        raise flaw(fault)
    if len(words) > MAX_LINE_CHARS:
        raise flaw(f"has {len(words)} characters; at most {MAX_LINE_CHARS} are taken")
    return words


Place = Annotated[str, AfterValidator(_place)]
Value = Annotated[Known, PlainValidator(value_of), PlainSerializer(lambda value: value, return_type=Any)]


class ContextValue(Part):
    """What one source says to an indicator. Two sources that disagree are two values.

    Attributes:
        value: "unknown": it was looked for, and nobody knows.
        scope: what of the place it is about.
        source: key of an entry of sources; empty only for an unknown one.
    """

    indicator: Annotated[str, Field(pattern=NAME_PATTERN, max_length=names.MAX_CHARS)]
    value: Value
    date: Date = UNKNOWN
    scope: Line = UNKNOWN
    source: Line = ""

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows."""
        return self.value == UNKNOWN


class Languages(Part):
    """What people speak there in public, the most usual first."""

    codes: Annotated[Many[Annotated[str, AfterValidator(_language_code)]], Field(min_length=1)]
    source: Line


class LegalForm(Part):
    """A form that the law of the place has for organisations of the social economy.

    Attributes:
        name: in the place's own words.
        year: since when; of the law where it was changed.
    """

    name: Line
    what: Text
    law: Line = UNKNOWN
    year: Date = UNKNOWN
    source: Line


class ContextProfile(Part):
    """What is known about a place.

    Attributes:
        context: its code; :mod:`kb.peers.contexts.place`.
        within: the country of a region; empty for a country.
        language: of every text that names no language.
        groups: each of the eight groups of conditions → what is known, in words that cite their sources.
        values: answers to indicators, in the order of the file.
        reviewed: when somebody last looked whether it still holds.
    """

    context: Place
    kind: PlaceKind
    within: str = ""
    language: Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
    title: Words
    languages: OrUnknown[Languages]
    legal_forms: OrUnknown[Many[LegalForm]]
    groups: dict[ConditionGroup, Text]
    values: Many[ContextValue] = ()
    sources: Annotated[
        dict[Annotated[str, Field(pattern=KEY_PATTERN, max_length=names.MAX_CHARS)], Source],
        AfterValidator(in_order),
        Field(min_length=1, max_length=MAX_ITEMS),
    ]
    reviewed: Date

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The profile that ``raw`` spells, plain texts taken to be in its language.

        What does not fit between its values is not looked at: :func:`kb.peers.contexts.profile_flaws.read` does.

        Raises:
            ValidationError: with every fault of its fields.
        """
        language = raw.get("language")
        return cls.model_validate(raw, context={LANGUAGE: language if isinstance(language, str) else UNDETERMINED})

    @property
    def place(self) -> str:
        """Its code."""
        return self.context

    @property
    def country(self) -> str:
        """The country that it is or in which it is."""
        return places.country_of(self.context)

    def values_of(self, indicator: str) -> tuple[ContextValue, ...]:
        """All that is known to an indicator, the one that counts first, then the others by date, latest first."""
        found = [each for each in self.values if each.indicator == indicator and not each.is_unknown]
        return tuple(sorted(found, key=_age))  # stable: of one date the one listed first

    def value(self, indicator: str) -> ContextValue | None:
        """The value that counts: of the latest date, then listed first. ``None``: unknown, or not said."""
        return next(iter(self.values_of(indicator)), None)

    def is_said(self, indicator: str) -> bool:
        """Whether the profile speaks of an indicator at all, if only to say that nobody knows."""
        return any(each.indicator == indicator for each in self.values)

    def text(self, group: ConditionGroup) -> Text:
        """What is known of a group of conditions."""
        return self.groups.get(group, Text.unknown())


def _age(value: ContextValue) -> tuple[int, ...]:
    """Rises as dates fall; a year counts as its beginning, and an unknown date as the oldest."""
    parts = [] if value.date == UNKNOWN else [int(part) for part in value.date.split("-")]
    return tuple(-part for part in (*parts, 0, 0, 0)[:3])

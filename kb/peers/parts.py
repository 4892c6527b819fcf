"""The parts of a practice sheet that are more than words: who, where, when, how much, and where it is from."""

from __future__ import annotations

import datetime
import re
import sys
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from kb.peers import countries
from kb.peers.choices import FigureKind, OwnerType, Qualifier, Scale, Status, Support
from kb.peers.narrative import UNKNOWN, Part, fault_of_words, flaw

Unknown = Literal["unknown"]
MAX_LINE_CHARS = 300  # of a name, a title or an address
MAX_ITEMS = 200  # of a list
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _line(given: str) -> str:
    words = " ".join(given.split())
    if fault := fault_of_words(words):
        raise flaw(fault)
    if len(words) > MAX_LINE_CHARS:
        raise flaw(f"has {len(words)} characters; at most {MAX_LINE_CHARS} are taken")
    return words


def _country(given: str) -> str:
    if given != UNKNOWN and (fault := countries.fault_of(given)):
        raise flaw(fault)
    return given


def _date(given: Any) -> Any:
    """A year, year-month or date that is in the calendar; a year may come as a number."""
    text = str(given).strip()
    if text == UNKNOWN:
        return text
    found = _DATE.fullmatch(text)
    try:
        if found:
            datetime.date(*(int(part or 1) for part in found.groups()))
            return text
    except ValueError:
        pass  # a thirteenth month is the same fault as no date at all
    raise flaw(f"“{text[:40]}” is no date; wanted is a year, a month or a day (2026, 2026-11, 2026-11-22), or “unknown”")


def _date_or_ongoing(given: Any) -> Any:
    return given if given == ONGOING else _date(given)


def _address(given: str) -> str:
    if given != UNKNOWN and (not re.fullmatch(r"https?://[^\s<>\"]+\.[^\s<>\"]+", given) or len(given) > 2000):
        raise flaw(f"“{given[:60]}” is no address; wanted is one that begins with https:// or http://")
    return given


def _reachable(given: str) -> str:
    return given if re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", given) else _address(given)


def number(given: Any) -> Any:
    """A finite number, as a number or in the one spelling of numbers."""
    if isinstance(given, str) and re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", bare := given.strip()):
        return float(bare) if "." in bare else int(bare)
    if isinstance(given, (int, float)) and not isinstance(given, bool) and abs(given) <= sys.float_info.max:
        return given
    raise flaw(f"“{str(given)[:40]}” is no number; wanted is one such as 1200 or 3.5, without spaces, commas or a unit")


ONGOING = "ongoing"
_DATES = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9999},
                    {"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$"}]}  # fmt: skip
_ENDS = {"anyOf": [*_DATES["anyOf"], {"const": ONGOING}]}
COUNTRIES = {"enum": [*sorted(countries.CODES | countries.TOGETHER), UNKNOWN]}
Line = Annotated[str, AfterValidator(_line), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_LINE_CHARS})]
Country = Annotated[str, AfterValidator(_country), WithJsonSchema(COUNTRIES)]
Date = Annotated[str, BeforeValidator(_date), WithJsonSchema(_DATES)]
End = Annotated[str, BeforeValidator(_date_or_ongoing), WithJsonSchema(_ENDS)]
Address = Annotated[str, AfterValidator(_address)]
Number = Annotated[int | float, BeforeValidator(number), WithJsonSchema({"type": "number"})]


def _branch(given: object) -> str:
    """Which of the two a value is: "unknown" or said. Spares a person the faults of the other."""
    return "unknown" if isinstance(given, str) and given.strip() == UNKNOWN else "said"


def _stripped(given: Any) -> Any:
    return given.strip() if isinstance(given, str) else given


Each = TypeVar("Each")
Many = Annotated[tuple[Each, ...], Field(max_length=MAX_ITEMS)]
OrUnknown = Annotated[
    Annotated[Each, Tag("said")] | Annotated[Unknown, BeforeValidator(_stripped), Tag("unknown")], Discriminator(_branch)
]


class Owner(Part):
    """The organisation whose practice it is."""

    name: Line
    type: OwnerType
    country: Country = UNKNOWN
    website: Address = UNKNOWN


class Partner(Part):
    """An organisation that takes part."""

    name: Line
    country: Country = UNKNOWN
    support: OrUnknown[Many[Support]] = UNKNOWN
    role: Line = UNKNOWN


class Place(Part):
    """Where a practice is done."""

    countries: OrUnknown[Annotated[Many[Country], Field(min_length=1)]]
    region: Line = UNKNOWN
    scale: Scale


class Period(Part):
    """When a practice is done."""

    start: Date
    end: End
    status: Status


class Figure(Part):
    """A number with what it counts, when, where, and who says so. Two sources that disagree are two figures."""

    what: Line
    value: Number
    qualifier: Qualifier = Qualifier.EXACTLY
    unit: Line
    date: Date = UNKNOWN
    scope: Line = UNKNOWN
    kind: FigureKind
    source: Line = Field(description="Key of an entry of sources.")


class Adoption(Part):
    """Somebody who took the practice over."""

    where: Line
    country: Country = UNKNOWN
    date: Date = UNKNOWN
    how: Line = UNKNOWN
    source: Line = Field(description="Key of an entry of sources.")


class Evidence(Part):
    """Words of a document that speak for a field of the sheet."""

    field: Line = Field(description="The field that the quote speaks for, such as results.")
    document: Line = Field(description="Path inside corpus/documents.")
    quote: Annotated[str, Field(min_length=1, max_length=2000)] = Field(description="Exact words of the document.")


class Link(Part):
    """A page to read on."""

    title: Line
    address: Address


class Contact(Part):
    """Whom to ask: an organisation, never a private person."""

    name: Line
    address: Annotated[str, AfterValidator(_reachable)] = UNKNOWN


class Source(Part):
    """Where something is said."""

    title: Line
    organisation: Line
    date: Date = UNKNOWN
    address: Address = UNKNOWN
    document: Line | None = Field(None, description="Path inside corpus/documents, where the source is there.")

"""Pieces of which everything in mutual learning is made: who, where, when, in which words, because of what."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from kb.peers import languages
from kb.peers.contexts import place
from kb.peers.days import Day, fault_of_day
from kb.peers.names import is_name
from kb.peers.narrative import Part, flaw
from kb.peers.parts import MAX_LINE_CHARS, Line

MAX_WORDS_CHARS = 5_000
MAX_REFS = 20  # links of one thing to others
_REF = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def _ref(given: str) -> str:
    if len(given) > 120 or not _REF.fullmatch(given):
        raise flaw(f"“{given[:60]}” is no id such as need-3 or session-12")
    return given


def _practice(given: str) -> str:
    if not is_name(given):
        raise flaw(f"“{given[:60]}” is no name of a practice")
    return given


def _language(given: str) -> str:
    if fault := languages.fault_of(given):
        raise flaw(fault)
    return given


def _place(given: str) -> str:
    if fault := place.fault_of(given):
        raise flaw(fault)
    return given


def _maybe_place(given: str) -> str:
    return _place(given) if given else given


def _maybe_day(given: str) -> str:
    if given and (fault := fault_of_day(given)):
        raise flaw(fault)
    return given


Words = Annotated[str, Field(min_length=1, max_length=MAX_WORDS_CHARS)]
MaybeWords = Annotated[str, Field(max_length=MAX_WORDS_CHARS)]
MaybeLine = Annotated[str, Field(max_length=MAX_LINE_CHARS)]
Ref = Annotated[str, AfterValidator(_ref)]
Refs = Annotated[tuple[Ref, ...], Field(max_length=MAX_REFS)]
PracticeName = Annotated[str, AfterValidator(_practice)]
PracticeNames = Annotated[tuple[PracticeName, ...], Field(max_length=MAX_REFS)]
Language = Annotated[str, AfterValidator(_language)]
Languages = Annotated[tuple[Language, ...], Field(max_length=20)]
PlaceCode = Annotated[str, AfterValidator(_place)]
MaybePlace = Annotated[str, AfterValidator(_maybe_place)]
MaybeDay = Annotated[str, AfterValidator(_maybe_day)]

__all__ = [
    "Because", "Day", "Language", "Languages", "Level", "Line", "MaybeDay", "MaybeLine", "MaybePlace", "MaybeWords", "Party",
    "PlaceCode", "PracticeName", "PracticeNames", "Ref", "Refs", "Words", "kind_of",
]  # fmt: skip


class Level(StrEnum):
    """Where something was learned or changed. Source: UCLG, three spheres of the impact of peer learning."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"
    POLICY = "policy"


class Party(Part):
    """Somebody as they were when something happened: members change, and what happened does not.

    Attributes:
        organisation: whom they worked for; empty where it was unknown; so is ``country`` (ISO 3166 alpha-2).
    """

    name: str
    organisation: str = ""
    country: str = ""


class Because(Part):
    """What something comes from.

    Attributes:
        practices: names of practice sheets.
        exchanges: ids of what happened between partners: a match, a round, a session, a transfer case, a lesson, a recommendation.
    """

    practices: PracticeNames = ()
    exchanges: Refs = ()


def kind_of(ref: Any) -> str:
    """Which kind of thing an id names: ``need`` of ``need-3``; empty for what is none."""
    return ref.split("-", 1)[0] if isinstance(ref, str) and _REF.fullmatch(ref) else ""

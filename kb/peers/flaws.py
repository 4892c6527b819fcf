"""What is wrong with a sheet, all of it at once: each fault with its place, what was found and what is wanted."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import EnumType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kb.peers import parts
from kb.peers.flaws_between import Flaw, Place, Surroundings, around_it, within
from kb.peers.narrative import UNKNOWN
from kb.peers.practice import PracticeSheet

_PARTS: Mapping[str, type[BaseModel]] = {
    "owner": parts.Owner,
    "partners": parts.Partner,
    "place": parts.Place,
    "period": parts.Period,
    "figures": parts.Figure,
    "adopted_by": parts.Adoption,
    "evidence": parts.Evidence,
    "links": parts.Link,
    "contact": parts.Contact,
    "sources": parts.Source,
}
_BRANCHES = ("said", "unknown")  # what pydantic puts into a place for a value that is said or unknown


def read(raw: object, name: str, around: Surroundings) -> tuple[PracticeSheet | None, tuple[Flaw, ...]]:
    """Make a sheet of plain values, or say everything that keeps it from being one.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        name: of the file, without ``.yaml``.

    Returns:
        The sheet, ``None`` if there is any fault in its fields, and all faults by place. What is wrong beside the fields (a
        document that is not there, a tag that is not in the list) does not keep it from being read.
    """
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    blank = list(_blank(raw))
    sheet, found = None, [Flaw(place, "is blank" + _or_unknown(place)) for place in blank]
    try:
        sheet = PracticeSheet.of(raw)
    except ValidationError as error:
        found += _in_sentences(error.errors(include_url=False, include_context=False), blank)
    if blank:
        sheet = None
    inner = list(within(raw, name))
    if inner:
        sheet = None
    outer = list(around_it(raw, around))
    return sheet, tuple(sorted(dict.fromkeys([*found, *inner, *outer]), key=lambda flaw: [str(part) for part in flaw.place]))


def _blank(value: object, place: Place = ()) -> Iterator[Place]:
    """Places of every value that says nothing. An empty list says something: there are none."""
    if isinstance(value, Mapping):
        if not value:
            yield place
        for key, each in value.items():
            yield from _blank(each, (*place, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, each in enumerate(value):
            yield from _blank(each, (*place, index))
    elif value is None or (isinstance(value, str) and not value.strip()):
        yield place


def _in_sentences(errors: list[ErrorDetails], blank: Collection[Place]) -> Iterator[Flaw]:
    """What pydantic found, in our words; nothing twice."""
    placed = [(_without_branches(error["loc"]), error) for error in errors]
    meant: set[Place] = set()
    for place, error in placed:
        if error["type"] == "extra_forbidden" and (near := _nearest(place)):
            meant.add((*place[:-1], near))
    for place, error in placed:
        kind = error["type"]
        told = any(place[: len(each)] == each for each in blank) or (kind == "missing" and place in meant)
        inside = kind == "too_short" and any(len(each) > len(place) and each[: len(place)] == place for each, _ in placed)
        if not told and not inside:
            yield Flaw(place[:-1] if kind == "missing" else place, _sentence(place, error))


def _without_branches(loc: Sequence[str | int]) -> Place:
    """A place without the names of branches and without "[key]"."""
    if loc[:1] == ("sources",):  # keys of a person's own choice
        return tuple(part for part in loc if part != "[key]")
    return tuple(part for part in loc if part not in _BRANCHES)


def _sentence(place: Place, error: ErrorDetails) -> str:
    got, kind = error["input"], error["type"]
    match kind:
        case "missing":
            return f"has no “{place[-1]}”" + _or_unknown(place)
        case "extra_forbidden":
            near = _nearest(place)
            return f"unknown key “{place[-1]}”; " + (f"did you mean “{near}”?" if near else f"known are {', '.join(_keys(place))}")
        case "enum" | "literal_error":
            return f"{_shown(got)} is none of {', '.join(_choices(place) or [UNKNOWN])}"
        case "model_type" | "model_attributes_type" | "dict_type":
            keys = ", ".join(_keys((*place, "")))
            return f"is {_shown(got)}; wanted are the keys {keys}"
        case "tuple_type" | "list_type":
            return f"is {_shown(got)}; wanted is a list"
        case "string_type":
            return f"is {_shown(got)}; wanted is a text"
        case "string_pattern_mismatch":
            return f"{_shown(got)} is not spelled as {_SPELLINGS.get(str(place[0]), 'it should be')}"
        case "string_too_long" | "too_long":
            return f"is too long; {error['msg'].lower()}"
        case "too_short" | "string_too_short":
            return "is empty; at least one is wanted"
        case _:
            return error["msg"]


_NEVER_UNKNOWN = frozenset(
    ("practice", "kind", "language", "title", "sources", "source", "what", "value", "unit", "quote", "field", "document")
)
_SPELLINGS = {
    "practice": "a–z, 0–9 and single hyphens are",
    "language": "a code of BCP 47 such as en, fr or pt is",
    "sources": "a key is: letters, figures and hyphens",
}


def _or_unknown(place: Place) -> str:
    return "" if place and place[-1] in _NEVER_UNKNOWN else "; write “unknown” if nobody knows"


def _keys(place: Place) -> list[str]:
    """The keys that may stand beside the last part of ``place``."""
    if len(place) <= 1:
        return list(PracticeSheet.model_fields)
    part = _PARTS.get(str(place[0]))
    return list(part.model_fields) if part else []


def _nearest(place: Place) -> str:
    return next(iter(difflib.get_close_matches(str(place[-1])[:100], _keys(place), n=1, cutoff=0.7)), "")


def _choices(place: Place) -> list[str]:
    """The values that a choice has."""
    fields: Mapping[str, Any] = PracticeSheet.model_fields
    if len(place) > 1 and (part := _PARTS.get(str(place[0]))):
        fields = part.model_fields
    names = [each for each in place if isinstance(each, str) and each in fields]
    return [str(each.value) for each in _enum(fields[names[-1]].annotation)] if names else []


def _enum(annotation: object) -> list[Any]:
    if isinstance(annotation, EnumType):
        return list(annotation)
    return [each for inner in get_args(annotation) for each in _enum(inner)]


def _shown(got: object) -> str:
    if isinstance(got, Mapping):
        return "keys with values"
    if isinstance(got, Sequence) and not isinstance(got, str):
        return "a list"
    return f"“{str(got)[:60]}”"

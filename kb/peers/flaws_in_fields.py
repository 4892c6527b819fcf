"""What pydantic found wrong in the fields of a file, in sentences: place, what was found, and the nearest right key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import EnumType
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kb.peers import names
from kb.peers.raw_values import Place, nearest

NAME_PATTERN = f"^{names.NAME}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"
KEY_PATTERN = r"^\w[\w-]*$"
_SPELLINGS = {
    NAME_PATTERN: "a–z, 0–9 and single hyphens are",
    LANGUAGE_PATTERN: "a code of BCP 47 such as en, fr or pt is",
    KEY_PATTERN: "a key is: letters, figures and hyphens",
}


@dataclass(frozen=True)
class Flaw:
    """One fault.

    Attributes:
        place: of the value, or of the list it should be in.
        sentence: what was found and what is wanted, without the place and without a full stop.
    """

    place: Place
    sentence: str


def _as_it_is(loc: Sequence[str | int]) -> Place:
    return tuple(part for part in loc if part != "[key]")


def _never(_place: Place) -> bool:
    return False


@dataclass(frozen=True)
class Form:
    """What a kind of file is made of.

    Attributes:
        model: the whole file.
        may_be_unknown: whether a value may say that nobody knows.
        place_of: a place as pydantic tells it → as it is in the file.
    """

    model: type[BaseModel]
    may_be_unknown: Callable[[Place], bool] = _never
    place_of: Callable[[Sequence[str | int]], Place] = _as_it_is


def in_order(flaws: Collection[Flaw]) -> tuple[Flaw, ...]:
    """By place, nothing twice."""
    return tuple(sorted(dict.fromkeys(flaws), key=lambda flaw: [str(part) for part in flaw.place]))


def blanks(raw: Mapping[str, Any], form: Form) -> list[Flaw]:
    """Every value that says nothing. An empty list says something: there are none."""
    return [Flaw(place, "is blank" + _or_unknown(form, place)) for place in _blank(raw)]


def _blank(value: object, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, str):  # first, as most values are
        if not value.strip():
            yield place
    elif value is None:
        yield place
    elif isinstance(value, Mapping):
        if not value:
            yield place
        for key, each in value.items():
            if not (isinstance(each, str) and each.strip()):
                yield from _blank(each, (*place, str(key)))
    elif isinstance(value, Sequence):
        for index, each in enumerate(value):
            yield from _blank(each, (*place, index))


def in_sentences(errors: list[ErrorDetails], form: Form, blank: Collection[Flaw]) -> Iterator[Flaw]:
    """What pydantic found, in our words; nothing that ``blank`` says already."""
    placed = [(form.place_of(error["loc"]), error) for error in errors]
    meant: set[Place] = set()
    for place, error in placed:
        if error["type"] == "extra_forbidden" and (near := _near_key(form, place)):
            meant.add((*place[:-1], near))
    for place, error in placed:
        kind = error["type"]
        told = any(place[: len(each.place)] == each.place for each in blank) or (kind == "missing" and place in meant)
        inside = kind == "too_short" and any(len(each) > len(place) and each[: len(place)] == place for each, _ in placed)
        if not told and not inside:
            yield Flaw(place[:-1] if kind == "missing" else place, _sentence(form, place, error))


def _sentence(form: Form, place: Place, error: ErrorDetails) -> str:
    got, kind = error["input"], error["type"]
    match kind:
        case "missing":
            return f"has no “{place[-1]}”" + _or_unknown(form, place)
        case "extra_forbidden":
            near = _near_key(form, place)
            known = f"known are {', '.join(_keys(form, place[:-1]))}"
            return f"unknown key “{str(place[-1])[:100]}”; " + (f"did you mean “{near}”?" if near else known)
        case "enum" | "literal_error":
            return f"{_shown(got)} is none of {', '.join(_choices(_annotation(form, place)))}"
        case "model_type" | "model_attributes_type" | "dict_type":
            keys = _keys(form, place)
            return f"is {_shown(got)}; wanted are {'the keys ' + ', '.join(keys) if keys else 'keys with values'}"
        case "tuple_type" | "list_type":
            return f"is {_shown(got)}; wanted is a list"
        case "string_type":
            return f"is {_shown(got)}; wanted is a text"
        case "string_pattern_mismatch":
            return f"{_shown(got)} is not spelled as {_SPELLINGS.get(error.get('ctx', {}).get('pattern', ''), 'it should be')}"
        case "string_too_long" | "too_long":
            return f"is too long; {error['msg'].lower()}"
        case "too_short" | "string_too_short":
            return "is empty; at least one is wanted"
        case _:
            return error["msg"]


def _or_unknown(form: Form, place: Place) -> str:
    return "; write “unknown” if nobody knows" if form.may_be_unknown(place) else ""


def _near_key(form: Form, place: Place) -> str:
    return nearest(str(place[-1]), _keys(form, place[:-1]), cutoff=0.7)


def _keys(form: Form, place: Place) -> list[str]:
    """The keys that the value at ``place`` may have; none where they are of a person's own choice."""
    models = (each for each in _alternatives(_annotation(form, place)) if isinstance(each, type) and issubclass(each, BaseModel))
    return [name for model in models for name in model.model_fields]


def _annotation(form: Form, place: Place) -> object:
    """The type of the value at ``place``; ``None`` where nothing is known of it."""
    annotation: object = form.model
    for part in place:
        annotation = _within(annotation, part)
    return annotation


def _within(annotation: object, part: str | int) -> object:
    for each in _alternatives(annotation):
        if isinstance(each, type) and issubclass(each, BaseModel):
            if part in each.model_fields:
                return each.model_fields[str(part)].annotation
        elif get_origin(each) is dict:
            return get_args(each)[1]
        elif get_origin(each) in (tuple, list):
            return get_args(each)[0]
    return None


def _alternatives(annotation: object) -> Iterator[object]:
    """What a type may be, without what only tells more of it."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _alternatives(each)
    else:
        yield annotation


def _choices(annotation: object) -> list[str]:
    """The values that a choice has."""
    found: list[str] = []
    for each in _alternatives(annotation):
        if isinstance(each, EnumType):
            found += [str(member.value) for member in list[Any](each)]
        elif get_origin(each) is Literal:
            found += map(str, get_args(each))
    return found


def _shown(got: object) -> str:
    if isinstance(got, Mapping):
        return "keys with values"
    if isinstance(got, Sequence) and not isinstance(got, str):
        return "a list"
    return f"“{str(got)[:60]}”"

"""What is wrong with a framework, all of it at once: each fault with its place, what was found and what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from kb.peers.flaws_between import Surroundings, around_it
from kb.peers.flaws_in_fields import Flaw, Form, blanks, in_order, in_sentences
from kb.peers.flaws_in_names import named, repeated, uncited, unknown
from kb.peers.names import is_name
from kb.peers.parts import number
from kb.peers.practice import PracticeSheet
from kb.peers.raw_values import Place, instead, listed, mapped, worded
from kb.peers.transfer.framework import Framework, Side
from kb.peers.transfer.framework_parts import CONDITION, DESCRIBED, value_of

Raw = Mapping[str, Any]
_FRAMEWORK = Form(Framework)
QUERIES = ("source_query", "target_query")


def read(raw: object, name: str, around: Surroundings) -> tuple[Framework | None, tuple[Flaw, ...]]:
    """Make a framework of plain values, or say everything that keeps it from being one.

    Args:
        raw: texts, lists and mappings, as YAML spells them.
        name: of the file, without ``.yaml``.

    Returns:
        The framework, ``None`` if there is any fault within it, and all faults by place. A document or a condition that is not
        there does not keep it from being read.
    """
    if not isinstance(raw, Mapping):
        return None, (Flaw((), "is not a list of keys and values"),)
    framework, found = None, blanks(raw, _FRAMEWORK)
    try:
        framework = Framework.of(raw)
    except ValidationError as error:
        found += list(in_sentences(error.errors(include_url=False), _FRAMEWORK, tuple(found)))
    found += within(raw, name)
    return None if found else framework, in_order([*found, *around_it(raw, around), *_of_conditions(raw, around)])


def within(raw: Raw, name: str) -> Iterator[Flaw]:
    """What does not fit between the values of a framework."""
    said = worded(raw.get("framework"))
    if is_name(said) and said != name:
        yield Flaw(("framework",), f"is “{said[:60]}” in a file called {name}.yaml; wanted is the same name")
    yield from repeated([((*place, "criterion"), worded(each.get("criterion"))) for place, _, each in _criteria(raw)])
    yield from uncited(raw)
    yield from _of_sides(raw)
    yield from _not_there(raw)
    for place, side, criterion in _criteria(raw):
        yield from _of_anchors(place, criterion)
        yield from _of_queries(place, side, criterion)
    if (weight := _number(raw.get("key_weight"))) is not None and 0 < weight < 1:
        yield Flaw(("key_weight",), f"is {weight:g}; what a practice rests on counts once at least")


def _criteria(raw: Raw) -> Iterator[tuple[Place, str, Raw]]:
    """Place, side and values of every criterion."""
    for at, side in enumerate(listed(raw.get("sides"))):
        for index, criterion in enumerate(listed(mapped(side).get("criteria"))):
            yield ("sides", at, "criteria", index), worded(mapped(side).get("side")), mapped(criterion)


def _of_sides(raw: Raw) -> Iterator[Flaw]:
    """All three, each once, in their order."""
    there = named(raw.get("sides"), "side")
    if not there:
        return
    yield from repeated([(("sides", index, "side"), name) for index, name in there])
    known = [name for _, name in there if name in list(Side)]
    if missing := [side for side in Side if side not in known]:
        yield Flaw(("sides",), f"say nothing of {' and of '.join(missing)}; wanted are {', '.join(Side)}")
    if len(set(known)) == len(known) and known != (ordered := [side for side in Side if side in known]):
        yield Flaw(("sides",), f"are {', '.join(known)}; wanted is the order {', '.join(ordered)}")


def _not_there(raw: Raw) -> Iterator[Flaw]:
    """Sources that the framework does not have, and fields that no practice sheet has."""
    sources = list(mapped(raw.get("sources")))
    for place, _, each in _criteria(raw):
        traced = [((*place, "traced_to", index, "source"), key) for index, key in named(each.get("traced_to"), "source")]
        yield from unknown(traced, sources, "source")
        fields = [((*place, "fields", index), worded(field)) for index, field in enumerate(listed(each.get("fields")))]
        yield from unknown(fields, PracticeSheet.model_fields, "field of a practice sheet")


def _of_anchors(place: Place, criterion: Raw) -> Iterator[Flaw]:
    """Answers that nobody says the meaning of, or twice. An answer that is none is told elsewhere."""
    if not (anchors := mapped(criterion.get("anchors"))):
        return
    values = [_value(key) for key in anchors]
    if missing := [str(value) for value in DESCRIBED if value not in values]:
        yield Flaw((*place, "anchors"), f"say nothing of {' and of '.join(missing)}")
    for at, key in enumerate(anchors):
        if values[at] is not None and values[at] in values[:at]:
            yield Flaw((*place, "anchors", key), f"{values[at]} is there twice")


def _of_queries(place: Place, side: str, criterion: Raw) -> Iterator[Flaw]:
    """The practice as it is has no target; and where nothing is asked, an assessor finds nothing."""
    if side == Side.PRACTICE and "target_query" in criterion:
        yield Flaw((*place, "target_query"), "is asked of a target on the side of the practice, which is the same for every target")
    elif criterion and not any(query in criterion for query in QUERIES):
        wanted = "source_query" if side == Side.PRACTICE else "source_query or target_query"
        yield Flaw(place, f"asks no documents; wanted is {wanted}")


def _of_conditions(raw: Raw, around: Surroundings) -> Iterator[Flaw]:
    """Conditions that no concept stands for. Where no tags are given, they are not looked up."""
    known = [tag.replace(":", "-", 1) for tag in around.tags if tag.startswith("condition:")]
    for place, _, each in _criteria(raw):
        said = worded(each.get("condition"))
        if known and said.startswith(CONDITION) and said not in known:
            yield Flaw((*place, "condition"), f"“{said[:60]}” is no concept of a condition; {instead(said, sorted(known))}")


def _value(key: object) -> int | None:
    try:
        return int(value_of(key))
    except PydanticCustomError:
        return None


def _number(given: object) -> float | None:
    try:
        return None if given is None else float(number(given))
    except PydanticCustomError:
        return None

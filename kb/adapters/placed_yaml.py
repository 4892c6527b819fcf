"""A YAML file that people write, as plain values whose lines are known, and its faults by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kb.adapters.plain_yaml import NULLS, NotPlain, plain_values
from kb.adapters.yaml_tree import Node, YamlFault, tree_of
from kb.peers.flaws_in_fields import Flaw
from kb.peers.raw_values import Place
from kb.retrieval.writable import writable
from kb.services.sheets import Fault

Made = TypeVar("Made")


@dataclass(frozen=True)
class Limit:
    """How long a file may be, and why no longer, as a clause."""

    max_bytes: int
    why: str


@dataclass(frozen=True)
class Placed:
    """Plain values, and where each begins.

    Attributes:
        raw: texts, lists and mappings; ``None`` for an empty text.
        lines: of each value by its place; of a key where there is one.
        flaws: keys that are there twice.
    """

    raw: Any
    lines: Mapping[Place, int]
    flaws: tuple[tuple[int, Flaw], ...]


@dataclass(frozen=True)
class Read(Generic[Made]):
    """What a file spells.

    Attributes:
        raw: its plain values; empty where it is no YAML of keys and values.
        lines: as in :class:`Placed`.
        made: ``None`` if a fault keeps it from being made.
        faults: all of them, by line.
    """

    raw: Mapping[str, Any]
    lines: Mapping[Place, int]
    made: Made | None
    faults: tuple[Fault, ...]


def placed(text: str, limit: Limit) -> Placed:
    """Read YAML without guessing types.

    Raises:
        YamlFault: if it is none, or is none that is read here (too long, anchors, tags).
    """
    if is_too_long(text, limit):
        raise YamlFault(1, f"is longer than {limit.max_bytes >> 10} KB: {limit.why}")
    tree = tree_of(text)
    lines: dict[Place, int] = {}
    doubles: list[tuple[int, Flaw]] = []
    raw = None if tree is None else _value(tree, (), lines, doubles)
    return Placed(raw, lines, tuple(doubles))


def is_too_long(text: str, limit: Limit) -> bool:
    """Whether a file is longer than one of its kind may be."""
    return len(text.encode("utf-8", "surrogatepass")) > limit.max_bytes


def faultless(text: str, limit: Limit, make: Callable[[object], tuple[Made | None, Iterable[Flaw]]]) -> Read[Made] | None:
    """What :func:`read` gives, without lines, in half the time; ``None`` where anything is wrong, so that lines are wanted."""
    if is_too_long(text, limit):
        return None
    try:
        raw = plain_values(text)
    except NotPlain:
        return None
    made, found = make(raw)
    return None if made is None or any(True for _ in found) or not isinstance(raw, dict) else Read(raw, {}, made, ())


def _value(node: Node, place: Place, lines: dict[Place, int], doubles: list[tuple[int, Flaw]]) -> Any:
    lines.setdefault(place, node.line)
    if node.items is not None:
        return [_value(each, (*place, index), lines, doubles) for index, each in enumerate(node.items)]
    if node.pairs is None:
        return None if node.text is None or node.text in NULLS else writable(node.text)
    said: dict[str, Any] = {}
    for key, each in node.pairs:
        name = key.text if key.text is not None else ""
        inside = (*place, name)
        if name in said or key.text is None:
            fault = f"“{name[:60]}” is there twice, first in line {lines[inside]}" if key.text is not None else "a key is no text"
            doubles.append((key.line, Flaw(place, fault)))
            continue
        lines[inside] = key.line
        said[name] = _value(each, inside, lines, doubles)
    return said


def read(text: str, file: str, limit: Limit, make: Callable[[object], tuple[Made | None, Iterable[Flaw]]]) -> Read[Made]:
    """Plain values, what is made of them, and all faults by line.

    Args:
        file: its path as it is shown.
        make: from plain values; with everything that is wrong in them.
    """
    try:
        values = placed(text, limit)
    except YamlFault as fault:
        return Read({}, {}, None, (Fault(file, max(fault.line, 1), "", fault.fault),))
    made, found = make(values.raw)
    faults = [fault_at(file, values.lines, flaw) for flaw in found]
    faults += [Fault(file, line, _told(flaw.place), flaw.sentence) for line, flaw in values.flaws]
    raw = values.raw if isinstance(values.raw, dict) else {}
    return Read(raw, values.lines, None if values.flaws else made, in_order(faults))


def fault_at(file: str, lines: Mapping[Place, int], flaw: Flaw) -> Fault:
    """A flaw with the line of its value, or of what that should be in; what is not there at all has the file's first line."""
    line = next((lines[each] for each in _outwards(flaw.place) if each and each in lines), 1)
    return Fault(file, line, _told(flaw.place), flaw.sentence)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """By line."""
    return tuple(sorted(faults, key=lambda fault: (fault.line, fault.place, fault.sentence)))


def _outwards(place: Place) -> Iterator[Place]:
    yield from (place[:end] for end in range(len(place), -1, -1))


def _told(place: Place) -> str:
    """A place for a person: "figures.2.source", counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)

"""The YAML of a practice sheet as plain values whose lines are known, and its faults by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.adapters.yaml_tree import Node, YamlFault, tree_of
from kb.peers import flaws
from kb.peers.flaws_between import Flaw, Place, Surroundings
from kb.peers.practice import PracticeSheet
from kb.services.sheets import MAX_BYTES, Fault

_NULLS = frozenset(("~", "null", "Null", "NULL"))


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


def placed(text: str) -> Placed:
    """Read YAML without guessing types.

    Raises:
        YamlFault: if it is none, or is none that is read here (too long, anchors, tags).
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise YamlFault(1, f"is longer than {MAX_BYTES >> 10} KB: a sheet tells of one practice, documents are linked")
    tree = tree_of(text)
    lines: dict[Place, int] = {}
    doubles: list[tuple[int, Flaw]] = []
    raw = None if tree is None else _value(tree, (), lines, doubles)
    return Placed(raw, lines, tuple(doubles))


def _value(node: Node, place: Place, lines: dict[Place, int], doubles: list[tuple[int, Flaw]]) -> Any:
    lines.setdefault(place, node.line)
    if node.items is not None:
        return [_value(each, (*place, index), lines, doubles) for index, each in enumerate(node.items)]
    if node.pairs is None:
        return None if node.text in _NULLS else node.text
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


def read(
    text: str, name: str, file: str, around: Surroundings | None = None
) -> tuple[Mapping[str, Any], PracticeSheet | None, tuple[Fault, ...]]:
    """Plain values, the sheet where there is one, and all faults by line.

    Args:
        name: of the file, without ``.yaml``.
        file: its path as it is shown.
    """
    try:
        values = placed(text)
    except YamlFault as fault:
        return {}, None, (Fault(file, max(fault.line, 1), "", fault.fault),)
    sheet, found = flaws.read(values.raw, name, around or Surroundings())
    faults = [Fault(file, _line(values.lines, flaw.place), _told(flaw.place), flaw.sentence) for flaw in found]
    faults += [Fault(file, line, _told(flaw.place), flaw.sentence) for line, flaw in values.flaws]
    raw = values.raw if isinstance(values.raw, dict) else {}
    return raw, None if values.flaws else sheet, tuple(sorted(faults, key=lambda fault: (fault.line, fault.place, fault.sentence)))


def _line(lines: Mapping[Place, int], place: Place) -> int:
    """Of a value, or of what it should be in. A list that is not there has the line of the sheet: the first."""
    return next((lines[each] for each in _outwards(place) if each and each in lines), 1)


def _outwards(place: Place) -> Iterator[Place]:
    yield from (place[:end] for end in range(len(place), -1, -1))


def _told(place: Place) -> str:
    """A place for a person: "figures.2.source", counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)

"""YAML as a tree of texts in which every value knows its line. For files that people write and whose faults are told by line.

A YAML document is data only here: no types are guessed (Norway's ``NO`` is a text), anchors and aliases are refused, because a few
of them unfold into gigabytes, and so are more than :data:`MAX_DEPTH` levels: the fast parser's own tree builder is recursive and
ends the process some 50,000 levels down.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

MAX_DEPTH = 20  # levels; a concept has seven
MAX_BYTES = 8 << 20  # of one file; 200 concepts in six languages are half a megabyte
LOADER = getattr(yaml, "CLoader", yaml.Loader)  # libyaml's events, eight times faster; no constructor of it is ever called


class YamlFault(Exception):
    """The text is not a tree that is read here; ``line`` from 1, 0 for the whole file."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line, self.fault = line, fault


class Node(NamedTuple):
    """A value.

    Attributes:
        line: where it begins, from 1.
        text: of a scalar, as written; ``None`` for a list or a mapping.
        items: of a list.
        pairs: of a mapping, key and value in the order of the file; a key may be there twice.
    """

    line: int
    text: str | None = None
    items: tuple[Node, ...] | None = None
    pairs: tuple[tuple[Node, Node], ...] | None = None


def read_tree(path: Path) -> Node | None:
    """The tree of a file; ``None`` for an empty one.

    Raises:
        YamlFault: if it cannot be read, is too long, or is no tree of texts.
    """
    try:
        if not path.is_file():  # also a pipe, which would wait for ever
            raise YamlFault(0, "no such file" if not path.exists() else "not a file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise YamlFault(0, f"cannot be read ({error.strerror})") from error
    if len(data) > MAX_BYTES:
        raise YamlFault(0, f"longer than {MAX_BYTES >> 20} MB")
    try:
        return tree_of(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise YamlFault(0, "not UTF-8") from error


def tree_of(text: str) -> Node | None:
    """The same for a text in memory."""
    try:
        return _tree(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
        raise YamlFault(mark.line + 1 if mark else 0, f"no YAML: {reason}") from error


def _tree(text: str) -> Node | None:
    """Built without recursion: an open list or mapping is a list of nodes on a stack."""
    done: list[Node] = []
    open_: list[tuple[Any, list[Node]]] = [(None, done)]
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            began, inside = open_.pop()
            open_[-1][1].append(_collection(began, inside))
        elif isinstance(event, yaml.NodeEvent):
            line = _line(event)
            if event.anchor is not None:
                raise YamlFault(line, "anchors (&) and aliases (*) are not accepted; put such a value in quotes")
            if getattr(event, "tag", None) is not None:
                raise YamlFault(line, "tags (!) are not accepted; put such a value in quotes")
            if isinstance(event, yaml.ScalarEvent):
                open_[-1][1].append(Node(line, text=event.value))
                continue
            if len(open_) > MAX_DEPTH:
                raise YamlFault(line, f"nested more than {MAX_DEPTH} deep")
            open_.append((event, []))
        elif isinstance(event, yaml.DocumentStartEvent) and done:
            raise YamlFault(_line(event), "a second document begins (---); write one a file")
    return done[0] if done else None


def _collection(began: Any, inside: list[Node]) -> Node:
    line = _line(began)
    if isinstance(began, yaml.MappingStartEvent):
        return Node(line, pairs=tuple(zip(inside[::2], inside[1::2], strict=True)))
    return Node(line, items=tuple(inside))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1

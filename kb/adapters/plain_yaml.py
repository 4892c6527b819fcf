"""The plain values of a YAML text in one pass, without lines: in half the time of a tree that knows them.

Lines are wanted only where something is wrong. So whatever is no plain tree of texts is left to :mod:`kb.adapters.yaml_tree`,
which says what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from kb.adapters.yaml_tree import LOADER, MAX_DEPTH
from kb.retrieval.writable import writable

NULLS = frozenset(("~", "null", "Null", "NULL"))
_VALUES = (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_BEGIN_AND_END = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent)


class NotPlain(Exception):
    """The text may be faulty: it has to be read with its lines."""


def plain_values(text: str) -> Any:
    """Texts, lists and mappings in the order of the file; ``None`` for an empty text. No types are guessed.

    Raises:
        NotPlain: for anything but one tree of texts at most :data:`kb.adapters.yaml_tree.MAX_DEPTH` deep whose keys are texts,
            each there once; and for a text that is no YAML.
    """
    is_clean = "\\" not in text and writable(text) == text  # then no value of it has to be made so: an escape could hide one
    try:
        return _values(text, str if is_clean else writable)
    except yaml.YAMLError as error:
        raise NotPlain from error


def _values(text: str, said: Callable[[str], str]) -> Any:
    """Built without recursion: an open list or mapping stands on a stack with the key that awaits its value, if any."""
    top: list[Any] = []
    open_: list[tuple[Any, str | None]] = []
    inside: Any = top  # the innermost list or mapping that is open
    key: str | None = None
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    for event in events:
        kind = type(event)
        awaits_key = type(inside) is dict and key is None
        if kind in _ENDS:
            value = inside
            inside, key = open_.pop()
        elif kind in _BEGIN_AND_END:
            continue
        elif kind not in _VALUES or event.anchor is not None or event.tag is not None:  # or it is an alias
            raise NotPlain
        elif kind is not yaml.ScalarEvent:
            if awaits_key or len(open_) >= MAX_DEPTH:
                raise NotPlain
            open_.append((inside, key))
            inside, key = {} if kind is yaml.MappingStartEvent else [], None
            continue
        elif awaits_key:
            key = event.value
            if key in inside:
                raise NotPlain
            continue
        else:
            value = None if event.value in NULLS else said(event.value)
        if type(inside) is dict:
            inside[key], key = value, None
        else:
            inside.append(value)
    if len(top) > 1:  # a second document
        raise NotPlain
    return top[0] if top else None

"""Change fields of a sheet's YAML as a careful person would: what is beside them stays as it is, byte for byte.

The text of a field begins at its key and ends before the next one (or before the comments that lead to it). Only that piece is read
and written again, by ruamel.yaml's round trip, so that comments and the order inside a changed field stay too.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from kb.adapters.sheet_text import placed
from kb.adapters.yaml_tree import YamlFault
from kb.errors import InvalidEntry
from kb.peers.practice import PracticeSheet

WIDTH = 110  # columns at which a long text is folded
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,9})?")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")  # YAML takes these as escapes only
_ORDER = tuple(PracticeSheet.model_fields)


def edited(text: str, changes: Mapping[str, object], order: Sequence[str] = _ORDER) -> str:
    """``text`` with other values in some fields; ``None`` takes a field away; a field that is not there comes where it belongs.

    Args:
        changes: field → texts, numbers, lists and mappings.
        order: of the fields of such a file.

    Raises:
        InvalidEntry: if ``text`` is no YAML with one key a line that can be changed by fields.
    """
    for field, value in changes.items():
        text = _with_field(text, field, value, order)
    return text


def _with_field(text: str, field: str, value: object, order: Sequence[str]) -> str:
    pieces = _pieces(text)
    if value is None:
        return "".join(piece for name, piece in pieces if name != field)
    if field in dict(pieces):
        return "".join(_changed(piece, field, value) if name == field else piece for name, piece in pieces)
    at = _place_of(field, [name for name, _ in pieces], order)
    before = "".join(piece for _, piece in pieces[:at])
    line_end = "" if not before or before.endswith("\n") else "\n"
    return before + line_end + _written(field, value) + "".join(piece for _, piece in pieces[at:])


def _place_of(field: str, present: Sequence[str], order: Sequence[str]) -> int:
    """Where among the pieces a field belongs: after the last one that comes before it in a sheet."""
    rank = {name: number for number, name in enumerate(order)}
    own = rank.get(field, len(rank))
    before = [index for index, name in enumerate(present) if name and rank.get(name, 0) < own]
    return before[-1] + 1 if before else int(present[:1] == [""])  # a head of comments stays the head


def _pieces(text: str) -> list[tuple[str, str]]:
    """The text in pieces: ``("", …)`` for what is before and between fields, ``(field, …)`` for a field. Joined, they are it."""
    try:
        values = placed(text)
    except YamlFault as fault:
        raise InvalidEntry(f"The sheet cannot be changed: line {fault.line}: {fault.fault}. Mend the file first.") from fault
    lines = text.splitlines(keepends=True)
    if values.raw is None:
        return [("", text)]
    starts = sorted((line - 1, str(place[0])) for place, line in values.lines.items() if len(place) == 1)
    ours = all(re.match(rf"(?:{re.escape(name)}|'{re.escape(name)}'|\"{re.escape(name)}\")\s*:", lines[at]) for at, name in starts)
    if not isinstance(values.raw, dict) or values.flaws or not ours or len({at for at, _ in starts}) != len(starts):
        raise InvalidEntry("The sheet cannot be changed: each field has to begin its own line. Mend the file first.")
    pieces = [("", "".join(lines[: starts[0][0]]))] if starts else [("", text)]
    for (at, name), end in zip(starts, [*(start for start, _ in starts[1:]), len(lines)], strict=True):
        own = _end_of_field(lines, at, end)
        pieces += [(name, "".join(lines[at:own])), ("", "".join(lines[own:end]))]
    return [piece for piece in pieces if piece[1]]


def _end_of_field(lines: Sequence[str], start: int, end: int) -> int:
    """Without the blank lines and the comments at the margin that lead to what follows."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "---", "..."))):
        end -= 1
    return end


def _changed(piece: str, field: str, value: object) -> str:
    """The text of a field with another value; as it is, where the value is the same."""
    wanted = _as_texts(value)
    if placed(piece).raw == {field: wanted}:
        return piece
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ruamel warns of anchors and of keys that are there twice; neither passes `placed`
            tree = _yaml().load(piece)
        tree[field] = _merged(tree[field], value)
        written = _dumped(tree)
        if placed(written).raw == {field: wanted}:
            return written
    except (YAMLError, YamlFault, ValueError, TypeError, KeyError, IndexError, AttributeError):
        pass  # what ruamel cannot keep is written anew
    return _written(field, value)


def _written(field: str, value: object) -> str:
    """A field as text; where YAML's finer forms do not give the same value back, in JSON, which is YAML too."""
    wanted = {field: _as_texts(value)}
    written = _dumped(CommentedMap({field: _node(value, inside=0)}))
    try:
        if placed(written).raw == wanted:
            return written
    except YamlFault:
        pass
    spelled = json.dumps(_as_texts(value), ensure_ascii=False)
    escaped = _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)
    return f"{field}: {escaped}\n"


def _merged(old: Any, value: object, depth: int = 1) -> Any:
    """``value``, in the old nodes where there are some, so that their comments stay."""
    if isinstance(old, CommentedMap) and isinstance(value, Mapping):
        for key in [key for key in old if key not in value]:
            del old[key]
        for key, each in value.items():
            old[key] = _merged(old[key], each, depth + 1) if key in old else _node(each, inside=depth)
        return old
    if isinstance(old, CommentedSeq) and isinstance(value, Sequence) and not isinstance(value, str):
        kept = _as_texts(list(old))
        for index, each in enumerate(value):
            if index >= len(old):
                old.append(_node(each, inside=depth))
            elif _as_texts(each) != kept[index]:
                old[index] = _merged(old[index], each, depth + 1)
        del old[len(value) :]
        return old
    return old if _as_texts(old) == _as_texts(value) else _node(value, inside=depth)


def _node(value: object, inside: int) -> Any:
    """What ruamel writes for a value: short mappings inside a list on one line, long texts folded, numbers as numbers."""
    if isinstance(value, Mapping):
        node = CommentedMap({str(key): _node(each, inside + 1) for key, each in value.items()})
        is_flat = all(isinstance(each, (str, int, float)) and "\n" not in str(each) for each in node.values())
        if inside > 0 and is_flat and sum(len(f"{key}: {each}, ") for key, each in node.items()) < WIDTH:
            node.fa.set_flow_style()
        return node
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = CommentedSeq([_node(each, inside + 1) for each in value])
        are_words = all(isinstance(each, str) and len(each) < 40 for each in items)
        if are_words and sum(len(str(each)) + 2 for each in items) < WIDTH:
            items.fa.set_flow_style()
        return items
    text = str(value)
    if isinstance(value, str) and not _NUMBER.fullmatch(text):
        if "\n" in text.strip():
            return LiteralScalarString(text)
        return _folded(text) if len(text) > WIDTH - 20 and text == " ".join(text.split()) else text
    return float(text) if "." in text else int(text)


def _folded(text: str) -> Any:
    """A long text over several lines; ruamel breaks it where it is told to."""
    line_start, last_space = 0, 0
    breaks: list[int] = []
    for at, char in enumerate(text):
        if at - line_start > WIDTH and last_space > line_start:
            breaks.append(last_space)
            line_start = last_space
        if char == " ":
            last_space = at
    folded: Any = FoldedScalarString(text)
    folded.fold_pos = breaks
    return folded


def _as_texts(value: object) -> Any:
    """A value as our reader gives it back: every scalar a text."""
    if isinstance(value, Mapping):
        return {str(key): _as_texts(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_as_texts(each) for each in value]
    return str(value)


def _dumped(tree: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 100_000  # ruamel breaks no line of its own accord; texts bring their breaks
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml

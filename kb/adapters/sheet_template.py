"""The text of a new sheet: every key in its place, with comments that say what belongs there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import EnumType
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kb.peers.narrative import Part, Text
from kb.peers.practice import PracticeSheet

_HEAD = """\
# yaml-language-server: $schema=practice.schema.json
# A practice sheet. Write after each colon; delete no key that has no # before it.
# A text may be in several languages: {en: …, fr: …}. Where nobody knows, write: unknown
# Name the source of what you say: [@key] or [@key, p. 12], with a key of “sources” below.
# Lines that begin with # are comments; take the # away to use such a line. Then: kb practice check
"""


def begun(name: str, *, kind: str, language: str, title: str) -> str:
    """YAML in which what has to be said is blank, and what may be said is a comment."""
    given = {"practice": name, "kind": kind, "language": language, "title": title}
    return _HEAD + "".join(_lines(name, field, given.get(name, "")) for name, field in PracticeSheet.model_fields.items())


def _lines(name: str, field: FieldInfo, given: str) -> str:
    comment = f"\n# {field.description}{_choices(field.annotation)}\n"
    if given:
        return f"{comment}{name}: {json.dumps(given, ensure_ascii=False) if name == 'title' else given}\n"
    body = "\n".join(_body(name, field.annotation))
    return comment + (body if field.is_required() else "\n".join(f"# {line}" for line in body.split("\n"))) + "\n"


def _body(name: str, annotation: Any) -> Iterator[str]:
    part = next(_parts(annotation), None)
    if name == "sources":
        yield "sources:"
        yield "  my-source:"
        yield from (f"    {'' if inner.default is not None else '# '}{key}:{_hint(inner)}" for key, inner in _fields(part))
    elif part is None:
        yield f"{name}:" if _is_text(annotation) or "tuple" not in str(annotation) else f"{name}: []"
    elif "tuple" in str(annotation):
        yield f"{name}:"
        for number, (key, inner) in enumerate(_fields(part)):
            yield f"  {'- ' if number == 0 else '  '}{key}:{_hint(inner)}"
    else:
        yield f"{name}:"
        yield from (f"  {key}:{_hint(inner)}" for key, inner in _fields(part))


def _fields(part: type[BaseModel] | None) -> list[tuple[str, FieldInfo]]:
    return list(part.model_fields.items()) if part else []


def _hint(field: FieldInfo) -> str:
    """The value of a part's key to begin with, and what may stand there."""
    about = f"{field.description or ''}{_choices(field.annotation)}".strip()
    default = "" if field.is_required() or field.default is None else f" {field.default}"
    return default + (f"  # {about}" if about else "")


def _choices(annotation: Any) -> str:
    found = [str(each.value) for enum in _enums(annotation) for each in enum]
    return f" One of: {', '.join(found)}." if found else ""


def _enums(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, EnumType):
        yield annotation
    for inner in get_args(annotation):
        yield from _enums(inner)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models of parts inside a field's type; texts are none."""
    if isinstance(annotation, type) and issubclass(annotation, Part) and annotation is not Text:
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _is_text(annotation: Any) -> bool:
    return annotation is Text or Text in get_args(annotation)

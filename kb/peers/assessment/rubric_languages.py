"""In which languages a rubric or a framework speaks, and where it falls silent in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from pydantic import BaseModel

from kb.peers.narrative import Text


class InOwnLanguage(Protocol):
    """What has texts, and a language that they are in unless they say another."""

    @property
    def language(self) -> str:
        """A code of BCP 47."""
        ...


def languages(rubric: InOwnLanguage) -> tuple[str, ...]:
    """Every language that a text is in, the rubric's own first."""
    found = (language for _, text in texts(rubric) for language in text.languages)
    return tuple(dict.fromkeys([rubric.language, *found]))


def untranslated(rubric: InOwnLanguage) -> list[tuple[str, tuple[str, ...]]]:
    """Places of texts that lack a language in which others are, with the languages they lack."""
    spoken = languages(rubric)
    lacking = ((place, tuple(each for each in spoken if each not in text.languages)) for place, text in texts(rubric))
    return [(place, missing) for place, missing in lacking if missing]


def texts(value: object, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text with its place, "tiers.1.criteria.2.anchors.5": counted from 1."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{place}.{name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts(each, f"{place}.{key:g}" if isinstance(key, float) else f"{place}.{key}")
    elif isinstance(value, tuple):
        for number, each in enumerate(value, start=1):
            yield from texts(each, f"{place}.{number}")

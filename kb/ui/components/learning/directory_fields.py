"""Between the plain values of an entry's file and what stands in the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.peers.narrative import UNKNOWN
from kb.services.practices import controlled_tags
from kb.ui import state


def at(options: Sequence[Any], value: object, default: int | None = None) -> int | None:
    """Where a value stands among the options; ``default`` where it does not."""
    return list(options).index(value) if value in options else default


def known(value: object) -> str:
    """A text; empty where nobody knows it."""
    return value if isinstance(value, str) and value.strip() != UNKNOWN else ""


def listed(value: object) -> list[Any]:
    """A list; empty where nobody knows it."""
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def themes() -> list[str]:
    """The controlled tags of themes, in order."""
    return sorted(each for each in controlled_tags(state.kb()) if each.startswith("theme:"))


def languages(value: object, own: str) -> list[str]:
    """In which a text is there."""
    return list(value) if isinstance(value, Mapping) else [own] if known(value) else []


def text(value: object, own: str, language: str) -> str:
    """A text in a language; empty where it is not there in it."""
    if isinstance(value, Mapping):
        return " ".join(known(value.get(language)).split(" "))
    return known(value) if language == own else ""


def with_text(value: object, own: str, language: str, words: str) -> object:
    """The value of a text with other words in one language; empty words take that language away, "unknown" is what is left then."""
    said = dict(value) if isinstance(value, Mapping) else {own: known(value)} if known(value) else {}
    said = {tag: each for tag, each in said.items() if tag != language} | ({language: words} if words else {})
    return said or UNKNOWN


def lines_of(typed: str) -> list[str]:
    """A line each; blank ones are left out."""
    return [line.strip() for line in typed.splitlines() if line.strip()]


def partner_lines(value: object) -> str:
    """Partners of a project as lines: "Hive | BE"."""
    told = [(each.get("name", ""), known(each.get("country"))) for each in listed(value) if isinstance(each, Mapping)]
    return "\n".join(" | ".join(filter(None, each)) for each in told)


def partners_of(typed: str) -> list[dict[str, str]]:
    """The same back as values."""
    parts = [line.rpartition("|") if "|" in line else (line, "", "") for line in lines_of(typed)]
    return [{"name": name.strip(), "country": country.strip().upper() or UNKNOWN} for name, _, country in parts]

"""Whether two names are those of one organisation."""

from __future__ import annotations

import unicodedata


def same_organisation(one: str, other: str) -> bool:
    """Case, spaces and punctuation aside; an unknown one is like no other."""
    return bool(organisation_key(one)) and organisation_key(one) == organisation_key(other)


def organisation_key(name: str) -> str:
    """The same for names of one organisation; empty for an unknown one."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in plain if char.isalnum() or unicodedata.combining(char))

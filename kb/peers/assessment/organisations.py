"""Whether two names are those of one organisation."""

from __future__ import annotations

import unicodedata


def same_organisation(one: str, other: str) -> bool:
    """Case, spaces and punctuation aside; an unknown one is like no other."""
    return bool(_letters(one)) and _letters(one) == _letters(other)


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in plain if char.isalnum() or unicodedata.combining(char))

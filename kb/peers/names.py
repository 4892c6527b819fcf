"""What a practice is called in addresses, file names and the ledger."""

from __future__ import annotations

import re
import unicodedata

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_CHARS = 60
_NAME = re.compile(NAME)


def is_name(text: str) -> bool:
    """Whether a practice may be called so: a–z, 0–9 and single hyphens. It leads to no other folder."""
    return len(text) <= MAX_CHARS and _NAME.fullmatch(text) is not None


def name_for(title: str) -> str:
    """A name that a practice of this title can have; empty where none of its letters is in a–z."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    name = ""
    for word in words:
        if len(f"{name}-{word}") > MAX_CHARS:
            break
        name = f"{name}-{word}" if name else word
    return name

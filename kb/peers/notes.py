"""A text cut into its words and its notes, for a reader who is led from each note to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.peers.narrative import MARK

_KEY = re.compile(r"(?<![\w.])@(?P<key>\w[\w-]*)\s*(?:,\s*)?(?P<place>[^;@\]]*)")


@dataclass(frozen=True)
class Note:
    """One source named by a citation mark.

    Attributes:
        key: of the sheet's ``sources``.
        place: in the source, as the mark says it, "p. 12"; empty for the whole.
    """

    key: str
    place: str = ""


def pieces(words: str) -> Iterator[str | tuple[Note, ...]]:
    """``words`` in order: what is said, and the notes of each mark; put together again without the notes, it is what is said."""
    at = 0
    for mark in MARK.finditer(words):
        if before := words[at : mark.start()]:
            yield before
        yield tuple(Note(found["key"], found["place"].strip(" ,")) for found in _KEY.finditer(mark.group()))
        at = mark.end()
    if rest := words[at:]:
        yield rest

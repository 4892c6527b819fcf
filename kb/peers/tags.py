"""A tag on a practice: a word of the controlled list, or a free one.

A controlled tag has a prefix that says what it speaks of, and stands in the concept scheme; a free tag has none. One spelling of
each is kept, so that what two people give is the same tag: lower case, single spaces, Unicode composed (NFC).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MAX_CHARS = 40  # of a free tag: longer is a sentence
SHORT = 2 * MAX_CHARS  # longer ones are not remembered as spelled: anybody may type them
SPOKEN_OF = {  # prefix → what its tags say about a practice
    "theme": "what it is about",
    "sdg": "the Sustainable Development Goal it serves",
    "group": "whom it is for",
    "condition": "what it depends on elsewhere",
}
_ALLOWED_MARKS = frozenset(" -'’&./+")
_NUMBERED = re.compile(r"(?:sdg|odd|ods|goal)[ :_-]*0*(\d{1,2})")  # "SDG 05", "ODD 5": the same goal in en, fr, es, pt


class Origin(StrEnum):
    """Where a tag on a practice comes from."""

    DECLARED = "declared"  # by the author, in the sheet
    GIVEN = "given"  # by a member
    CONFIRMED = "confirmed"  # suggested by the program, confirmed by a member


@dataclass(frozen=True, order=True)
class Tag:
    """A tag as it is kept.

    Attributes:
        prefix: one of :data:`SPOKEN_OF`; empty for a free tag.
        word: the rest.
    """

    prefix: str
    word: str

    def __str__(self) -> str:
        return f"{self.prefix}:{self.word}" if self.prefix else self.word

    @property
    def is_controlled(self) -> bool:
        """Whether it is of the controlled list."""
        return bool(self.prefix)

    @classmethod
    def of(cls, text: str) -> Tag:
        """The tag that was typed, in the one spelling; whether it can be used is for :func:`faults_of` to say."""
        prefix, colon, word = spelled(text).partition(":")
        return cls(prefix, word) if colon else cls("", prefix)


def spelled(text: str) -> str:
    """``text`` in the one spelling of tags: "Theme: Women and Gender" is ``theme:women-and-gender``, "SDG 05" is ``sdg:5``."""
    return _spelled(text) if len(text) <= SHORT else _spelled.__wrapped__(text)


@lru_cache(maxsize=4096)  # a thousand sheets have thirty thousand tags, and few that differ
def _spelled(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", text.lower()).replace("：", ":").split())
    if goal := _NUMBERED.fullmatch(text):
        return f"sdg:{goal[1]}"
    prefix, colon, word = (part.strip() for part in text.partition(":"))
    if not colon:
        return text
    return f"{prefix}:{re.sub(r'[ _]+', '-', word)}"


def faults_of(text: str, controlled: Collection[str]) -> list[str]:
    """What is wrong with a tag as typed, in clauses; empty when it can be used.

    Args:
        controlled: the controlled tags there are; with none of them, a controlled tag is not looked up.
    """
    tag = spelled(text)
    if not tag or tag.endswith(":"):
        return ["it is empty"]
    if ":" in tag:
        return _faults_of_controlled(tag, controlled)
    return _faults_of_free(tag)


def _faults_of_controlled(tag: str, controlled: Collection[str]) -> list[str]:
    prefix = tag.partition(":")[0]
    if tag in controlled or (not controlled and prefix in SPOKEN_OF):
        return []
    near = _near(tag, controlled)
    if prefix not in SPOKEN_OF:
        return [f"a controlled tag begins with {', '.join(f'{each}:' for each in SPOKEN_OF)}, not with “{shown(prefix)}:”", *near]
    return ["it is not in the controlled list", *near]


def _near(tag: str, controlled: Collection[str]) -> list[str]:
    """The controlled tag with the nearest word, one of the same prefix if there is one, as a clause; nothing where none is near."""
    prefix, _, word = tag.partition(":")
    known = sorted(map(Tag.of, controlled), key=lambda each: (each.prefix != prefix, each))
    for some in ([each for each in known if each.prefix == prefix], known):
        if found := difflib.get_close_matches(word[:100], [each.word for each in some], n=1):
            return [f"the nearest is {next(each for each in some if each.word == found[0])}"]
    return []


def _faults_of_free(tag: str) -> list[str]:
    faults = []
    if len(tag) > MAX_CHARS:
        faults.append(f"it has {len(tag)} characters, and a free tag at most {MAX_CHARS}")
    unusable = sorted({char for char in tag if not (char in _ALLOWED_MARKS or unicodedata.category(char)[0] in "LMN")})
    if unusable:
        faults.append(f"it may hold letters, figures, spaces and - ' & . / + only, not {' '.join(map(shown, unusable))}")
    if not any(char.isalpha() for char in tag):
        faults.append("it has no letter")
    elif not tag[0].isalnum():
        faults.append("it begins with a mark")
    return faults


def shown(text: str) -> str:
    """A tag as typed, as it can stand in a sentence: control characters by their number, and cut where it is long."""
    plain = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)
    return plain if len(plain) <= 60 else f"{plain[:60]}…"

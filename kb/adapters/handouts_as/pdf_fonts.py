"""The typefaces of a PDF: Source Sans, and Kurinto Sans for the scripts that it lacks. Both come with the package weblate-fonts.

Every character is told: one that no typeface has is replaced by its number in Unicode, "[U+1F41D]".
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

KANA, HANGUL = range(0x3040, 0x3100), range(0xAC00, 0xD7A4)


@dataclass(frozen=True)
class Typeface:
    """A family with its files."""

    name: str
    regular: Path
    bold: Path

    @property
    def characters(self) -> frozenset[int]:
        """What both its files can draw."""
        return _characters_of_both(self.regular, self.bold)


@dataclass(frozen=True)
class Typefaces:
    """The families that some texts need, the usual one first."""

    families: tuple[Typeface, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Typefaces:
        """The least that draws all of ``texts``, as far as there are typefaces that do."""
        wanted = {ord(char) for text in texts for char in text if not _is_blank(char)}
        known = _installed(_order(wanted))
        chosen, missing = [known[0]], wanted - known[0].characters
        for family in known[1:]:
            if missing & family.characters:
                chosen.append(family)
                missing -= family.characters
        return cls(tuple(chosen))

    def best(self, text: str) -> Typeface:
        """The family that draws most of ``text``; of equals the usual one."""
        letters = Counter(ord(char) for char in text if not char.isspace())
        if self.families[0].characters.issuperset(letters):
            return self.families[0]
        return max(self.families, key=lambda family: sum(n for letter, n in letters.items() if letter in family.characters))

    def drawable(self, text: str) -> str:
        """``text`` with numbers in the place of what no family draws; tabs and uncommon spaces as a space."""
        return "".join(char if char == "\n" else " " if _is_blank(char) else self._told(char) for char in text)

    def _told(self, char: str) -> str:
        kind = unicodedata.category(char)
        if kind != "Co" and any(ord(char) in family.characters for family in self.families):
            return char
        return "" if kind in ("Cf", "Mn") else f"[U+{ord(char):04X}]"


def _is_blank(char: str) -> bool:
    return char.isspace() and char != "\u00a0"


def _order(wanted: set[int]) -> tuple[str, ...]:
    """Han characters differ a little by language: they are drawn as in the language whose own letters stand beside them."""
    east = [name for name, letters in (("JP", KANA), ("KR", HANGUL)) if wanted.intersection(letters)]
    return tuple(dict.fromkeys((*east, "SC", "TC", "JP", "KR")))


def _installed(east: tuple[str, ...]) -> list[Typeface]:
    folder = Path(str(files("weblate_fonts")), "static", "weblate_fonts")
    sans, rest = folder / "source-sans" / "ttf", folder / "kurinto" / "ttf"
    families = [Typeface("source", sans / "SourceSans3-Regular.ttf", sans / "SourceSans3-Semibold.ttf")]
    for name in ("", *east):
        paths = (rest / f"KurintoSans{name}-{weight}.ttf" for weight in ("Rg", "Bd"))
        families.append(Typeface(f"kurinto{name.lower()}", *paths))
    return families


@lru_cache(maxsize=8)  # of six families; a file takes 40 ms to open
def _characters_of_both(regular: Path, bold: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(regular, lazy=True) as one, TTFont(bold, lazy=True) as other:
        return frozenset(one.getBestCmap()) & frozenset(other.getBestCmap())

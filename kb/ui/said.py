"""What services, readers and adapters say in English, in the reader's language.

They know no translator, and ledgers keep their sentences for years; so a sentence is recognised here by its fixed words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.ui.i18n import _
from kb.ui.sayings import NESTED, PARTS, TEMPLATES

MAX_CHARS = 20_000  # of a text that is looked at
_MAX_DEPTH = 3  # "Nothing was added" → its faults → what one of them wanted
_MAX_PIECES = 8  # of a sentence with "; " in it, unless it is the whole text or begins a short one
_SHORT = 30  # pieces
_MANY = 400  # pieces: no ledger has as many


@dataclass(frozen=True)
class _Template:
    """A template, cut into its fixed words and the names between them."""

    words: str
    fixed: tuple[str, ...]
    names: tuple[str, ...]
    weight: int  # how much it explains of a text that it matches

    @classmethod
    def of(cls, words: str) -> _Template:
        parts = re.split(r"\{(\w+)\}", words)
        return cls(words, tuple(parts[::2]), tuple(parts[1::2]), sum(map(len, parts[::2])))

    def match(self, text: str) -> dict[str, str] | None:
        """The values at its names. Every name takes as little as it can, so that no text, however hostile, makes this slow."""
        first, last = self.fixed[0], self.fixed[-1]
        if not self.names:
            return {} if text == first else None
        if not (text.startswith(first) and text.endswith(last)):
            return None
        values, at, end = [], len(first), len(text) - len(last)
        for part in self.fixed[1:-1]:
            found = text.find(part, at, end)
            if found < 0:
                return None
            values.append(text[at:found])
            at = found + len(part)
        return dict(zip(self.names, (*values, text[at:end]), strict=True)) if at <= end else None


@dataclass(frozen=True)
class _Told:
    """A text as recognised: a template with its values, several texts in a row (no template), or just words."""

    words: str
    values: tuple[tuple[str, _Told], ...] = ()
    row: tuple[_Told, ...] = ()
    weight: int = 0  # characters that templates explain

    def __str__(self) -> str:
        if self.row:
            return _("; ").join(map(str, self.row))
        return _(self.words).format(**{name: str(value) for name, value in self.values}) if self.weight else self.words


def said(text: str) -> str:
    """``text`` in the language of this session; words of no template (a library's own) stay as they are."""
    return str(_row(text, 0)) if len(text) <= MAX_CHARS else text


@cache
def _templates(*, nested: bool) -> tuple[_Template, ...]:
    """The one with most fixed words first."""
    templates = map(_Template.of, TEMPLATES + (PARTS if nested else ()))
    return tuple(sorted(templates, key=lambda template: -template.weight))


@lru_cache(maxsize=4096)  # a ledger says the same about many files
def _row(text: str, depth: int) -> _Told:
    """The sentences of ``text``, cut at "; " where that explains more of it than taking it whole."""
    pieces = text.split("; ", _MANY)
    best: list[tuple[int, tuple[_Told, ...]]] = [(0, ())]
    for stop in range(1, len(pieces) + 1):
        ways = []
        from_the_first = {0} if stop <= _SHORT or stop == len(pieces) else set[int]()
        for start in sorted(from_the_first | set(range(max(0, stop - _MAX_PIECES), stop))):
            weight, before = best[start]
            told = _sentence("; ".join(pieces[start:stop]), depth)
            ways.append((weight + told.weight, (*before, told)))
        best.append(max(ways, key=lambda way: (way[0], -len(way[1]))))
    row = best[-1][1]
    return row[0] if len(row) == 1 else _Told(text, row=row, weight=best[-1][0])


def _sentence(text: str, depth: int) -> _Told:
    for template in _templates(nested=depth > 0):
        if (found := template.match(text)) is not None:
            deeper = NESTED if depth + 1 < _MAX_DEPTH else frozenset[str]()
            values = tuple((name, _row(value, depth + 1) if name in deeper else _Told(value)) for name, value in found.items())
            return _Told(template.words, values, weight=template.weight + sum(told.weight for _name, told in values))
    return _Told(text)

"""What services, readers and adapters say in English, in the reader's language.

They know no translator, and ledgers keep their sentences for years; so a sentence is recognised here by its fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.ui.coded_words import CODES, QUOTED
from kb.ui.i18n import _, marked
from kb.ui.sayings import NESTED, PARTS, TEMPLATES

OF_FIELD = marked("{field}: {fault}")
MAX_CHARS = 20_000  # of a text that is looked at
_MAX_DEPTH = 3  # "Nothing was added" → its faults → what one of them wanted
_CUT = re.compile(r"(; |(?<=[.?!]) )")  # clauses in a row, and sentences in a row
_OR = " or "  # between codes
_MAX_PIECES = 8  # of a sentence that could be cut, unless it is the whole text or begins a short one
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
    row: tuple[tuple[str, _Told], ...] = ()  # each with what stands before it
    weight: int = 0  # characters that templates explain

    def __str__(self) -> str:
        if self.row and self.weight:
            between = {"": "", " ": " ", "; ": _("; "), _OR: _(" or ")}
            return "".join(between[gap] + str(told) for gap, told in self.row)
        return _(self.words).format(**{name: str(value) for name, value in self.values}) if self.weight else self.words


def said(text: str) -> str:
    """``text`` in the language of this session; words of no template (a library's own) stay as they are."""
    return str(_row(text, 0)) if len(text) <= MAX_CHARS else text


@cache
def _templates(*, nested: bool) -> tuple[_Template, ...]:
    """The one with most fixed words first; of two with as many, the one that begins with more of them."""
    templates = map(_Template.of, TEMPLATES + (PARTS if nested else ()))
    return tuple(sorted(templates, key=lambda template: (-template.weight, -len(template.fixed[0]), template.words)))


@lru_cache(maxsize=4096)  # a ledger says the same about many files
def _row(text: str, depth: int) -> _Told:
    """The sentences of ``text``, cut at "; " and where a sentence ends, if that explains more of it than taking it whole."""
    parts = _CUT.split(text, _MANY)  # a piece, what stands between, a piece, …
    n_pieces = len(parts) // 2 + 1
    best: list[tuple[int, tuple[tuple[str, _Told], ...]]] = [(0, ())]
    for stop in range(1, n_pieces + 1):
        ways = []
        from_the_first = {0} if stop <= _SHORT or stop == n_pieces else set[int]()
        for start in sorted(from_the_first | set(range(max(0, stop - _MAX_PIECES), stop))):
            weight, before = best[start]
            told = _sentence("".join(parts[2 * start : 2 * stop - 1]), depth)
            gap = parts[2 * start - 1] if start else ""
            ways.append((weight + told.weight, (*before, (gap, told))))
        best.append(max(ways, key=lambda way: (way[0], -len(way[1]))))
    weight, row = best[-1]
    return row[0][1] if len(row) == 1 else _Told(text, row=row, weight=weight)


def _sentence(text: str, depth: int) -> _Told:
    for template in _templates(nested=depth > 0):
        if (found := template.match(text)) is not None:
            values = tuple((name, _value(name, value, depth)) for name, value in found.items())
            return _Told(template.words, values, weight=template.weight + sum(told.weight for _name, told in values))
    field, colon, fault = text.partition(": ")
    if colon and depth and (told := _sentence(fault, depth)).weight:
        return _Told(OF_FIELD, (("field", _Told(field)), ("fault", told)), weight=told.weight)
    return _Told(text)


def _value(name: str, value: str, depth: int) -> _Told:
    if name in NESTED and depth + 1 < _MAX_DEPTH:
        return _row(value, depth + 1)
    if name in CODES:
        codes = value.split(_OR)
        row = tuple((_OR if index else "", _coded(CODES[name], code)) for index, code in enumerate(codes))
        return _Told(value, row=row, weight=sum(told.weight for _gap, told in row))
    return _Told(value)


def _coded(words: Mapping[str, str], code: str) -> _Told:
    """A code as the pages call it, in quotation marks: so it is found on them again."""
    if code not in words:
        return _Told(code)
    return _Told(QUOTED, (("words", _Told(words[code], weight=len(code))),), weight=len(code))

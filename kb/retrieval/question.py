"""A question as people type it: words, ``"exact phrases"``, ``-without``, and ``kind: country: lang: year: org: theme: tag:``.

Any text is a question. What only looks like syntax stays words: an unclosed quotation mark, ``well-being``, ``-5``, ``10:30``,
``http://…``, an operator without a value that it can use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from kb.retrieval.answer import Filters, Part, Question
from kb.retrieval.passage import CONTEXT_PROFILE, KINDS

MAX_YEARS = 300  # that a range such as year:1900-2030 may span; a longer one is no range of years

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"  # Thai, Lao, … Hangul
_QUOTED = r"""["＂“”„‟][^"＂“”„‟]+["＂“”„‟]|«[^«»]+»|»[^«»]+«|「[^「」]+」|『[^『』]+』"""
_SYNTAX = re.compile(
    rf"""
    (?<!\S)[-－−](?P<without>{_QUOTED}|[^\W\d_]\S*)                                     # a minus before a word or a phrase, not -5
  | (?<!\S)(?P<name>[^\W\d_]{{2,}})[:：](?P<value>{_QUOTED}|[^\s/"＂“”„‟«»「」『』]\S*)  # not http://
  | (?:(?<!\w)|(?<=[{_UNSPACED}])|(?=[「『]))(?P<phrase>{_QUOTED})(?:(?!\w)|(?=[{_UNSPACED}])|(?<=[{_UNSPACED}].))
                                                                                   # not the inches of 5" by 6"
    """,
    re.VERBOSE,
)
_WIDE = re.compile("[\uff01-\uff5e]+")
T = TypeVar("T")
_MARKS = '"＂“”„‟«»「」『』'
_ENDS = ".,;!?)…、。！？"  # of a sentence, after a value


class Names(Protocol):
    """Knows countries and languages by name."""

    def country(self, name: str) -> str | None:
        """ISO 3166-1 alpha-2 of a country, by its name in any of the languages known here."""
        ...

    def language(self, name: str) -> str | None:
        """BCP 47 primary tag of a language, by its name."""
        ...


def cleaned(text: str) -> str:
    """``text`` composed (NFC), without lone surrogates, NUL, and more than one space at a time."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8").replace("\0", " "))
    return " ".join(text.split())


def parse(text: str, names: Names | None = None) -> Question:
    """Understand a question; never raises.

    Args:
        text: any string.
        names: with it, countries and languages may be written by name; without it, by code only.
    """
    text = cleaned(text)
    pieces: list[_Piece] = []
    parts: list[Part] = []
    at = 0
    for match in _SYNTAX.finditer(text):
        piece = _piece(match, names)
        pieces += [_Piece(text[at : match.start()]), piece]
        parts += [] if piece.is_words else [_part(piece, match)]
        at = match.end()
    pieces.append(_Piece(text[at:]))
    unused = tuple(piece.unused for piece in pieces if piece.unused)
    if all(piece.is_words for piece in pieces):
        return Question(text, text, text, unused=unused)
    return Question(
        text=text,
        words=_joined(piece.phrase or piece.words for piece in pieces),
        loose=_joined(piece.words for piece in pieces),
        phrases=tuple(dict.fromkeys(piece.phrase for piece in pieces if piece.phrase)),
        without=tuple(dict.fromkeys(piece.without for piece in pieces if piece.without)),
        filters=_filters(pieces),
        unused=unused,
        parts=tuple(parts),
    )


@dataclass(frozen=True)
class _Piece:
    """A stretch of the text: words, or a phrase, or what hits must be without, or a filter's values."""

    words: str = ""
    phrase: str = ""
    without: str = ""
    operator: str = ""  # field of Filters
    values: tuple[str | int, ...] = ()
    unused: str = ""

    @property
    def is_words(self) -> bool:
        return not (self.phrase or self.without or self.operator)


def _piece(match: re.Match[str], names: Names | None) -> _Piece:
    typed = match[0]
    if match["phrase"]:
        return _Piece(phrase=_inside(typed)) if _has_letters(typed) else _Piece(typed)
    if unwanted := match["without"]:
        name, colon, _ = _narrow(unwanted).partition(":")
        if colon and name.casefold() in OPERATORS:  # -country:IN: what is without a country cannot be asked
            return _Piece(typed, unused=typed)
        return _Piece(without=_inside(unwanted)) if _has_letters(unwanted) else _Piece(typed)
    operator = OPERATORS.get(_narrow(match["name"]).casefold(), "")
    values = _READERS[operator](_narrow(match["value"]), names) if operator else ()
    return _Piece(operator=operator, values=values) if values else _Piece(typed, unused=typed)


def _part(piece: _Piece, match: re.Match[str]) -> Part:
    relaxed = cleaned(f"{match.string[: match.start()]} {piece.phrase} {match.string[match.end() :]}")
    return Part(match[0], piece.phrase, piece.without, piece.operator, piece.values, relaxed)


def _filters(pieces: Iterable[_Piece]) -> Filters:
    wanted: dict[str, Any] = {}
    for piece in pieces:
        if piece.operator:
            wanted[piece.operator] = tuple(dict.fromkeys((*wanted.get(piece.operator, ()), *piece.values)))
    return Filters(**wanted)


def _joined(parts: Iterable[str]) -> str:
    """The parts as one text; nothing if they are marks without a word or sign that could be looked for."""
    text = " ".join(" ".join(parts).split())
    return text if any(unicodedata.category(char)[0] not in "PZC" for char in text) else ""


def _narrow(text: str) -> str:
    """Wide letters and marks, as East Asian keyboards have them, as narrow ones."""
    return _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _inside(text: str) -> str:
    return text[1:-1].strip() if text[0] in _MARKS else text.strip(_MARKS + _ENDS)


# values of operators -----------------------------------------------------------------------------------------------------


def _parts(value: str) -> list[str]:
    """ "IN,ES" is two values; what stands in quotation marks is one."""
    if value[0] in _MARKS:
        return [_inside(value)]
    return [part for piece in value.split(",") if (part := piece.strip(_MARKS + _ENDS))]


def _all_or_none(values: Sequence[T | None]) -> tuple[T, ...]:
    """A value that cannot be used makes its operator unusable: half of what was asked for would be a wrong answer."""
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) else ()


def _slug(name: str) -> str:
    return "-".join(re.findall(r"\w+", name.casefold()))


def _kind(name: str) -> str | None:
    """A kind by its slug or its beginning: "case" and "case studies" are ``case-study``."""
    slug = _slug(name)
    singular = {slug, slug.removesuffix("s"), re.sub("ies$", "y", slug)}
    known = (*KINDS, CONTEXT_PROFILE)
    found = [kind for kind in known if kind in singular] or [kind for kind in known if slug and kind.startswith(slug)]
    return found[0] if len(found) == 1 else None


def _country(name: str, names: Names | None) -> str | None:
    if len(name) == 2 and name.isascii() and name.isalpha():
        return name.upper()
    return names.country(name) if names else None


def _language(name: str, names: Names | None) -> str | None:
    code, _, region = name.partition("-")
    if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() and len(region) <= 4:
        return code.lower()
    return names.language(name) if names else None


def _years(name: str) -> tuple[int, ...]:
    match = re.fullmatch(r"(\d{4})(?:(?:-|–|—|\.\.)(\d{4}))?", name)
    if not match:
        return ()
    first, last = sorted((int(match[1]), int(match[2] or match[1])))
    return tuple(range(first, last + 1)) if last - first < MAX_YEARS else ()


def _all_years(value: str, _names: Names | None) -> tuple[int, ...]:
    years = [_years(part) for part in _parts(value)]
    return tuple(year for span in years for year in span) if all(years) else ()


_READERS: Mapping[str, Callable[[str, Names | None], tuple[str | int, ...]]] = {  # field of Filters → value as typed → values
    "kinds": lambda value, _: _all_or_none([_kind(part) for part in _parts(value)]),
    "countries": lambda value, names: _all_or_none([_country(part, names) for part in _parts(value)]),
    "languages": lambda value, names: _all_or_none([_language(part, names) for part in _parts(value)]),
    "years": _all_years,
    "themes": lambda value, _: _all_or_none([_slug(part) or None for part in _parts(value)]),
    "organisations": lambda value, _: tuple(filter(_has_letters, [_inside(value)])),
    "tags": lambda value, _: _all_or_none([part if _has_letters(part) else None for part in _parts(value)]),
}
OPERATORS: Mapping[str, str] = {  # as typed, in the languages of the app → field of Filters
    **dict.fromkeys(("kind", "type"), "kinds"),
    **dict.fromkeys(("country", "pays"), "countries"),
    **dict.fromkeys(("lang", "language", "langue"), "languages"),
    **dict.fromkeys(("year", "année", "annee"), "years"),
    **dict.fromkeys(("theme", "thème"), "themes"),
    **dict.fromkeys(("org", "organisation", "organization"), "organisations"),
    **dict.fromkeys(("tag", "étiquette", "etiquette"), "tags"),
}

"""Countries and languages by name, from the CLDR tables that Babel carries."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

SPOKEN = ("en", "fr", "de", "es", "it", "pt", "ro", "nl", "pl", "sv", "da", "fi", "el", "hu", "tr", "ru", "ar", "hi", "ta", "zh")


class LocaleNames:
    """Answers :class:`kb.retrieval.question.Names`; the tables are read at the first name."""

    def country(self, name: str) -> str | None:
        """See the port."""
        return _countries().get(_folded(name))

    def language(self, name: str) -> str | None:
        """See the port."""
        return _languages().get(_folded(name))


def country_name(code: str, language: str) -> str:
    """What a country is called; in English where the language is not known here, and its code where the country is not."""
    from babel import Locale

    return str(Locale(language if language in SPOKEN else "en").territories.get(code, code))


def country_names(language: str) -> Mapping[str, str]:
    """:func:`country_name` of every country that has one, by code."""
    from babel import Locale

    return {code: str(name) for code, name in Locale(language if language in SPOKEN else "en").territories.items()}


@cache
def _countries() -> Mapping[str, str]:
    return _by_name("territories")


@cache
def _languages() -> Mapping[str, str]:
    return _by_name("languages")


def _by_name(table: str) -> Mapping[str, str]:
    """Folded name → code; where two languages call different things the same, the one that comes first in SPOKEN decides."""
    from babel import Locale

    found: dict[str, str] = {}
    for locale in SPOKEN:
        for code, name in getattr(Locale(locale), table).items():
            if code.isalpha() and len(code) <= 3:
                found.setdefault(_folded(name), code)
    return found


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().strip())
    return "".join(char for char in plain if not unicodedata.combining(char))

"""Words as they are typed, and which of them may be mistyped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

MIN_LETTERS = 4  # shorter ones are near to too many
TWO_MISTAKES = 8  # letters from which on a word may have two mistakes


def words_of(text: str) -> list[str]:
    """The words as typed: letters with their marks, and figures."""
    runs = groupby(text, key=lambda char: unicodedata.category(char)[0] in "LMN")
    return ["".join(run) for is_word, run in runs if is_word]


def folded_words(text: str) -> list[str]:
    """Words in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return words_of("".join(char for char in plain if not unicodedata.combining(char)))


def as_written(word: str, texts: Iterable[str]) -> str:
    """A folded word as the first of ``texts`` that has it writes it; ``word`` itself if none has."""
    spelled = (typed for text in texts for typed in words_of(text) if folded_words(typed) == [word])
    return next(spelled, word)


def may_be_mistyped(word: str) -> bool:
    """Letters only: a number that nobody wrote is not another number."""
    return len(word) >= MIN_LETTERS and word.isalpha()


def mistakes_allowed(word: str) -> int:
    """One, or two in a long word."""
    return 2 if len(word) >= TWO_MISTAKES else 1

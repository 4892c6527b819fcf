"""Which known word a mistyped one was meant to be."""

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


def nearest(word: str, known: Iterable[tuple[str, int]]) -> list[str]:
    """Known words that ``word`` may have been meant to be, likeliest first: fewest mistakes, then most frequent, then by letters.

    Args:
        word: folded.
        known: folded words that begin with the same letter, with how many passages have them.
    """
    limit = mistakes_allowed(word)
    found = []
    for other, count in known:
        if abs(len(other) - len(word)) <= limit and may_be_mistyped(other):
            mistakes = distance(word, other, limit)
            if mistakes <= limit:
                found.append((mistakes, -count, other))
    return [other for _, _, other in sorted(found)]


def distance(one: str, other: str, limit: int) -> int:
    """Letters to insert, leave out, replace or swap with their neighbour to make ``other`` of ``one``; ``limit + 1`` if more.

    Reference:
        Optimal string alignment: Damerau (1964), doi:10.1145/363958.363994.
    """
    if len(set(one) ^ set(other)) > 2 * limit:  # a mistake adds one letter and takes one away at most: most words end here
        return limit + 1
    two_before: list[int] = []
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:  # a swap reaches back two rows
            return limit + 1
    return min(row[-1], limit + 1)

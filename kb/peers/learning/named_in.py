"""Which people and organisations a text names, and in which lines. Words are compared as the search compares them.

A person is found by the whole name, either way round, and by each longer part of it; anything else by its whole name. What is one
word alone counts only where it begins with a capital letter, as names do: "network" and "field" are words of every text. Names of
one short word ("EU", "Bo") are not looked for: there are too many words like them. Every word has a capital letter that begins a
sentence: there the one word of an organisation counts for nothing if the same text writes it small elsewhere, as a common word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kb.retrieval.names_withheld import TITLES
from kb.retrieval.spelling import folded_words, words_of

MIN_LETTERS = 4  # of what is one word alone
LINES_TOLD = 10  # of one name

ENDS = ".!?…:|•"  # what stands before a word that begins a sentence, if it does not begin its line

Wanted = tuple[str, ...]  # words in a row


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        is_small: no name begins with a small letter.
        is_first: of a sentence, and with no other capital letter than its first: it would be written so whatever it is.
    """

    folded: str
    line: int
    is_small: bool
    is_first: bool


class Called(NamedTuple):
    """Whose name it is."""

    name: str
    is_person: bool


@dataclass(frozen=True)
class Naming:
    """A name, and the lines in which it stands, each once; the first is 1, and 0 is the title."""

    name: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        told = ", ".join(map(str, self.lines[:LINES_TOLD]))
        return f"{self.name} ({told}{', …' if len(self.lines) > LINES_TOLD else ''})"


def named_in(text: str, *, title: str = "", people: Iterable[str], others: Iterable[str]) -> tuple[Naming, ...]:
    """Every name that the title or the text has, in the order in which they come first."""
    wanted = _wanted(people, others)
    words = [word for number, line in enumerate([title, *text.split("\n")]) for word in _words(line, number)]
    small = {each.folded for each in words if each.is_small}
    lines: dict[str, set[int]] = defaultdict(set)
    for at, word in enumerate(words):
        for row, called in wanted.get(word.folded, {}).items():
            found = words[at : at + len(row)]
            if tuple(each.folded for each in found) == row and (len(row) > 1 or _is_name(word, called, small)):
                lines[called.name] |= {each.line for each in found}
    return tuple(Naming(name, tuple(sorted(at))) for name, at in lines.items())


def _is_name(word: Word, called: Called, small: Collection[str]) -> bool:
    """Whether what is one word alone is a name here."""
    is_common = word.is_first and word.folded in small and not called.is_person
    return not word.is_small and not is_common


def _wanted(people: Iterable[str], others: Iterable[str]) -> Mapping[str, Mapping[Wanted, Called]]:
    """First word → words in a row → the name that they are of."""
    found: dict[str, dict[Wanted, Called]] = defaultdict(dict)
    for name, is_person in [*((each, True) for each in people), *((each, False) for each in others)]:
        for row in _rows(tuple(folded_words(name)), is_person=is_person):
            found[row[0]].setdefault(row, Called(name, is_person))
    return found


def _rows(words: Wanted, *, is_person: bool) -> Collection[Wanted]:
    if not words:
        return ()
    rows = {words}
    if is_person:
        rows |= {(*words[1:], words[0]), (words[-1], *words[:-1]), *((each,) for each in words)}
    return [each for each in rows if len(each) > 1 or (len(each[0]) >= MIN_LETTERS and each[0] not in TITLES)]


def _words(line: str, number: int) -> Iterator[Word]:
    end = 0
    for typed in words_of(line):
        start = line.index(typed, end)
        is_first = end == 0 or any(char in ENDS for char in line[end:start])
        end = start + len(typed)
        yield from (Word(each, number, typed[0].islower(), is_first and typed[1:].islower()) for each in folded_words(typed))

"""Which people and organisations a text names, and in which lines. Words are compared as the search compares them.

A person is found by the whole name, either way round, and by each longer part of it; anything else by its whole name. What is one
word alone counts only where it begins with a capital letter, as names do: "network" and "field" are words of every text. Names of
one short word ("EU", "Bo") are not looked for: there are too many words like them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.retrieval.names_withheld import TITLES
from kb.retrieval.spelling import folded_words, words_of

MIN_LETTERS = 4  # of what is one word alone
LINES_TOLD = 10  # of one name

Word = tuple[str, int, bool]  # folded, its line, whether it may be a name: no small letter begins it
Wanted = tuple[str, ...]  # words in a row


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
    lines: dict[str, set[int]] = defaultdict(set)
    for at, word in enumerate(words):
        for row, name in wanted.get(word[0], {}).items():
            found = words[at : at + len(row)]
            if tuple(each[0] for each in found) == row and (len(row) > 1 or word[2]):
                lines[name] |= {each[1] for each in found}
    return tuple(Naming(name, tuple(sorted(at))) for name, at in lines.items())


def _wanted(people: Iterable[str], others: Iterable[str]) -> Mapping[str, Mapping[Wanted, str]]:
    """First word → words in a row → the name that they are of."""
    found: dict[str, dict[Wanted, str]] = defaultdict(dict)
    for name, is_person in [*((each, True) for each in people), *((each, False) for each in others)]:
        for row in _rows(tuple(folded_words(name)), is_person=is_person):
            found[row[0]].setdefault(row, name)
    return found


def _rows(words: Wanted, *, is_person: bool) -> Collection[Wanted]:
    if not words:
        return ()
    rows = {words}
    if is_person:
        rows |= {(*words[1:], words[0]), (words[-1], *words[:-1]), *((each,) for each in words)}
    return [each for each in rows if len(each) > 1 or (len(each[0]) >= MIN_LETTERS and each[0] not in TITLES)]


def _words(line: str, number: int) -> Iterator[Word]:
    for typed in words_of(line):
        yield from ((each, number, not typed[0].islower()) for each in folded_words(typed))

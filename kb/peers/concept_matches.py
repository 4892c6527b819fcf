"""Find a concept by any of its words: labels in every language, and local words, false friends among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.peers.concepts import Concept, ConceptScheme, Meaning, Relation, folded

_FAR = 4  # a nearness: the word does not hold the text
_JOINS = re.compile(r"[-‐‑'’]")


@dataclass(frozen=True)
class Match:
    """A word of a concept that holds what is looked for.

    Attributes:
        word: as the scheme writes it.
        language: of the word, BCP 47 primary tag.
        meaning: where it is a local word and no label; else ``None``.
    """

    concept: Concept
    word: str
    language: str
    meaning: Meaning | None = None


def matches(scheme: ConceptScheme, text: str, language: str) -> tuple[Match, ...]:
    """Each concept once, with its best word, nearest word first; local words of it that hold the text follow as their own.

    A word holds a text if it has all its words or their beginnings, whatever case and accents.

    Args:
        language: of the reader: of two words equally near, the one in this language is told.
    """
    wanted = _plain(text)
    if not wanted:
        return ()
    found = []
    for concept in scheme.concepts:
        labels = [Match(concept, word, spoken) for spoken, word in concept.words()]
        best = min(labels, key=lambda each: (_nearness(wanted, each.word), each.language != language), default=None)
        found += [*([best] if best else []), *_local(concept)]
    near = [each for each in found if _nearness(wanted, each.word) < _FAR]
    return tuple(sorted(near, key=lambda each: _rank(wanted, each, language)))


def _rank(wanted: str, match: Match, language: str) -> tuple[int, int, bool, str, str]:
    """Nearest word first; of those as near, labels, then false friends; then the reader's language, then by id."""
    kind = 0 if match.meaning is None else 1 if match.meaning.relation is Relation.FALSE_FRIEND else 2
    return _nearness(wanted, match.word), kind, match.language != language, match.concept.id, match.word


def _nearness(wanted: str, word: str) -> int:
    """0 the word itself, 1 its beginning, 2 beginnings of words in it, 3 inside, 4 not there."""
    held = _plain(word)
    if held == wanted:
        return 0
    if held.startswith(wanted):
        return 1
    if all(any(part.startswith(piece) for part in held.split()) for piece in wanted.split()):
        return 2
    return 3 if wanted in held else _FAR


def _plain(text: str) -> str:
    """Folded, with hyphens and apostrophes as spaces."""
    return " ".join(_JOINS.sub(" ", folded(text)).split())


def _local(concept: Concept) -> Iterator[Match]:
    """Local words that no label of the concept in that language is; and all that mislead, a label elsewhere or not."""
    labels = {(language, folded(word)) for language, word in concept.words()}
    for meaning in concept.meanings:
        if meaning.relation is Relation.FALSE_FRIEND or (meaning.language, folded(meaning.label)) not in labels:
            yield Match(concept, meaning.label, meaning.language, meaning)

"""What a question names besides its own words: terms that are looked for too, and words that mislead. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word or words, in a language (BCP 47 primary tag).

    Attributes:
        worth: of the words of the question that it stands for, 0 to 1.
    """

    text: str
    language: str
    worth: float = 1.0


@dataclass(frozen=True)
class NamedConcept:
    """A concept that the question names.

    Attributes:
        id: of the concept.
        typed: the words of the question that name it, as typed.
        label: its preferred label in the language of these words.
        also_searched: what else it is called, in any language; never what was typed.
    """

    id: str
    typed: str
    label: str
    also_searched: tuple[Term, ...]


@dataclass(frozen=True)
class Caution:
    """A false friend in the question.

    Attributes:
        typed: the word, as typed.
        concept: id of the concept that it does not mean.
        label: of that concept, in English.
        country: where it means something else, ISO 3166-1 alpha-2, or ``EU``, ``UN``.
        language: of the word.
        says: language → what it means there.
        instead: words of that country that do mean the concept.
    """

    typed: str
    concept: str
    label: str
    country: str
    language: str
    says: Mapping[str, str]
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Widening:
    """What the concepts add to a question.

    Attributes:
        is_unknown: the concepts cannot be read, so that nothing is known of what the question names.
    """

    named: tuple[NamedConcept, ...] = ()
    warnings: tuple[Caution, ...] = ()
    is_unknown: bool = False

"""One concept: what it is called, how it is defined, and what words of single countries mean.

A concept is a meaning; words are its labels. A word of one country whose meaning there differs is a :class:`Meaning` of the
concept it could be taken for, with what it says of the concept and a source.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

PIVOT = "en"  # shown where the reader's language has no label
NO_TEXTS: Mapping[str, str] = MappingProxyType({})
NO_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Facet(StrEnum):
    """The part of the tree in which a concept stands."""

    FORMS = "forms"
    THEMES = "themes"
    METHOD = "method"
    GENDER = "gender"
    CONDITIONS = "conditions"
    GROUPS = "groups"
    SDG = "sdg"
    FINANCE = "finance"
    LAW = "law"


class Relation(StrEnum):
    """A local word, seen from the concept: ``narrower`` means less than it, ``broader`` more."""

    EXACT = "exact"
    CLOSE = "close"
    BROADER = "broader"
    NARROWER = "narrower"
    RELATED = "related"
    FALSE_FRIEND = "false-friend"


SAYS_THE_SAME = frozenset({Relation.EXACT, Relation.CLOSE})


@dataclass(frozen=True, order=True)
class Reference:
    """Where something is said.

    Attributes:
        address: ``https://…``; empty where there is none.
    """

    title: str
    address: str = ""


@dataclass(frozen=True)
class Meaning:
    """What a word means in one country.

    Attributes:
        country: ISO 3166-1 alpha-2, or ``EU``, ``UN``.
        language: of ``label`` and ``instead``, BCP 47 primary tag.
        relation: of the word to the concept.
        says: language → what it means there.
        legal: the law that defines it; empty where none does.
        instead: words of that country that do mean the concept, for a false friend.
    """

    country: str
    language: str
    label: str
    relation: Relation
    says: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    legal: str = ""
    instead: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it one of its concept's meanings; two may not share it."""
        return self.country, self.language, folded(self.label)


@dataclass(frozen=True)
class Concept:
    """A meaning that has words.

    Attributes:
        id: letters a–z, figures and hyphens.
        labels: language → preferred label; at least one.
        also: language → other labels and acronyms.
        tag: the controlled tag it makes; empty for none.
        query: words of the tag's standing query, in English; empty where label and definition are good ones.
        broader: ids of concepts that hold this one.
        related: ids of concepts beside it, as it was written: see :meth:`ConceptScheme.related` for both directions.
        exact: addresses of the same concept in other schemes.
        close: addresses of like ones.
        codes: other scheme → its code.
    """

    id: str
    facet: Facet
    labels: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_LISTS)
    definition: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    sources: tuple[Reference, ...] = ()
    tag: str = ""
    query: str = ""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)
    meanings: tuple[Meaning, ...] = ()

    def label(self, language: str = PIVOT) -> str:
        """The preferred label, in the pivot language where ``language`` has none."""
        return in_language(self.labels, language) or self.id

    def defined(self, language: str = PIVOT) -> str:
        """The definition, in the pivot language where ``language`` has none; empty where there is none at all."""
        return in_language(self.definition, language)

    @property
    def standing_query(self) -> str:
        """What the tag's standing query asks, in English: see :mod:`kb.peers.tags`."""
        return self.query or ". ".join(part for part in (self.label(), self.defined()) if part)

    def words(self) -> Iterator[tuple[str, str]]:
        """``(language, label)``: the preferred ones first, each only once."""
        seen = set()
        pairs = [*self.labels.items(), *((language, word) for language, words in self.also.items() for word in words)]
        for language, word in pairs:
            if (language, folded(word)) not in seen:
                seen.add((language, folded(word)))
                yield language, word


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in ``language``; else in the pivot language; else in the first there is by code; empty where there is none."""
    return texts.get(language) or texts.get(PIVOT) or next((texts[each] for each in sorted(texts)), "")


@lru_cache(maxsize=1 << 14)  # a scheme of 250 concepts has 4,000 labels, and each is compared half a dozen times
def folded(text: str) -> str:
    """As words are compared: without case and accents, single spaces."""
    plain = text.casefold()
    if not plain.isascii():  # most labels are, and a scheme has thousands
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(plain.split())

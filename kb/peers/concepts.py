"""The concepts of the social and solidarity economy together: looked up by id, label and tag, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kb.peers.concept import PIVOT, SAYS_THE_SAME, Concept, Facet, Meaning, Reference, Relation, folded, in_language

__all__ = [
    "PIVOT",
    "SAYS_THE_SAME",
    "Concept",
    "ConceptScheme",
    "Facet",
    "Meaning",
    "Reference",
    "Relation",
    "folded",
    "in_language",
]


@dataclass(frozen=True)
class ConceptScheme:
    """All concepts, in one order whatever file or graph they come from; make it with :meth:`of`."""

    name: str = ""
    concepts: tuple[Concept, ...] = ()

    @classmethod
    def of(cls, name: str, concepts: Iterable[Concept]) -> ConceptScheme:
        """The scheme of these concepts: sorted by id, and within each what has no order of its own.

        Faults are not looked for: see :mod:`kb.peers.concept_faults`.
        """
        return cls(name, tuple(sorted(map(_in_order, concepts), key=lambda concept: concept.id)))

    def __len__(self) -> int:
        return len(self.concepts)

    def __hash__(self) -> int:
        return hash((self.name, tuple(self._by_id)))

    def one(self, concept_id: str) -> Concept | None:
        """The concept of this id."""
        return self._by_id.get(concept_id)

    def by_label(self, text: str) -> tuple[Concept, ...]:
        """Those that any language calls so, whatever case and accents."""
        return self._by_label.get(folded(text), ())

    def by_tag(self, tag: str) -> Concept | None:
        """The concept that makes this controlled tag."""
        return self._by_tag.get(tag)

    @property
    def tags(self) -> tuple[str, ...]:
        """The controlled tags, sorted."""
        return tuple(sorted(self._by_tag))

    def broader(self, concept_id: str) -> tuple[Concept, ...]:
        """The concepts that hold this one."""
        concept = self.one(concept_id)
        return tuple(self._by_id[each] for each in concept.broader if each in self._by_id) if concept else ()

    def narrower(self, concept_id: str) -> tuple[Concept, ...]:
        """The concepts that it holds, one step down, by id."""
        return self._narrower.get(concept_id, ())

    def related(self, concept_id: str) -> tuple[Concept, ...]:
        """The concepts beside it, by id; whichever of the two says so."""
        return self._related.get(concept_id, ())

    def below(self, concept_id: str) -> tuple[Concept, ...]:
        """The concept and all that it holds, however deep, each once; itself first, then step by step."""
        own = self.one(concept_id)
        found = {own.id: own} if own else {}
        step = list(found.values())
        while step:
            step = [each for concept in step for each in self.narrower(concept.id) if each.id not in found]
            found.update((each.id, each) for each in step)
        return tuple(found.values())

    def tops(self, facet: Facet) -> tuple[Concept, ...]:
        """The concepts of a facet that no other concept of it holds, by id."""
        inside = (concept for concept in self.concepts if concept.facet is facet)
        return tuple(concept for concept in inside if all(each.facet is not facet for each in self.broader(concept.id)))

    @cached_property
    def _by_id(self) -> Mapping[str, Concept]:
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def _by_tag(self) -> Mapping[str, Concept]:
        return {concept.tag: concept for concept in self.concepts if concept.tag}

    @cached_property
    def _by_label(self) -> Mapping[str, tuple[Concept, ...]]:
        found: dict[str, dict[str, Concept]] = {}
        for concept in self.concepts:
            for _, word in concept.words():
                found.setdefault(folded(word), {})[concept.id] = concept
        return {word: tuple(concepts.values()) for word, concepts in found.items()}

    @cached_property
    def _narrower(self) -> Mapping[str, tuple[Concept, ...]]:
        found: dict[str, list[Concept]] = {}
        for concept in self.concepts:
            for broader in concept.broader:
                found.setdefault(broader, []).append(concept)
        return {concept_id: tuple(concepts) for concept_id, concepts in found.items()}

    @cached_property
    def _related(self) -> Mapping[str, tuple[Concept, ...]]:
        pairs = {(concept.id, other) for concept in self.concepts for other in concept.related if other in self._by_id}
        both = sorted({*pairs, *((other, own) for own, other in pairs)})
        found: dict[str, list[Concept]] = {}
        for own, other in both:
            found.setdefault(own, []).append(self._by_id[other])
        return {concept_id: tuple(concepts) for concept_id, concepts in found.items()}


def _in_order(concept: Concept) -> Concept:
    return replace(
        concept,
        labels=_by_key(concept.labels),
        also={language: _once(concept.also[language]) for language in sorted(concept.also) if concept.also[language]},
        definition=_by_key(concept.definition),
        codes=_by_key(concept.codes),
        sources=tuple(sorted(set(concept.sources))),
        broader=_once(concept.broader),
        related=_once(concept.related),
        exact=_once(concept.exact),
        close=_once(concept.close),
        meanings=tuple(sorted(map(_meaning_in_order, concept.meanings), key=lambda meaning: meaning.key)),
    )


def _meaning_in_order(meaning: Meaning) -> Meaning:
    return replace(
        meaning,
        says=_by_key(meaning.says),
        instead=_once(meaning.instead),
        sources=tuple(sorted(set(meaning.sources))),
    )


def _by_key(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: texts[key] for key in sorted(texts)}


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))

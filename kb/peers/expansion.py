"""From the words of a question to the concepts that it names: what else they are called, and which words mislead.

A label is found by its words, in any language, whatever case, accents and common endings; the longest label wins. An acronym is
found in its own case only: "ESS" is one, "ess" is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.peers.concepts import SAYS_THE_SAME, Concept, ConceptScheme, Meaning, Relation, folded
from kb.retrieval.widening import Caution, NamedConcept, Term, Widening

MAX_TERMS = 30  # of one concept: what can still be read, and six languages with a few words each
ALSO_WORTH = 0.3  # of what is not the preferred label, which says less surely what is meant
MAX_NAMED = 8  # concepts of one question
_WORD = re.compile(r"[^\W_]+")
_SEARCHED = SAYS_THE_SAME | {Relation.NARROWER}  # what means the concept or a part of it; what means more would bring noise
Stems = tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """What a label stands for.

    Attributes:
        label: as the scheme writes it.
        meaning: where the label is a local word; ``None`` for a label of the concept.
    """

    concept: Concept
    language: str
    label: str
    meaning: Meaning | None = None

    @property
    def misleads(self) -> bool:
        return self.meaning is not None and self.meaning.relation is Relation.FALSE_FRIEND


class Naming:
    """Knows every label of a scheme; made once a scheme, then asked for every question.

    Args:
        scheme: whose concepts are named.
    """

    def __init__(self, scheme: ConceptScheme) -> None:
        self._entries: dict[Stems, list[_Entry]] = {}
        self._longest: dict[str, int] = {}  # first stem → number of words of the longest label that begins so
        for entry in _entries(scheme):
            if stems := tuple(_stem(word) for word in _WORD.findall(entry.label)):
                self._entries.setdefault(stems, []).append(entry)
                self._longest[stems[0]] = max(self._longest.get(stems[0], 0), len(stems))

    def widen(self, stretches: Iterable[str]) -> Widening:
        """What the words name and which of them mislead, each concept once, in the order of the words.

        Args:
            stretches: text of the question without its phrases and operators; a label does not reach from one to the next.
        """
        named: dict[str, NamedConcept] = {}
        warnings: dict[tuple[str, str, str], Caution] = {}
        for typed, entries in (each for stretch in stretches for each in self._found(stretch)):
            for entry in entries:
                if entry.misleads:
                    caution = _caution(entry, typed)
                    warnings.setdefault((caution.concept, caution.country, caution.language), caution)
            for concept_id, spoken in _meant(entries).items():
                if concept_id not in named and len(named) < MAX_NAMED:
                    named[concept_id] = _named(spoken, typed)
        return Widening(tuple(named.values()), tuple(warnings.values()))

    def _found(self, text: str) -> Iterator[tuple[str, list[_Entry]]]:
        """The words that are a label, as typed, with what they stand for: longest first, none inside another."""
        words = list(_WORD.finditer(text))
        stems = [_stem(word[0]) for word in words]
        at = 0
        while at < len(words):
            for n in range(min(self._longest.get(stems[at], 0), len(words) - at), 0, -1):
                typed = text[words[at].start() : words[at + n - 1].end()]
                meant = [entry for entry in self._entries.get(tuple(stems[at : at + n]), ()) if _is_written(entry.label, typed)]
                if meant:
                    yield typed, meant
                    at += n - 1
                    break
            at += 1


def _entries(scheme: ConceptScheme) -> Iterator[_Entry]:
    """Labels of each concept first, so that a concept is told by its own label rather than by a local word."""
    for concept in scheme.concepts:
        for language, label in concept.words():
            yield _Entry(concept, language, label)
    for concept in scheme.concepts:
        for meaning in concept.meanings:
            if meaning.relation in SAYS_THE_SAME or meaning.relation is Relation.FALSE_FRIEND:
                yield _Entry(concept, meaning.language, meaning.label, meaning)


def _meant(entries: Iterable[_Entry]) -> dict[str, list[_Entry]]:
    """Id → the entries of a concept that is meant: one for each language that calls it so."""
    meant: dict[str, list[_Entry]] = {}
    for entry in entries:
        if not entry.misleads:
            meant.setdefault(entry.concept.id, []).append(entry)
    return meant


def _named(entries: Sequence[_Entry], typed: str) -> NamedConcept:
    """A concept; its label is in the language that writes it just as it was typed, where one does."""
    concept = entries[0].concept
    nearest = min(entries, key=lambda entry: (folded(entry.label) != folded(typed), entry.label != typed))
    terms = _terms(concept, typed, {entry.language for entry in entries})
    return NamedConcept(concept.id, typed, concept.label(nearest.language), terms)


def _caution(entry: _Entry, typed: str) -> Caution:
    assert entry.meaning is not None
    meaning = entry.meaning
    return Caution(typed, entry.concept.id, entry.concept.label(), meaning.country, meaning.language, meaning.says, meaning.instead)


def _terms(concept: Concept, typed: str, spoken: Collection[str]) -> tuple[Term, ...]:
    """What else the concept is called: labels first, then local words that mean it or a part of it. Never a false friend.

    In the languages of what was typed only an acronym and what it stands for are told: a passage in that language that says it in
    other words is about something else more often than not (docs/benchmarks.md, "Concepts").
    """
    labels = list(concept.words())
    own = {(language, folded(label)) for language, label in labels}
    local = [(each.language, each.label, each.relation) for each in concept.meanings]
    misleading = {(language, folded(label)) for language, label, relation in local if relation is Relation.FALSE_FRIEND} - own
    pairs = [*labels, *((language, label) for language, label, relation in local if relation in _SEARCHED)]
    seen = {(language, _stems(typed)) for language in spoken}
    terms = []
    for language, label in pairs:
        key = language, _stems(label)
        is_own = language in spoken and is_acronym(label) == is_acronym(typed.removesuffix("s"))
        if not is_own and key not in seen and (language, folded(label)) not in misleading:
            seen.add(key)
            terms.append(Term(label, language, 1.0 if concept.labels.get(language) == label else ALSO_WORTH))
    return tuple(terms[:MAX_TERMS])


def _stems(label: str) -> Stems:
    return tuple(_stem(word) for word in _WORD.findall(label))


def _is_written(label: str, typed: str) -> bool:
    """An acronym must be typed in its own case, or with the s of its plural; any other label matches."""
    return not is_acronym(label) or typed.removesuffix("s") == label


def is_acronym(label: str) -> bool:
    """Whether it is capitals and figures only, two letters or more."""
    return label.isalnum() and label.isupper() and sum(char.isalpha() for char in label) > 1


def _stem(word: str) -> str:
    """A word without the endings of number and gender of the languages of the scheme, where enough of it stays.

    "cooperatives", "cooperativas" and "cooperativa" are one, so are "Genossenschaften" and "Genossenschaft". It is coarse on
    purpose: two words that it confuses must also be a label of the scheme, word by word.
    """
    word = folded(word)
    if len(word) < 5:
        return word
    word = word[:-1] if word[-1] in "sx" else word
    for ending in ("en", "a", "e", "i", "o"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def stretches(text: str, pieces: Sequence[str]) -> list[str]:
    """``text`` cut at ``pieces``, which stand in it in this order: what is left between them."""
    left, at = [], 0
    for piece in pieces:
        begin = text.find(piece, at)
        if begin >= 0:
            left.append(text[at:begin])
            at = begin + len(piece)
    return [stretch for stretch in (*left, text[at:]) if stretch.strip()]

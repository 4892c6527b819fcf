"""What is wrong between concepts, however they were read: names of others that are not there, circles, a tag that two make."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.peers.concepts import PIVOT, Concept, Relation, folded
from kb.peers.tags import SPOKEN_OF

MAX_LABEL_CHARS = 150
MAX_TEXT_CHARS = 2_000  # of a definition or of what a word means somewhere: two sentences are 400


@dataclass(frozen=True)
class Fault:
    """Something wrong, or worth a look.

    Attributes:
        at: position of the concept among those given.
        field: of it, as a file writes it; ``meanings/0`` is the first of its meanings.
        says: a clause.
        is_remark: whether the concepts can be used all the same.
        other: position of the concept that it is about too; -1 for none.
    """

    at: int
    field: str
    says: str
    is_remark: bool = False
    other: int = -1


def faults_between(concepts: Sequence[Concept]) -> list[Fault]:
    """All that is wrong with these concepts together, in their order; remarks among them."""
    found = [
        *_said_twice(concepts),
        *_unknown(concepts),
        *_circles(concepts),
        *_of_each(concepts),
        *_shared_labels(concepts),
    ]
    return sorted(found, key=lambda fault: fault.at)


def suggestion(typed: str, known: Collection[str]) -> str:
    """The known word nearest to what was typed, as a clause to append; empty where none is near."""
    near = difflib.get_close_matches(typed[:100], sorted(known), n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def _said_twice(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """Ids and tags that two concepts have."""
    for field in ("id", "tag"):
        first: dict[str, int] = {}
        for at, concept in enumerate(concepts):
            said = str(getattr(concept, field))
            if said and first.setdefault(said, at) != at:
                yield Fault(at, field, f"the {field} {said} is there twice", other=first[said])


def _unknown(concepts: Sequence[Concept]) -> Iterator[Fault]:
    known = {concept.id for concept in concepts}
    for at, concept in enumerate(concepts):
        for field in ("broader", "related"):
            for other in getattr(concept, field):
                if other == concept.id:
                    yield Fault(at, field, f"{concept.id} is {field} to itself")
                elif other not in known:
                    yield Fault(at, field, f"{field} names {other}, which is no concept{suggestion(other, known)}")
        for other in sorted(set(concept.broader) & set(concept.related)):
            yield Fault(at, "related", f"{other} is both broader and related; a concept is one of them")


def _circles(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """Each circle of broader concepts once, told at the concept of it that comes first."""
    place = {concept.id: at for at, concept in enumerate(concepts)}
    above: Mapping[str, Sequence[str]] = {
        concept.id: [each for each in concept.broader if each in place and each != concept.id] for concept in concepts
    }
    done: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        turns = [iter([start])]
        while turns:  # without recursion: a hostile file may be a chain of a hundred thousand
            following = next(turns[-1], None)
            if following is None:
                turns.pop()
                if path:
                    done.add(path.popitem()[0])
            elif following in path:
                circle = [*path][[*path].index(following) :]
                says = f"broader goes in a circle: {' → '.join([*circle, following])}"
                yield Fault(min(place[each] for each in circle), "broader", says)
            elif following not in done:
                path[following] = None
                turns.append(iter(above[following]))


def _of_each(concepts: Sequence[Concept]) -> Iterator[Fault]:
    for at, concept in enumerate(concepts):
        if PIVOT not in concept.labels:
            says = f"{concept.id} has no label in {PIVOT}, which is shown where the reader's language has none"
            yield Fault(at, "labels", says, is_remark=True)
        if concept.tag and not is_tag(concept.tag):
            yield Fault(
                at, "tag", f"the tag {concept.tag} is none of {', '.join(f'{each}:…' for each in SPOKEN_OF)} in a–z 0–9 hyphen"
            )
        if concept.query and not concept.tag:
            yield Fault(at, "query", f"{concept.id} has a query and no tag; only a tag is looked for", is_remark=True)
        if not concept.definition:
            yield Fault(at, "id", f"{concept.id} has no definition", is_remark=True)
        if concept.definition and not concept.sources:
            yield Fault(at, "definition", f"the definition of {concept.id} has no source")
        yield from _of_meanings(at, concept)


def _of_meanings(at: int, concept: Concept) -> Iterator[Fault]:
    seen = set()
    for n, meaning in enumerate(concept.meanings):
        field = f"meanings/{n}"
        what = f"the meaning of {meaning.label} in {meaning.country}"
        if meaning.key in seen:
            yield Fault(at, field, f"{what} is there twice")
        seen.add(meaning.key)
        if not meaning.sources:
            yield Fault(at, field, f"{what} has no source")
        if meaning.instead and meaning.relation is not Relation.FALSE_FRIEND:
            yield Fault(at, field, f"{what} is no false friend, and says what to say instead", is_remark=True)


def _shared_labels(concepts: Sequence[Concept]) -> Iterator[Fault]:
    """A label that two concepts of one facet have in a language: search takes it for both."""
    first: dict[tuple[str, str, str], int] = {}
    for at, concept in enumerate(concepts):
        for language, word in concept.words():
            other = first.setdefault((concept.facet, language, folded(word)), at)
            if other != at:
                says = f"“{word}” ({language}) is also a label of {concepts[other].id}; search takes it for both"
                yield Fault(at, "labels", says, is_remark=True, other=other)


def is_tag(text: str) -> bool:
    """Whether it is written as controlled tags are: ``theme:women-and-gender``."""
    prefix, _, word = text.partition(":")
    return prefix in SPOKEN_OF and is_id(word)


def is_id(text: str) -> bool:
    """Whether it is letters a–z, figures and hyphens, 60 at most, and begins with no hyphen."""
    return 0 < len(text) <= 60 and text[0] != "-" and all(char in "abcdefghijklmnopqrstuvwxyz0123456789-" for char in text)

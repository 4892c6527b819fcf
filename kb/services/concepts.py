"""Look at concepts: the tree, one with what its words mean where, the passages and practices under it; and exchange them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.concepts import PIVOT, Concept, ConceptScheme, Facet, Meaning
from kb.retrieval.answer import SearchResult
from kb.services import searching, tagging
from kb.services.concept_exchange import GraphForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real

READ = "read the concepts"
SHOWN = 10  # passages of a concept


@dataclass(frozen=True)
class Twig:
    """A concept at its place in the tree.

    Attributes:
        depth: 0 for one that no other of its facet holds.
    """

    depth: int
    concept: Concept


@dataclass(frozen=True)
class ConceptView:
    """One concept and what is around it.

    Attributes:
        meanings: country → what words of the country mean, by country; where the concept is no more than a word there.
    """

    concept: Concept
    broader: tuple[Concept, ...]
    narrower: tuple[Concept, ...]
    related: tuple[Concept, ...]
    meanings: Mapping[str, tuple[Meaning, ...]]


@dataclass(frozen=True)
class Imported:
    """What was taken in.

    Attributes:
        file: of the concepts folder.
        remarks: what of the graph was left out or made up.
    """

    file: str
    scheme: ConceptScheme
    remarks: tuple[str, ...]


def tree(kb: KnowledgeBase, *, actor: Member, language: str = PIVOT) -> dict[Facet, tuple[Twig, ...]]:
    """Each facet that has concepts, with these as a page lists them: each below what holds it, sisters by label.

    A concept that two others hold is there twice.

    Args:
        language: whose labels order them.

    Raises:
        UnusableConcepts: if the concept files have faults.
    """
    scheme = _scheme(kb, actor)
    trees = {facet: tuple(_twigs(scheme, scheme.tops(facet), facet, language, 0)) for facet in Facet}
    return {facet: twigs for facet, twigs in trees.items() if twigs}


def concept(kb: KnowledgeBase, concept_id: str, *, actor: Member) -> ConceptView:
    """One concept, by its id or a label in any language.

    Raises:
        NotFound: if there is none; names the nearest.
        UnusableConcepts: if the concept files have faults.
    """
    scheme = _scheme(kb, actor)
    found = _one(scheme, concept_id)
    countries = sorted({meaning.country for meaning in found.meanings})
    return ConceptView(
        found,
        scheme.broader(found.id),
        scheme.narrower(found.id),
        scheme.related(found.id),
        {country: tuple(each for each in found.meanings if each.country == country) for country in countries},
    )


def passages(kb: KnowledgeBase, concept_id: str, *, actor: Member, language: str = PIVOT, k: int = SHOWN) -> SearchResult:
    """Passages that use a concept: its label is asked for, in this language, and by what else it is called.

    Raises:
        NotFound: if there is no such concept.
        UnusableConcepts: if the concept files have faults.
        UnusableIndex: as a search does.
    """
    label = _one(_scheme(kb, actor), concept_id).label(language)
    return searching.search(kb, label, actor=actor, k=k, facets=False, syntax=False)


def practices(kb: KnowledgeBase, concept_id: str, *, actor: Member) -> tuple[str, ...]:
    """Names of the practices with the tag of a concept or of one that it holds, sorted.

    Raises:
        NotFound: if there is no such concept.
        UnusableConcepts: if the concept files have faults.
    """
    scheme = _scheme(kb, actor)
    wanted = {each.tag for each in scheme.below(_one(scheme, concept_id).id) if each.tag}
    if not wanted:
        return ()
    tags = tagging.tags_by_practice(kb, actor=actor)
    return tuple(sorted(name for name, given in tags.items() if wanted & set(map(str, given))))


def export(kb: KnowledgeBase, form: GraphForm, *, actor: Member, base: str = "") -> bytes:
    """All concepts as SKOS.

    Args:
        base: address that ids are appended to; empty for one of our own.

    Raises:
        UnusableConcepts: if the concept files have faults.
    """
    return kb.concept_exchange.written(_scheme(kb, actor), form, base)


def take_in(kb: KnowledgeBase, data: bytes, form: GraphForm, *, name: str, actor: Member) -> Imported:
    """Read a graph of SKOS and keep its concepts as a file beside the others. Nothing that is there is changed.

    Args:
        name: of the file, without ending.

    Raises:
        UnusableConcepts: if the graph cannot be used, or what it says clashes with the concepts there are; nothing is kept.
        InvalidEntry: if there is a file of that name.
    """
    require(actor, Role.FACILITATOR, "import concepts")
    require_real(actor)
    scheme, remarks = kb.concept_exchange.read(data, form, name)
    return Imported(kb.concept_exchange.keep(scheme, name), scheme, remarks)


def _scheme(kb: KnowledgeBase, actor: Member) -> ConceptScheme:
    require(actor, Role.MEMBER, READ)
    return kb.concepts()


def _one(scheme: ConceptScheme, wanted: str) -> Concept:
    found = scheme.one(wanted) or next(iter(scheme.by_label(wanted)), None)
    if found is None:
        ids = [each.id for each in scheme.concepts]
        near = difflib.get_close_matches(wanted[:100], ids, n=1)
        if near:
            raise NotFound(f"There is no concept “{wanted[:100]}”; the nearest is {near[0]}.")
        raise NotFound(f"There is no concept “{wanted[:100]}”. See the list of all: kb concept list")
    return found


def _twigs(scheme: ConceptScheme, level: tuple[Concept, ...], facet: Facet, language: str, depth: int) -> Iterator[Twig]:
    for each in sorted(level, key=lambda each: (each.label(language).casefold(), each.id)):
        yield Twig(depth, each)
        inside = tuple(below for below in scheme.narrower(each.id) if below.facet is facet)
        yield from _twigs(scheme, inside, facet, language, depth + 1)

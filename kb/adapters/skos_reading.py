"""SKOS, ours or a stranger's, read into a concept scheme.

Addresses, codes and texts are checked as those of a file that people write; what is left out or made up is remarked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS
from rdflib.term import Node

from kb.adapters.concept_files import ADDRESS, ReadConcepts
from kb.adapters.skos import BASE, CODES, OWN
from kb.adapters.skos_parsing import parsed
from kb.errors import UnusableConcepts
from kb.peers import countries, languages
from kb.peers.concept_faults import MAX_LABEL_CHARS, MAX_TEXT_CHARS, faults_between, is_id, is_tag
from kb.peers.concepts import PIVOT, Concept, ConceptScheme, Facet, Meaning, Reference, Relation
from kb.retrieval.writable import one_line

MAX_CONCEPTS = 5_000
MAX_REMARKS = 100
_READ = frozenset(
    {SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.broader, SKOS.narrower, SKOS.related, SKOS.exactMatch, SKOS.closeMatch}
    | {SKOS.notation, SKOS.inScheme, SKOS.topConceptOf, SKOS.hasTopConcept}
)


def read_skos(data: bytes, form: str, *, name: str = "a graph") -> ReadConcepts:
    """A scheme from Turtle or JSON-LD, with remarks on what was left out or made up.

    Args:
        form: ``turtle`` or ``json-ld``.
        name: of the file, for a definition whose source is not told.

    Raises:
        UnusableConcepts: if it is too long, is no graph, asks for a context from elsewhere, has no concept, or contradicts itself.
    """
    reading = _Reading(parsed(data, form), name)
    scheme = reading.scheme()
    if not scheme.concepts:
        raise UnusableConcepts("The graph has no skos:Concept with a label; is it SKOS?")
    found = faults_between(scheme.concepts)
    if faults := [f"{scheme.concepts[fault.at].id}: {fault.says}" for fault in found if not fault.is_remark]:
        raise UnusableConcepts(f"The concepts cannot be used: {'; '.join(faults[:40])}.", faults=faults)
    return ReadConcepts(scheme, tuple(reading.remarks[:MAX_REMARKS]))


class _Reading:
    """One graph, concept by concept; what is left out is remarked."""

    def __init__(self, graph: Graph, name: str) -> None:
        self._graph, self._name = graph, name
        self.remarks: list[str] = []
        schemes = sorted(str(node) for node in graph.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(node, URIRef))
        self._base = schemes[0] if schemes else BASE
        if len(schemes) > 1:
            self.remarks.append(f"{len(schemes)} schemes are read as one, {self._base}")

    def scheme(self) -> ConceptScheme:
        """All concepts of the graph."""
        nodes = {node for node in self._graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}
        nodes |= {node for node in self._graph.subjects(SKOS.inScheme) if isinstance(node, URIRef)}
        if len(nodes) > MAX_CONCEPTS:
            raise UnusableConcepts(f"The graph has {len(nodes)} concepts; at most {MAX_CONCEPTS} are taken. Split it.")
        labelled = {node: labels for node in sorted(nodes) if (labels := self._labels(node))}
        if n_without := len(nodes) - len(labelled):
            self.remarks.append(f"{n_without} concepts without a label are left out")
        self._ids = self._named(labelled)
        concepts = [self._concept(node, labels) for node, labels in labelled.items()]
        self._remark_unread()
        name = next((str(value) for value in self._graph.objects(URIRef(self._base), DCTERMS.identifier)), "")
        return ConceptScheme.of(name if is_id(name) else "", concepts)

    def _named(self, labelled: dict[URIRef, dict[str, str]]) -> dict[Node, str]:
        """Node → id: the one it says, else one made of its English label, else of the end of its address."""
        ids: dict[Node, str] = {}
        taken: set[str] = set()
        for node, labels in labelled.items():
            said = [str(value) for value in self._graph.objects(node, DCTERMS.identifier) if is_id(str(value))]
            tail = re.split(r"[/#:]", str(node).rstrip("/#:"))[-1]
            label = labels.get(PIVOT) or labels[min(labels)]
            best = next((each for each in (*sorted(said), slug(label), slug(tail)) if each), "concept")
            unique = best
            for n in range(2, len(labelled) + 2):
                if unique not in taken:
                    break
                unique = f"{best[:50]}-{n}"
            taken.add(unique)
            ids[node] = unique
        return ids

    def _concept(self, node: URIRef, labels: dict[str, str]) -> Concept:
        identity = self._ids[node]
        is_ours = str(node) == self._base + identity
        definition = self._by_language(node, SKOS.definition, MAX_TEXT_CHARS)
        origin = () if is_ours or not ADDRESS.fullmatch(str(node)) else (str(node),)
        sources = self._sources(node)
        if definition and not sources:
            sources = (Reference(f"Imported from {one_line(self._name)[:MAX_LABEL_CHARS]}", *origin[:1]),)
        facet = self._text(node, OWN.facet)
        concept = Concept(
            id=identity,
            facet=Facet(facet) if facet in list(Facet) else Facet.THEMES,
            labels=labels,
            also=self._also(node, labels),
            definition=definition,
            sources=sources,
            query=self._text(node, OWN.query),
            broader=self._others(node, SKOS.broader, SKOS.narrower),
            related=tuple(self._ids[each] for each in self._graph.objects(node, SKOS.related) if each in self._ids),
            exact=(*self._addresses(node, SKOS.exactMatch), *origin),
            close=self._addresses(node, SKOS.closeMatch),
            codes=self._codes(node),
            meanings=tuple(meaning for each in self._graph.objects(node, OWN.meaning) if (meaning := self._meaning(each))),
        )
        tag = self._text(node, OWN.tag)
        return replace(concept, tag=tag) if is_tag(tag) else concept

    def _others(self, node: URIRef, above: URIRef, below: URIRef) -> tuple[str, ...]:
        """Ids of the concepts that hold this one, whichever of the two says so; of those in the graph."""
        found = {*self._graph.objects(node, above), *self._graph.subjects(below, node)}
        if outside := sum(each not in self._ids for each in found):
            self.remarks.append(f"{self._ids[node]}: {outside} broader concepts are not in the graph")
        return tuple(self._ids[each] for each in found if each in self._ids)

    def _meaning(self, node: Node) -> Meaning | None:
        label = next((each for each in self._graph.objects(node, RDFS.label) if isinstance(each, Literal) and each.language), None)
        country, relation = self._text(node, DCTERMS.spatial), self._text(node, OWN.relation)
        if label is None or countries.fault_of(country) or relation not in list(Relation):
            self.remarks.append(f"a meaning without label, country or relation is left out ({one_line(str(node))[:100]})")
            return None
        return Meaning(
            country,
            _primary(label),
            one_line(str(label))[:MAX_LABEL_CHARS],
            Relation(relation),
            self._by_language(node, SKOS.definition, MAX_TEXT_CHARS),
            self._text(node, OWN.legalReference),
            tuple(one_line(str(word))[:MAX_LABEL_CHARS] for word in self._graph.objects(node, OWN.instead)),
            self._sources(node),
        )

    # values --------------------------------------------------------------------------------------------------------------

    def _labels(self, node: URIRef) -> dict[str, str]:
        return self._by_language(node, SKOS.prefLabel, MAX_LABEL_CHARS)

    def _also(self, node: URIRef, labels: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """Other labels; a second preferred one of a language ("en-GB" beside "en") is one of them."""
        found: dict[str, list[str]] = {}
        for predicate in (SKOS.altLabel, SKOS.prefLabel):
            for language, text in self._literals(node, predicate, MAX_LABEL_CHARS):
                if predicate == SKOS.altLabel or labels[language] != text:
                    found.setdefault(language, []).append(text)
        return {language: tuple(words) for language, words in found.items()}

    def _by_language(self, node: Node, predicate: URIRef, most: int) -> dict[str, str]:
        """Language → text; the first by spelling where a language has several."""
        found: dict[str, str] = {}
        for language, text in self._literals(node, predicate, most):
            found.setdefault(language, text)
        return found

    def _literals(self, node: Node, predicate: URIRef, most: int) -> Iterator[tuple[str, str]]:
        """Language and text; those in the plain language before those of a region; what names no language is taken for English."""
        given = [each for each in self._graph.objects(node, predicate) if isinstance(each, Literal)]
        for each in sorted(given, key=lambda each: (len(each.language or ""), str(each))):
            text = one_line(str(each))[:most].strip()
            if text and not languages.fault_of(_primary(each)):
                yield _primary(each), text

    def _text(self, node: Node, predicate: URIRef) -> str:
        found = sorted(str(each) for each in self._graph.objects(node, predicate) if isinstance(each, Literal))
        return one_line(found[0])[:MAX_TEXT_CHARS].strip() if found else ""

    def _addresses(self, node: URIRef, predicate: URIRef) -> tuple[str, ...]:
        return tuple(str(each) for each in self._graph.objects(node, predicate) if ADDRESS.fullmatch(str(each)))

    def _codes(self, node: URIRef) -> dict[str, str]:
        codes: dict[str, str] = {}
        for each in sorted(self._graph.objects(node, SKOS.notation), key=str):
            kind = str(getattr(each, "datatype", None) or "")
            name = kind.removeprefix(CODES) if kind.startswith(CODES) else slug(re.split(r"[/#:]", kind)[-1]) or "notation"
            if is_id(name) and (code := one_line(str(each))[:MAX_LABEL_CHARS]):
                codes.setdefault(name, code)
        return codes

    def _sources(self, node: Node) -> tuple[Reference, ...]:
        return tuple(source for each in self._graph.objects(node, DCTERMS.source) if (source := self._source(each)))

    def _source(self, node: Node) -> Reference | None:
        title = one_line(str(node))[:MAX_LABEL_CHARS] if isinstance(node, Literal) else self._text(node, DCTERMS.title)
        pages = [str(each) for each in self._graph.objects(node, FOAF.page)]
        own = [str(node)] if isinstance(node, URIRef) and not str(node).startswith(self._base) else []
        address = next((each for each in (*sorted(pages), *own) if ADDRESS.fullmatch(each)), "")
        return Reference(title or address, address) if title or address else None

    def _remark_unread(self) -> None:
        """Name what SKOS says in the graph that a scheme here has no place for."""
        used = {predicate for predicate in self._graph.predicates() if str(predicate).startswith(str(SKOS))} - _READ
        if used:
            names = ", ".join(sorted(f"skos:{str(each).removeprefix(str(SKOS))}" for each in used))
            self.remarks.append(f"not taken over: {one_line(names)[:300]}")


def _primary(literal: Literal) -> str:
    """The primary tag of a literal's language; English where it names none."""
    return str(literal.language or PIVOT).lower().partition("-")[0]


def slug(text: str) -> str:
    """An id made of a label or an address; empty where it has no letter a–z."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    made = re.sub(r"[^a-z0-9]+", "-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")[:50].strip("-")
    return made if re.search(r"[a-z]", made) else ""

"""A concept scheme as SKOS, in Turtle and JSON-LD, there and back.

A concept is a ``skos:Concept`` with ``prefLabel``, ``altLabel``, ``definition``, ``broader``, ``related``, ``exactMatch``,
``closeMatch``, ``inScheme``, ``topConceptOf`` (of one that nothing holds), ``notation`` (a code of another scheme, whose name is
the notation's datatype), ``dct:source`` and ``dct:identifier`` (its id).

SKOS has no word for what a label means in one country. That is in a small vocabulary of our own, :data:`OWN`:

==================  =============  ==============================================================================
term                of             value
==================  =============  ==============================================================================
``facet``           a concept      part of the tree: ``forms``, ``themes``, …
``tag``             a concept      the controlled tag that it makes
``query``           a concept      words of that tag's standing query, English
``meaning``         a concept      a ``Meaning``: a local word, named by ``rdfs:label`` in its language, with ``dct:spatial``
                                   (country, ``dct:ISO3166``), ``skos:definition`` (what it means there) and ``dct:source``
``relation``        a meaning      ``exact``, ``close``, ``broader``, ``narrower``, ``related``, ``false-friend``
``legalReference``  a meaning      the law that defines the word
``instead``         a meaning      a word of that country that does mean the concept
==================  =============  ==============================================================================

A source is a ``dct:BibliographicResource`` with ``dct:title`` and, where there is one, ``foaf:page``. Every node has an address of
its own, none is blank, so that two exports of one scheme are the same graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS

from kb.peers.concepts import Concept, ConceptScheme, Meaning, Reference

BASE = "urn:plp-kb:concepts:"  # of concepts, unless an installation gives its own
OWN = Namespace("urn:plp-kb:vocabulary#")
CODES = "urn:plp-kb:codes:"  # datatypes of notations: the name of the other scheme follows
MEDIA_TYPES = {"turtle": "text/turtle", "json-ld": "application/ld+json"}


def graph_of(scheme: ConceptScheme, *, base: str = BASE) -> Graph:
    """The scheme as a graph, whose concepts are ``base`` + id."""
    graph = Graph()
    _Writer(graph, base).write(scheme)
    return graph


def written(scheme: ConceptScheme, form: str, *, base: str = BASE) -> bytes:
    """The scheme as a file.

    Args:
        form: of :data:`MEDIA_TYPES`.
        base: an address; ids of concepts are appended to it.
    """
    graph = graph_of(scheme, base=base)
    prefixes = {"skos": SKOS, "dct": DCTERMS, "foaf": FOAF, "rdfs": RDFS, "kb": OWN}
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace)
    if form == "json-ld":
        context = {prefix: str(namespace) for prefix, namespace in prefixes.items()}
        return bytes(graph.serialize(format="json-ld", context=context, indent=1, encoding="utf-8"))
    return bytes(graph.serialize(format="turtle", encoding="utf-8"))


class _Writer:
    """Adds a scheme to a graph."""

    def __init__(self, graph: Graph, base: str) -> None:
        self._graph, self._base, self._scheme = graph, base, URIRef(base)

    def write(self, scheme: ConceptScheme) -> None:
        """All of it."""
        self._graph.add((self._scheme, RDF.type, SKOS.ConceptScheme))
        if scheme.name:
            self._graph.add((self._scheme, DCTERMS.identifier, Literal(scheme.name)))
        for concept in scheme.concepts:
            self._concept(concept)

    def _concept(self, concept: Concept) -> None:
        add, node = self._graph.add, self._node(concept.id)
        add((node, RDF.type, SKOS.Concept))
        add((node, DCTERMS.identifier, Literal(concept.id)))
        add((node, SKOS.inScheme, self._scheme))
        add((node, OWN.facet, Literal(concept.facet.value)))
        self._texts(node, SKOS.prefLabel, concept.labels)
        for language, words in concept.also.items():
            for word in words:
                add((node, SKOS.altLabel, Literal(word, lang=language)))
        self._texts(node, SKOS.definition, concept.definition)
        for predicate, ids in ((SKOS.broader, concept.broader), (SKOS.related, concept.related)):
            for other in ids:
                add((node, predicate, self._node(other)))
        if not concept.broader:
            add((node, SKOS.topConceptOf, self._scheme))
        for predicate, addresses in ((SKOS.exactMatch, concept.exact), (SKOS.closeMatch, concept.close)):
            for address in addresses:
                add((node, predicate, URIRef(address)))
        for name, code in concept.codes.items():
            add((node, SKOS.notation, Literal(code, datatype=URIRef(CODES + name))))
        if concept.tag:
            add((node, OWN.tag, Literal(concept.tag)))
        if concept.query:
            add((node, OWN.query, Literal(concept.query, lang="en")))
        self._sources(node, concept.sources)
        for meaning in concept.meanings:
            self._meaning(node, concept.id, meaning)

    def _meaning(self, concept: URIRef, concept_id: str, meaning: Meaning) -> None:
        add = self._graph.add
        node = self._node(f"{concept_id}/meaning/{_digest(*meaning.key)}")
        add((concept, OWN.meaning, node))
        add((node, RDF.type, OWN.Meaning))
        add((node, RDFS.label, Literal(meaning.label, lang=meaning.language)))
        add((node, DCTERMS.spatial, Literal(meaning.country, datatype=DCTERMS.ISO3166)))
        add((node, OWN.relation, Literal(meaning.relation.value)))
        self._texts(node, SKOS.definition, meaning.says)
        if meaning.legal:
            add((node, OWN.legalReference, Literal(meaning.legal)))
        for word in meaning.instead:
            add((node, OWN.instead, Literal(word, lang=meaning.language)))
        self._sources(node, meaning.sources)

    def _texts(self, node: URIRef, predicate: URIRef, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            self._graph.add((node, predicate, Literal(text, lang=language)))

    def _sources(self, node: URIRef, sources: Iterable[Reference]) -> None:
        for source in sources:
            other = self._node(f"source/{_digest(source.title, source.address)}")
            self._graph.add((node, DCTERMS.source, other))
            self._graph.add((other, RDF.type, DCTERMS.BibliographicResource))
            self._graph.add((other, DCTERMS.title, Literal(source.title)))
            if source.address:
                self._graph.add((other, FOAF.page, URIRef(source.address)))

    def _node(self, name: str) -> URIRef:
        return URIRef(self._base + name)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()

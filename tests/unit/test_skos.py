"""Concepts as SKOS: what goes out comes in again, a stranger's graph is read, and nothing is fetched."""

from __future__ import annotations

import contextlib
import json
import socket
from pathlib import Path

import pytest
from generated_concepts import schemes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SKOS

from kb.adapters.concept_files import read_concepts
from kb.adapters.concept_writing import as_yaml
from kb.adapters.skos import BASE, MEDIA_TYPES, graph_of, written
from kb.adapters.skos_parsing import MAX_BYTES
from kb.adapters.skos_reading import read_skos
from kb.errors import UnusableConcepts
from kb.peers.concepts import ConceptScheme, Facet

ROOT = Path(__file__).parents[2]
STRANGER = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ev: <http://eurovoc.europa.eu/> .
ev:100141 a skos:ConceptScheme .
ev:3082 a skos:Concept ; skos:inScheme ev:100141 ;
    skos:prefLabel "social economy"@en, "économie sociale"@fr, "gospodarka społeczna"@pl ;
    skos:altLabel "economic solidarity"@en-GB, "tiers secteur"@fr-FR ; skos:notation "1621" ;
    skos:definition "An economy of people."@en ; skos:broader ev:637 ; skos:narrower ev:227 ; skos:scopeNote "note"@en .
ev:227 a skos:Concept ; skos:prefLabel "cooperative"@en ; skos:related ev:c_5f90006e ; skos:exactMatch <http://x.org/coop> .
ev:c_5f90006e a skos:Concept ; skos:prefLabel "социальное предприятие"@ru .
ev:9 a skos:Concept .
"""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


# there and back ----------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schemes(), st.sampled_from(sorted(MEDIA_TYPES)), st.sampled_from([BASE, "https://example.org/concepts/"]))
def test_what_is_exported_is_imported_as_it_was(scheme: ConceptScheme, form: str, base: str) -> None:
    back = read_skos(written(scheme, form, base=base), form)

    assert back.scheme == scheme
    assert back.remarks == ()
    assert isomorphic(graph_of(back.scheme, base=base), graph_of(scheme, base=base))


@settings(max_examples=100, deadline=None)
@given(schemes())
def test_a_scheme_written_as_a_file_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, scheme: ConceptScheme) -> None:
    folder = tmp_path_factory.mktemp("written")
    (folder / "all.yaml").write_text(as_yaml(scheme), encoding="utf-8")

    assert read_concepts(folder).scheme == scheme


@pytest.mark.parametrize("form", sorted(MEDIA_TYPES))
def test_the_concepts_of_the_project_go_out_and_come_in(form: str) -> None:
    scheme = read_concepts(ROOT / "corpus" / "concepts").scheme
    graph = graph_of(scheme)

    back = read_skos(written(scheme, form), form).scheme

    assert len(scheme) >= 120
    assert back == scheme
    assert isomorphic(graph_of(back), graph)


def test_a_reader_of_skos_finds_its_own_words() -> None:
    """What another program looks for is said in SKOS, not in our vocabulary."""
    scheme = read_concepts(ROOT / "corpus" / "concepts").scheme
    graph = Graph().parse(data=written(scheme, "turtle"), format="turtle")
    node = URIRef(f"{BASE}social-economy")
    concept = scheme.one("social-economy")
    assert concept is not None

    assert (node, RDF.type, SKOS.Concept) in graph
    assert {str(each) for each in graph.objects(node, SKOS.prefLabel)} == set(concept.labels.values())
    assert {str(each) for each in graph.objects(node, SKOS.broader)} == {BASE + each for each in concept.broader}
    tops = {str(each).removeprefix(BASE) for each in graph.subjects(SKOS.topConceptOf, URIRef(BASE))}
    assert tops == {each.id for each in scheme.concepts if not each.broader}


# strangers ---------------------------------------------------------------------------------------------------------------


def test_a_strangers_skos_is_read() -> None:
    """By hand: broader and narrower are one relation, regions become languages, addresses become exact matches."""
    found = read_skos(STRANGER.encode(), "turtle", name="eurovoc.ttl")
    social, cooperative = found.scheme.one("social-economy"), found.scheme.one("cooperative")
    assert social is not None
    assert cooperative is not None

    assert len(found.scheme) == 3
    assert social.labels == {"en": "social economy", "fr": "économie sociale", "pl": "gospodarka społeczna"}
    assert social.also == {"en": ("economic solidarity",), "fr": ("tiers secteur",)}
    assert social.codes == {"notation": "1621"}
    assert social.facet is Facet.THEMES
    assert [(source.title, source.address) for source in social.sources] == [
        ("Imported from eurovoc.ttl", "http://eurovoc.europa.eu/3082")
    ]
    assert cooperative.broader == ("social-economy",)
    assert cooperative.exact == ("http://eurovoc.europa.eu/227", "http://x.org/coop")
    assert [each.id for each in found.scheme.related("cooperative")] == ["c-5f90006e"]  # no letter a–z in its only label
    assert sorted(found.remarks) == [
        "1 concepts without a label are left out",
        "not taken over: skos:scopeNote",
        "social-economy: 1 broader concepts are not in the graph",
    ]


def test_the_same_from_json_ld() -> None:
    turtle = read_skos(STRANGER.encode(), "turtle", name="x").scheme
    data = Graph().parse(data=STRANGER, format="turtle").serialize(format="json-ld", encoding="utf-8")

    assert read_skos(data, "json-ld", name="x").scheme == turtle


def test_two_concepts_of_one_name_have_two_ids() -> None:
    two = "".join(f'<http://x.org/{n}> a skos:Concept ; skos:prefLabel "bank"@en .\n' for n in (1, 2, 3))
    scheme = read_skos(f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{two}".encode(), "turtle").scheme

    assert [each.id for each in scheme.concepts] == ["bank", "bank-2", "bank-3"]


def test_a_graph_that_contradicts_itself_is_refused_with_all_faults() -> None:
    bad = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <http://x.org/> .
    :a a skos:Concept ; skos:prefLabel "a"@en ; skos:broader :b .
    :b a skos:Concept ; skos:prefLabel "b"@en ; skos:broader :a ; skos:related :b ."""

    with pytest.raises(UnusableConcepts) as caught:
        read_skos(bad.encode(), "turtle")

    assert sorted(caught.value.faults) == ["a: broader goes in a circle: a → b → a", "b: b is related to itself"]


# hostile -----------------------------------------------------------------------------------------------------------------

CONTEXT = "https://evil.example/context.jsonld"


@pytest.mark.parametrize(
    "asks",
    [
        {"@context": CONTEXT, "@graph": []},
        {"@context": ["https://schema.org", {"a": "b"}]},
        {"@context": [{"skos": "x"}, CONTEXT]},
        {"@context": {"@import": CONTEXT}},
        {"@context": {"term": {"@id": "http://x.org/t", "@context": CONTEXT}}},
        {"@graph": [{"@id": "http://x.org/a", "nested": {"@context": CONTEXT}}]},
        [{"@context": "relative.jsonld"}],
        {"@context": "file:///etc/hostname"},
    ],
)
def test_a_context_from_elsewhere_is_refused(asks: object, no_network: None) -> None:
    with pytest.raises(UnusableConcepts, match="asks for a context from elsewhere"):
        read_skos(json.dumps(asks).encode(), "json-ld")


def test_nothing_that_a_graph_names_is_fetched(no_network: None) -> None:
    names = STRANGER + "<http://evil.example/> <http://www.w3.org/2002/07/owl#imports> <http://evil.example/more.ttl> ."

    assert len(read_skos(names.encode(), "turtle").scheme) == 3


@pytest.mark.parametrize(
    ("data", "form", "says"),
    [
        (b"this is no turtle", "turtle", "cannot be read as Turtle"),
        (b"\xff\xfe\x00", "turtle", "not UTF-8"),
        (b"{", "json-ld", "cannot be read as JSON-LD"),
        (b"[" * 100_000, "json-ld", "cannot be read as JSON-LD"),
        (b"<a> <b> " + b"[ <c> " * 5_000, "turtle", "cannot be read as Turtle"),
        (b"", "turtle", "is it SKOS"),
        (b"{}", "json-ld", "is it SKOS"),
        (b" " * (MAX_BYTES + 1), "turtle", "at most 8 are taken"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>', "turtle", "cannot be read as Turtle"),
    ],
)
def test_what_is_no_graph_is_told_in_a_sentence(data: bytes, form: str, says: str, no_network: None) -> None:
    with pytest.raises(UnusableConcepts, match=says):
        read_skos(data, form)


def test_texts_of_a_stranger_are_bounded_and_plain() -> None:
    label = json.dumps("a\u202e\u0007 b\n" + "x" * 10_000)
    data = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <http://x.org/a> a skos:Concept ; "
    data += f"skos:prefLabel {label}@en ; skos:exactMatch <javascript:alert(1)> ."

    (concept,) = read_skos(data.encode(), "turtle").scheme.concepts

    assert concept.labels["en"].startswith("a b x")
    assert len(concept.labels["en"]) == 150
    assert concept.exact == ("http://x.org/a",)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(MEDIA_TYPES)))
def test_any_bytes_are_a_graph_or_a_sentence(data: bytes, form: str) -> None:
    with contextlib.suppress(UnusableConcepts):
        assert read_skos(data, form).scheme.concepts

"""A scheme of concepts: looking things up, and what is wrong between concepts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated_concepts import schemes
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.concept_faults import faults_between, is_id, is_tag
from kb.peers.concepts import Concept, ConceptScheme, Facet, Meaning, Reference, Relation, folded

SOURCE = (Reference("A law"),)


def concept(name: str, *broader: str, facet: Facet = Facet.FORMS, **fields: object) -> Concept:
    given = {"labels": {"en": name}, "definition": {"en": "…"}, "sources": SOURCE, **fields}
    return Concept(name, facet, broader=broader, **given)  # type: ignore[arg-type]


SSE = ConceptScheme.of(
    "sse",
    [
        concept("sse"),
        concept("social-economy", "sse", labels={"en": "Social economy", "fr": "Économie sociale"}, also={"en": ("SE",)}),
        concept("cooperative", "social-economy", tag="theme:cooperatives", related=("bank",)),
        concept("bank", "cooperative", facet=Facet.FINANCE),
        concept("womens-bank", "bank", "cooperative", facet=Facet.FINANCE),
    ],
)


def ids(concepts: tuple[Concept, ...]) -> list[str]:
    return [each.id for each in concepts]


def says(*concepts: Concept, remarks: bool = False) -> list[str]:
    return [fault.says for fault in faults_between(concepts) if fault.is_remark is remarks]


# look-ups ----------------------------------------------------------------------------------------------------------------


def test_concepts_are_found_by_id_label_and_tag() -> None:
    assert ids(SSE.by_label("ECONOMIE  sociale")) == ["social-economy"]
    assert ids(SSE.by_label("se")) == ["social-economy"]
    assert SSE.by_label("economy") == ()
    assert SSE.by_tag("theme:cooperatives") is SSE.one("cooperative")
    assert SSE.by_tag("") is None
    assert SSE.tags == ("theme:cooperatives",)
    assert SSE.one("nothing") is None


def test_above_below_and_beside() -> None:
    assert ids(SSE.broader("womens-bank")) == ["bank", "cooperative"]
    assert ids(SSE.narrower("cooperative")) == ["bank", "womens-bank"]
    assert ids(SSE.below("social-economy")) == ["social-economy", "cooperative", "bank", "womens-bank"]
    assert ids(SSE.related("bank")) == ["cooperative"]
    assert ids(SSE.related("cooperative")) == ["bank"]
    assert ids(SSE.tops(Facet.FORMS)) == ["sse"]
    assert ids(SSE.tops(Facet.FINANCE)) == ["bank"]
    assert SSE.below("nothing") == ()


def test_a_label_falls_back_to_english_and_then_to_what_there_is() -> None:
    economy = SSE.one("social-economy")
    assert economy is not None

    assert [economy.label(each) for each in ("fr", "de", "en")] == ["Économie sociale", "Social economy", "Social economy"]
    assert replace(economy, labels={"ro": "economie socială"}).label("de") == "economie socială"


def test_the_standing_query_is_the_one_given_or_label_and_definition() -> None:
    assert concept("a", definition={"en": "What a is."}).standing_query == "a. What a is."
    assert concept("a", query="words of a").standing_query == "words of a"


@given(schemes(), st.randoms())
def test_the_order_in_which_concepts_are_given_does_not_matter(scheme: ConceptScheme, chance: st.randoms) -> None:  # type: ignore[valid-type]
    shuffled = list(scheme.concepts)
    chance.shuffle(shuffled)

    assert ConceptScheme.of(scheme.name, shuffled) == scheme
    assert hash(ConceptScheme.of(scheme.name, shuffled)) == hash(scheme)


@given(schemes())
def test_look_ups_agree_with_each_other(scheme: ConceptScheme) -> None:
    for each in scheme.concepts:
        assert scheme.one(each.id) is each
        assert all(each in scheme.narrower(above.id) for above in scheme.broader(each.id))
        assert all(each in scheme.related(other.id) for other in scheme.related(each.id))
        assert all(each in scheme.by_label(word) for _, word in each.words())
        assert set(ids(scheme.narrower(each.id))) <= set(ids(scheme.below(each.id)))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


# faults ------------------------------------------------------------------------------------------------------------------


@given(schemes())
def test_a_sound_scheme_has_no_fault(scheme: ConceptScheme) -> None:
    assert [fault for fault in faults_between(scheme.concepts) if not fault.is_remark] == []


def test_names_of_others_must_be_there() -> None:
    assert says(concept("cooperative", "sse", related=("co",)), concept("coop", "cooperativ")) == [
        "broader names sse, which is no concept",
        "related names co, which is no concept (did you mean coop?)",
        "broader names cooperativ, which is no concept (did you mean cooperative?)",
    ]


@pytest.mark.parametrize(
    ("above", "circle"),
    [
        ({"a": ["b"], "b": ["a"]}, "a → b → a"),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, "b → c → b"),
        ({"x": [], "a": ["x", "c"], "b": ["a"], "c": ["b", "x"]}, "a → c → b → a"),
    ],
)
def test_a_circle_is_told_once(above: dict[str, list[str]], circle: str) -> None:
    assert says(*(concept(name, *broader) for name, broader in above.items())) == [f"broader goes in a circle: {circle}"]


def test_a_long_chain_is_no_circle_and_no_recursion() -> None:
    chain = [concept(f"c{n}", *([f"c{n + 1}"] if n < 4_999 else [])) for n in range(5_000)]

    assert says(*chain) == []
    assert len(says(*chain, concept("c4999", "c0"))) == 2  # its id is there twice, and the circle


@given(st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from("abcde"), max_size=3, unique=True)))
def test_a_circle_is_told_exactly_where_there_is_one(above: dict[str, list[str]]) -> None:
    """Oracle: leave out, again and again, what nothing is above; what stays is a circle or below one."""
    left = {name: {each for each in broader if each in above and each != name} for name, broader in above.items()}
    while free := {name for name, broader in left.items() if not broader & left.keys()}:
        left = {name: broader for name, broader in left.items() if name not in free}

    told = [fault for fault in says(*(concept(name, *broader) for name, broader in above.items())) if "circle" in fault]

    assert bool(told) == bool(left)


def test_ids_tags_and_meanings_are_there_once() -> None:
    meaning = Meaning("DE", "de", "Wort", Relation.CLOSE, {"en": "x"}, sources=SOURCE)
    twice = [concept("a", tag="theme:a"), concept("b", tag="theme:a"), concept("a")]

    assert says(*twice) == ["the tag theme:a is there twice", "the id a is there twice"]
    assert says(concept("a", meanings=(meaning, replace(meaning, label="WORT")))) == ["the meaning of WORT in DE is there twice"]


def test_what_is_said_has_a_source() -> None:
    bare = Meaning("DE", "de", "Wort", Relation.CLOSE, {"en": "x"})

    assert says(concept("a", sources=(), meanings=(bare,))) == [
        "the definition of a has no source",
        "the meaning of Wort in DE has no source",
    ]


def test_remarks_do_not_stop_anybody() -> None:
    odd = concept("a", labels={"fr": "Même"}, definition={}, query="x")
    same = concept("b", labels={"fr": "meme"})

    assert says(odd, same) == []
    assert says(odd, same, remarks=True) == [
        "a has no label in en, which is shown where the reader's language has none",
        "a has a query and no tag; only a tag is looked for",
        "a has no definition",
        "b has no label in en, which is shown where the reader's language has none",
        "“meme” (fr) is also a label of a; search takes it for both",
    ]
    assert says(odd, replace(same, facet=Facet.LAW), remarks=True)[-1].startswith("b has no label")


def test_related_and_broader_exclude_each_other() -> None:
    assert says(concept("a"), concept("b", "a", related=("a", "b"))) == [
        "b is related to itself",
        "a is both broader and related; a concept is one of them",
    ]


@pytest.mark.parametrize("name", ["", "-a", "A", "a b", "é", "a" * 61, "a_b", "１"])
def test_an_id_is_letters_figures_and_hyphens(name: str) -> None:
    assert not is_id(name)
    assert is_id("work-integration-2")
    assert is_tag("sdg:5")
    assert not is_tag(f"theme:{name}")
    assert not is_tag("colour:red")

"""From the words of a question to the concepts that it names, by hand on a small scheme; and what holds for every scheme."""

from __future__ import annotations

import string

import pytest
from generated_concepts import schemes, texts
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.concepts import Concept, ConceptScheme, Facet, Meaning, Reference, Relation
from kb.peers.expansion import ALSO_WORTH, MAX_NAMED, MAX_TERMS, Naming, is_acronym, stretches
from kb.retrieval.widening import Term, Widening

SOURCE = (Reference("A law"),)


def meaning(country: str, language: str, label: str, relation: Relation, *instead: str) -> Meaning:
    return Meaning(country, language, label, relation, {"en": f"{label} there"}, "", instead, SOURCE)


SCHEME = ConceptScheme.of(
    "sse",
    [
        Concept(
            "social-economy",
            Facet.FORMS,
            {"en": "social economy", "fr": "économie sociale", "es": "economía social", "de": "Sozialökonomie"},
            {"en": ("third sector", "SE"), "fr": ("tiers secteur",)},
            meanings=(
                meaning("DE", "de", "Sozialwirtschaft", Relation.FALSE_FRIEND, "Sozialökonomie"),
                meaning("PL", "pl", "ekonomia społeczna", Relation.NARROWER),
                meaning("GB", "en", "civil society", Relation.BROADER),
                meaning("IT", "it", "economia civile", Relation.CLOSE),
                meaning("CA", "fr", "économie sociale", Relation.FALSE_FRIEND),
            ),
        ),
        Concept("welfare", Facet.FORMS, {"en": "welfare services", "de": "Sozialwirtschaft"}),
        Concept("cooperative", Facet.FORMS, {"en": "cooperative", "it": "cooperativa", "de": "Genossenschaft"}),
        Concept(
            "womens-cooperative", Facet.GENDER, {"en": "women's cooperative", "de": "Frauengenossenschaft"},
            {"en": ("women-led cooperative",)},
        ),
        Concept("wise", Facet.FORMS, {"en": "work integration social enterprise", "fr": "insertion par l’activité économique"},
                {"en": ("WISE",), "fr": ("IAE", "ESS")}),
    ],
)  # fmt: skip
NAMING = Naming(SCHEME)


def widen(*question: str) -> Widening:
    return NAMING.widen(question)


def named(*question: str) -> list[tuple[str, str]]:
    return [(each.id, each.typed) for each in widen(*question).named]


# naming ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is the SOCIAL  Economy?", [("social-economy", "SOCIAL  Economy")]),
        ("la economia social española", [("social-economy", "economia social")]),
        ("cooperatives in Italy", [("cooperative", "cooperatives")]),
        ("le cooperative sociali", [("cooperative", "cooperative")]),
        ("Genossenschaften?", [("cooperative", "Genossenschaften")]),
        ("a women-led cooperative", [("womens-cooperative", "women-led cooperative")]),
        (
            "women-led cooperatives and the third sector",
            [("womens-cooperative", "women-led cooperatives"), ("social-economy", "third sector")],
        ),
        ("l'insertion par l'activité économique", [("wise", "insertion par l'activité économique")]),
        ("economia civile", [("social-economy", "economia civile")]),
        ("social work in the economy", []),
        ("socialeconomy", []),
        ("", []),
        ("…!", []),
    ],
)  # fmt: skip
def test_the_longest_label_names_a_concept_in_any_language(question: str, found: list[tuple[str, str]]) -> None:
    assert named(question) == found


def test_an_acronym_is_written_in_capitals() -> None:
    assert named("WISE in Wales") == [("wise", "WISE")]
    assert named("WISEs in Wales") == [("wise", "WISEs")]
    assert named("a wise decision, Wise men") == []
    assert named("Wann isst man? ess ich") == []
    assert [is_acronym(word) for word in ("SSE", "SDG5", "Sse", "A", "B4", "5", "B Corp")] == [
        True,
        True,
        False,
        False,
        False,
        False,
        False,
    ]


def test_a_word_that_means_less_or_more_names_nothing() -> None:
    assert named("ekonomia społeczna") == []
    assert named("civil society") == []


def test_a_label_does_not_reach_over_what_was_cut_out() -> None:
    assert named("social", "economy") == []
    assert named("the social economy", "social economies") == [("social-economy", "social economy")]


def test_stretches_are_what_is_left_of_the_question() -> None:
    assert stretches('social "x y" economy country:IT now', ['"x y"', "country:IT"]) == ["social ", " economy ", " now"]
    assert stretches("plain", []) == ["plain"]
    assert stretches('"only"', ['"only"']) == []


# terms -------------------------------------------------------------------------------------------------------------------


def test_a_concept_is_also_called_what_it_is_called_elsewhere() -> None:
    """Preferred labels weigh all, others less; what means more than the concept and what misleads are never among them."""
    (found,) = widen("the social economy").named

    assert found.label == "social economy"
    assert found.also_searched == (
        Term("Sozialökonomie", "de"),
        Term("economía social", "es"),
        Term("économie sociale", "fr"),
        Term("SE", "en", ALSO_WORTH),
        Term("tiers secteur", "fr", ALSO_WORTH),
        Term("economia civile", "it", ALSO_WORTH),
        Term("ekonomia społeczna", "pl", ALSO_WORTH),
    )


def test_in_its_own_language_only_an_acronym_and_its_words_stand_for_each_other() -> None:
    assert [term.text for term in widen("WISE").named[0].also_searched] == [
        "work integration social enterprise", "insertion par l’activité économique", "ESS", "IAE",
    ]  # fmt: skip
    assert [term.text for term in widen("insertion par l'activité économique").named[0].also_searched] == [
        "work integration social enterprise", "WISE", "ESS", "IAE",
    ]  # fmt: skip


# warnings ----------------------------------------------------------------------------------------------------------------


def test_a_false_friend_is_told_and_never_searched() -> None:
    found = widen("Ist die Sozialwirtschaft sozial?")
    (warning,) = found.warnings

    assert (warning.typed, warning.concept, warning.label, warning.country) == (
        "Sozialwirtschaft", "social-economy", "social economy", "DE",
    )  # fmt: skip
    assert (warning.says["en"], warning.instead) == ("Sozialwirtschaft there", ("Sozialökonomie",))
    assert [each.id for each in found.named] == ["welfare"]
    assert [term.text for term in found.named[0].also_searched] == ["welfare services"]


def test_a_label_that_misleads_in_one_country_names_its_concept_and_warns() -> None:
    found = widen("l’économie sociale")

    assert [each.id for each in found.named] == ["social-economy"]
    assert [each.country for each in found.warnings] == ["CA"]
    assert "économie sociale" in {term.text for term in widen("social economy").named[0].also_searched}


# every scheme ------------------------------------------------------------------------------------------------------------


@given(schemes(), st.lists(st.one_of(texts, st.text(string.printable, max_size=30)), max_size=5))
def test_what_is_told_is_in_the_question_and_in_the_scheme(scheme: ConceptScheme, question: list[str]) -> None:
    found = Naming(scheme).widen(question)

    assert len(found.named) <= MAX_NAMED
    assert len({each.id for each in found.named}) == len(found.named)
    for each in found.named:
        concept = scheme.one(each.id)
        assert concept is not None
        assert any(each.typed in stretch for stretch in question)
        assert len(each.also_searched) <= MAX_TERMS
        local = {(meaning.language, meaning.label): meaning.relation for meaning in concept.meanings}
        words = set(concept.words())
        for term in each.also_searched:
            place = term.language, term.text
            assert place in words or local[place] in {Relation.EXACT, Relation.CLOSE, Relation.NARROWER}


@given(schemes())
def test_every_label_with_a_letter_names_its_concept(scheme: ConceptScheme) -> None:
    naming = Naming(scheme)
    for concept in scheme.concepts:
        for label in concept.labels.values():
            if any(char.isalnum() for char in label):
                found = naming.widen([label])
                assert concept.id in {each.id for each in found.named} or len(found.named) == MAX_NAMED

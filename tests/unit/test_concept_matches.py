"""A concept is found by any of its words, in any language, nearest word first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.concept_matches import matches
from kb.peers.concepts import Concept, ConceptScheme, Facet, Meaning, Relation

SOCIAL = Concept(
    "social-economy", Facet.FORMS, {"en": "social economy", "fr": "économie sociale", "it": "economia sociale"},
    also={"en": ("third system",)},
    meanings=(
        Meaning("DE", "de", "Sozialwirtschaft", Relation.FALSE_FRIEND),
        Meaning("CA", "fr", "économie sociale", Relation.CLOSE),
    ),
)  # fmt: skip
WELFARE = Concept("welfare", Facet.FORMS, {"en": "welfare services", "de": "Sozialwirtschaft"})
PLAN = Concept("plan", Facet.LAW, {"en": "action plan", "de": "Aktionsplan für die Sozialwirtschaft"})
FIRM = Concept(
    "firm", Facet.FORMS, {"fr": "entreprise sociale"}, meanings=(Meaning("CA", "fr", "entreprise sociale", Relation.FALSE_FRIEND),)
)
WORK = Concept("work", Facet.THEMES, {"en": "work integration", "fr": "insertion par l’activité économique"})
SCHEME = ConceptScheme.of("test", [SOCIAL, WELFARE, PLAN, FIRM, WORK])


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(match.concept.id, match.word) for match in matches(SCHEME, text, language)]


def test_the_word_itself_then_false_friends_then_longer_words() -> None:
    assert found("Sozialwirtschaft") == [
        ("welfare", "Sozialwirtschaft"),
        ("social-economy", "Sozialwirtschaft"),
        ("plan", "Aktionsplan für die Sozialwirtschaft"),
    ]
    assert [match.meaning is not None for match in matches(SCHEME, "Sozialwirtschaft", "en")] == [False, True, False]


def test_case_accents_and_the_rest_of_a_word_do_not_matter() -> None:
    assert found("ECONOMIE SOC") == [("social-economy", "économie sociale")]
    assert found("activite insertion") == [("work", "insertion par l’activité économique")]
    assert found("third") == [("social-economy", "third system")]


def test_of_words_as_near_the_reader_s_is_told() -> None:
    """ "economi" begins "economia sociale" and, accents aside, "économie sociale"."""
    assert found("economi", "it") == [("social-economy", "economia sociale"), ("work", "insertion par l’activité économique")]
    assert found("economi", "fr")[0] == ("social-economy", "économie sociale")


def test_a_local_word_that_is_a_label_already_is_told_once() -> None:
    assert found("économie sociale") == [("social-economy", "économie sociale")]


def test_a_label_that_misleads_in_one_country_is_told_as_both() -> None:
    assert [match.meaning and match.meaning.country for match in matches(SCHEME, "entreprise sociale", "fr")] == [None, "CA"]


@pytest.mark.parametrize("text", ["", "  ", "zebra", "'", "’"])
def test_what_no_word_has_finds_nothing(text: str) -> None:
    assert found(text) == []


@given(st.sampled_from(SCHEME.concepts), st.data())
def test_every_beginning_of_every_word_finds_its_concept(concept: Concept, data: st.DataObject) -> None:
    _, word = data.draw(st.sampled_from(list(concept.words())))
    beginning = word[: data.draw(st.integers(1, len(word)))]

    assert concept.id in [concept_id for concept_id, _ in found(beginning)]

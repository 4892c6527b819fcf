"""The lexical leg across languages and scripts: cognates, compounds, and scripts without spaces."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import allowed_among

from kb.adapters.lexical_words import ANY, analyzer, question_terms, root_terms, roots
from kb.adapters.tantivy_index import TantivyIndex
from kb.retrieval.index import Matches
from kb.retrieval.passage import DocumentId, Passage, PassageId

TEXTS = [
    ("en", "The cooperative of Warsaw trained its members."),
    ("de", "Die Genossenschaftsbank in Warschau bildet ihre Mitglieder aus."),
    ("es", "La cooperativa de Varsovia formó a sus socias."),
    ("ro", "Cooperativa din Varșovia și-a instruit membrii."),
    ("zh", "妇女合作社在华沙培训成员。"),
    ("hi", "महिला सहकारी समिति की सदस्य"),
    ("ar", "تعاونية النساء في وارسو"),
    ("pl", "Spółdzielnia w Warszawie szkoli swoich członków."),
    ("th", "สหกรณ์สตรีในวอร์ซอ"),
]

COLUMNS = [(language, language) for language, _ in TEXTS]  # document and language of each row


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    folder: Path = tmp_path_factory.mktemp("languages")
    passages = [
        Passage(
            PassageId(f"{i:016x}"), DocumentId(language), i, 0, len(text), text, None, None, (), language, "", ((0, len(text)),)
        )
        for i, (language, text) in enumerate(TEXTS)
    ]
    TantivyIndex.build(folder, passages)
    return TantivyIndex.load(folder)


def spoken(matches: Matches) -> list[str]:
    return [TEXTS[row][0] for row, _ in matches.found]


def abroad(index: TantivyIndex, question: str, language: str) -> list[str]:
    return spoken(index.search_abroad(question, 50, language=language))


def home(index: TantivyIndex, question: str, language: str) -> list[str]:
    return spoken(index.search(question, 50, language=language))


@pytest.mark.parametrize(
    ("question", "language", "found"),
    [
        ("cooperativas", "it", {"en", "es", "ro"}),  # cooperative, cooperativa: five letters in common
        ("Warschauer Verein", "nl", {"de"}),
        ("members", "fr", {"en"}),
        ("coopérative", "fr", {"en", "es", "ro"}),  # accents are folded before the first letters are taken
    ],
)
def test_cognates_and_names_meet_across_languages(index: TantivyIndex, question: str, language: str, found: set[str]) -> None:
    assert set(abroad(index, question, language)) == found


def test_roots_are_looked_for_in_other_languages_only(index: TantivyIndex) -> None:
    assert set(abroad(index, "cooperative", "en")) == {"es", "ro"}
    assert set(abroad(index, "cooperativa", "es")) == {"en", "ro"}


def test_filters_hold_abroad_as_well(index: TantivyIndex) -> None:
    only = index.search_abroad("cooperativa", 50, language="it", allowed=allowed_among(COLUMNS, {"ro"}, None))
    assert spoken(only) == ["ro"]
    spanish = index.search_abroad("cooperativa", 50, language="it", allowed=allowed_among(COLUMNS, None, {"es"}))
    assert spoken(spanish) == ["es"]


def test_the_parts_of_a_german_compound_are_found(index: TantivyIndex) -> None:
    assert home(index, "Welche Genossenschaft?", "de") == ["de"]


def test_a_language_without_a_stemmer_is_found_inflected(index: TantivyIndex) -> None:
    assert "pl" in home(index, "spółdzielnie warszawskie", "pl")


def test_scripts_without_spaces_are_found_by_a_part_of_a_sentence(index: TantivyIndex) -> None:
    assert home(index, "合作社", "zh")[0] == "zh"
    assert home(index, "สตรี", "th")[0] == "th"
    assert analyzer(ANY).analyze("合作社 2012年") == ["合", "作", "社", "2012", "年"]


def test_marks_belong_to_their_word() -> None:
    assert analyzer(ANY).analyze("सहकारी समिति का सदस्य") == ["सहकारी", "समिति", "का", "सदस्य"]


def test_arabic_is_found_by_its_stem(index: TantivyIndex) -> None:
    assert "ar" in home(index, "التعاونية النسائية", "ar")


def test_a_full_match_abroad_scores_about_one(index: TantivyIndex) -> None:
    matches = index.search_abroad("La cooperativa de Varsovia", 5, language="it")

    assert matches.found[0][0] in (2, 3)
    assert 0.5 < matches.found[0][1] / matches.full < 1.6


def test_words_of_a_question_by_language() -> None:
    assert question_terms("Die Genossenschaften", "de") == {
        "any": ["genossenschaften"],
        "de": ["genossenschaft"],
        "roots": ["genos"],
    }
    assert set(question_terms("les coopératives", "fr")) == {"any", "fr"}
    assert set(question_terms("spółdzielnia", "pl")) == {"any", "roots"}
    assert len(question_terms("SEWA", "und")) > 10  # of unknown language: tried with every stemmer
    assert root_terms("Die Genossenschaften der Genossen", "de") == ["genos"]
    assert roots("Straße, naïve") == ["stras", "naive"]

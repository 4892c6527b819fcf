"""What else a concept is called finds passages: the same contract for the fake and for Tantivy."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeLexicalIndex, allowed_among

from kb.adapters.tantivy_index import TantivyIndex
from kb.retrieval.index import LexicalIndex, Verbatim
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.widening import NamedConcept, Term

TEXTS = [
    ("en", "Work integration in a bakery."),  # 0
    ("en", "Integration of newcomers; work comes later, for all who stay."),  # 1
    ("de", "Arbeitsintegration in einer Bäckerei."),  # 2
    ("de", "Die Genossenschaft bäckt Brot."),  # 3
    ("pl", "Integracja w pracy: work integration."),  # 4: words of a term, in another language
    ("en", "Women bake bread."),  # 5
    ("es", "Las mujeres hacen pan."),  # 6
    ("en", "A vocational scheme."),  # 7
    ("fr", "L’insertion par l’activité économique."),  # 8
]
QUESTION = "insertion par l'activité économique des femmes"
TERMS = (
    Term("work integration", "en"),
    Term("Arbeitsintegration", "de"),
    Term("vocational", "en", 0.3),
    Term("inserción", "es"),
)
INSERTION = NamedConcept("work-integration", "insertion par l'activité économique", "insertion", TERMS)
WOMEN = NamedConcept("women", "femmes", "femmes", (Term("women", "en"), Term("mujeres", "es")))
COLUMNS = [(language, language) for language, _ in TEXTS]


@pytest.fixture(scope="module", params=["fake", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    passages = [
        Passage(
            PassageId(f"{i:016x}"), DocumentId(language), i, 0, len(text), text, None, None, (), language, "", ((0, len(text)),)
        )
        for i, (language, text) in enumerate(TEXTS)
    ]
    if request.param == "fake":
        return FakeLexicalIndex(passages)
    folder: Path = tmp_path_factory.mktemp("terms")
    TantivyIndex.build(folder, passages)
    return TantivyIndex.load(folder)


def rows(index: LexicalIndex, *named: NamedConcept, k: int = 20, **limits: object) -> list[int]:
    return [row for row, _ in index.search_terms(QUESTION, named, k, language="fr", **limits)]  # type: ignore[arg-type]


def test_a_passage_holds_all_words_of_a_term_in_its_language(index: LexicalIndex) -> None:
    """Row 1 has both words too, apart: what counts is that both are there. Row 4 has them, but is Polish."""
    assert set(rows(index, INSERTION)) == {0, 1, 2, 7}


def test_a_term_that_shares_a_root_with_what_was_typed_is_left_out(index: LexicalIndex) -> None:
    """inserción and insertion begin alike: the words across languages find it already."""
    only = NamedConcept("work-integration", "insertion", "insertion", (Term("inserción", "es"), Term("integration", "en")))

    assert set(rows(index, only)) == {0, 1}


def test_what_is_worth_less_comes_later(index: LexicalIndex) -> None:
    found = dict(index.search_terms(QUESTION, [INSERTION], 20, language="fr"))

    assert found[7] < found[2]
    assert rows(index, INSERTION)[-1] == 7


def test_a_score_is_a_share_of_the_question(index: LexicalIndex) -> None:
    """Both concepts together make up at most the whole question; a fuller match than the mean may be a little more."""
    found = index.search_terms(QUESTION, [INSERTION, WOMEN], 20, language="fr")

    assert all(0 < score < 1.5 for _, score in found)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    assert {5, 6} < {row for row, _ in found}


def test_only_rows_that_are_allowed_and_keep_to_the_phrases(index: LexicalIndex) -> None:
    assert rows(index, INSERTION, allowed=allowed_among(COLUMNS, {"de"}, None)) == [2]
    assert rows(index, INSERTION, allowed=allowed_among(COLUMNS, None, {"es"})) == []
    assert set(rows(index, INSERTION, verbatim=Verbatim(phrases=("bakery",)))) == {0}
    assert set(rows(index, INSERTION, verbatim=Verbatim(without=("bakery",)))) == {1, 2, 7}


def test_as_many_as_wanted(index: LexicalIndex) -> None:
    whole = rows(index, INSERTION, WOMEN)

    assert rows(index, INSERTION, WOMEN, k=2) == whole[:2]
    assert rows(index, INSERTION, WOMEN, k=0) == []


def test_without_a_term_nothing_is_found(index: LexicalIndex) -> None:
    assert rows(index) == []
    assert rows(index, NamedConcept("x", "femmes", "femmes", ())) == []
    assert rows(index, NamedConcept("x", "femmes", "femmes", (Term("…", "en"), Term("", "de")))) == []

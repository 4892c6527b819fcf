"""What the lexical leg promises: filters are exact, any string is legal, words meet within a language and names across."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fakes import allowed_among
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.tantivy_index import TantivyIndex
from kb.retrieval.index import Matches
from kb.retrieval.passage import DocumentId, Passage, PassageId

TEXTS = [
    ("a", "en", "The cooperatives were founded by women weavers in Ahmedabad."),
    ("a", "en", "The bank of the union lends to its members."),
    ("b", "fr", "Les coopératives ont été fondées par des tisserandes."),
    ("b", "fr", "La banque du syndicat prête à ses membres."),
    ("c", "de", "Die Genossenschaften wurden von Weberinnen in Ahmedabad gegründet."),
    ("d", "es", "Las cooperativas fueron fundadas; Mondragón tiene 65 plantas."),
    ("e", "und", "SEWA 1972 Ahmedabad"),
    ("f", "zh", "妇女 合作社 1972"),
]
ALL = {document for document, _, _ in TEXTS}


def passages(texts: Sequence[tuple[str, str, str]]) -> list[Passage]:
    return [
        Passage(
            PassageId(f"{i:016x}"), DocumentId(document), i, 0, len(text), text, None, None, (), language, "", ((0, len(text)),)
        )
        for i, (document, language, text) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    folder = tmp_path_factory.mktemp("lexical")
    TantivyIndex.build(folder, passages(TEXTS))
    return TantivyIndex.load(folder)


def ask(
    index: TantivyIndex,
    question: str,
    language: str = "und",
    *,
    k: int = 50,
    documents: set[str] | None = None,
    languages: set[str] | None = None,
) -> Matches:
    allowed = (
        None
        if documents is languages is None
        else allowed_among([(document, language) for document, language, _ in TEXTS], documents, languages)
    )
    return index.search(question, k, language=language, allowed=allowed)


def rows(matches: Matches) -> list[int]:
    return [row for row, _ in matches.found]


@pytest.mark.parametrize(
    ("question", "language", "row"),
    [
        ("founding a cooperative", "en", 0),
        ("une coopérative fondée", "fr", 2),
        ("gegründete Genossenschaft", "de", 4),
        ("fundar una cooperativa", "es", 5),
    ],
)
def test_inflected_words_meet_within_a_language(index: TantivyIndex, question: str, language: str, row: int) -> None:
    assert rows(ask(index, question, language))[0] == row


def test_names_and_numbers_meet_across_languages(index: TantivyIndex) -> None:
    assert set(rows(ask(index, "Ahmedabad", "fr"))) == {0, 4, 6}
    assert set(rows(ask(index, "1972", "de"))) == {6, 7}
    assert rows(ask(index, "mondragon", "en")) == [5]


def test_function_words_of_the_question_match_nothing(index: TantivyIndex) -> None:
    """The French "la" and "des" or the English "in" would otherwise bring every passage with such a word, in any language."""
    assert rows(ask(index, "in the of by", "en")) == []
    assert rows(ask(index, "les des du la", "fr")) == []
    assert 5 not in rows(ask(index, "las banques", "fr"))


def test_words_of_an_unknown_language_are_tried_with_every_stemmer(index: TantivyIndex) -> None:
    assert {2, 5} <= set(rows(ask(index, "coopérative cooperativa")))


@given(st.sets(st.sampled_from(sorted(ALL))), st.sets(st.sampled_from(["en", "fr", "de", "es", "und", "zh", "xx"])))
@settings(deadline=None, max_examples=40)
def test_filters_are_exact_and_do_not_change_scores(index: TantivyIndex, documents: set[str], languages: set[str]) -> None:
    question = "cooperatives coopératives Genossenschaften banque bank SEWA 1972 Ahmedabad"
    free = dict(ask(index, question).found)
    found = dict(ask(index, question, documents=documents, languages=languages).found)
    wanted = {row: score for row, score in free.items() if TEXTS[row][0] in documents and TEXTS[row][1] in languages}

    assert found == pytest.approx(wanted)


def test_results_stand_best_first_and_no_more_than_asked(index: TantivyIndex) -> None:
    found = ask(index, "cooperatives Ahmedabad bank members 1972", "en").found

    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert ask(index, "cooperatives Ahmedabad bank members 1972", "en", k=2).found == found[:2]
    assert ask(index, "cooperatives", "en", k=0).found == []


def test_equal_scores_are_ordered_by_row(tmp_path: Path) -> None:
    index = TantivyIndex.build(tmp_path, passages([("a", "en", "looms")] * 20))

    assert rows(ask(index, "looms", "en")) == list(range(20))


SYNTAX = [
    '"',
    "a AND",
    "NEAR/2 (x",
    "title:x",
    "x*",
    "-x +y",
    "[a TO b]",
    "\\",
    "a^2",
    "~",
    "/re.*/",
    "''''",
    "NOT",
    "row:1",
    "\0",
    "a" * 3000,
]


@pytest.mark.parametrize("question", SYNTAX)
def test_what_looks_like_query_syntax_is_words(index: TantivyIndex, question: str) -> None:
    assert ask(index, question).full > 0


def test_any_string_is_a_legal_question(index: TantivyIndex) -> None:
    """300 random strings over all of Unicode; lone surrogates are replaced before a question comes here."""
    chance = random.Random(20261122)
    codes = [code for code in range(sys.maxunicode) if not 0xD800 <= code < 0xE000]
    for _ in range(300):
        question = "".join(chr(chance.choice(codes)) for _ in range(chance.randint(0, 60)))
        for language in ("und", "en", "ar", "xx"):
            assert ask(index, question, language).full > 0


def test_a_passage_with_every_word_of_the_question_scores_about_a_full_match(tmp_path: Path) -> None:
    """Between half and one and a half of it: words stand once, the length is near the mean."""
    texts = [("a", "en", f"loom{i} weaver{i} savings meeting{i % 3}") for i in range(50)]
    index = TantivyIndex.build(tmp_path, passages(texts))
    matches = ask(index, "loom7 weaver7", "en")

    assert rows(matches)[0] == 7
    assert 0.5 < matches.found[0][1] / matches.full < 1.5


def test_a_row_is_found_with_its_own_document_only(index: TantivyIndex) -> None:
    assert all(index.has_row(row, DocumentId(document)) for row, (document, _, _) in enumerate(TEXTS))
    assert not index.has_row(0, DocumentId("b"))
    assert not index.has_row(99, DocumentId("a"))


def test_headings_and_title_count_as_words_of_the_passage(tmp_path: Path) -> None:
    (passage,) = passages([("a", "en", "text alone")])
    index = TantivyIndex.build(tmp_path, [Passage(**{**vars(passage), "heading_path": ("Looms",), "context": "SEWA › Looms"})])

    assert rows(ask(index, "looms", "en")) == rows(ask(index, "SEWA", "en")) == [0]


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    index = TantivyIndex.build(tmp_path, [])

    assert ask(index, "anything at all", "en").found == []
    assert len(index) == 0


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.9, 0.5, 0.25, 0.1, 0.01]), st.sampled_from(["loom", "loom bank", "rare"]))
@settings(deadline=None, max_examples=40)
def test_the_best_allowed_rows_are_found_whichever_way_they_are_looked_for(
    wide: TantivyIndex, seed: int, share: float, question: str
) -> None:
    """Few rows are named to the index; of many, more are taken than wanted; also where the allowed ones match worst."""
    chance = np.random.default_rng(seed)
    may = (
        chance.random(N_WIDE) < share if seed % 2 else np.arange(N_WIDE) % 1000 >= 1000 * (1 - share)
    )  # those with the longest texts
    columns = [("a", "en") if allowed else ("b", "en") for allowed in may]
    free = ask(wide, question, "en", k=N_WIDE).found
    wanted = [(row, score) for row, score in free if may[row]][:20]
    found = wide.search(question, 20, language="en", allowed=allowed_among(columns, {"a"}, None)).found

    assert [score for _, score in found] == pytest.approx([score for _, score in wanted])
    lowest = wanted[-1][1] if wanted else 0.0  # equal ones at the end stand in for one another
    assert {row for row, score in found if score > lowest} == {row for row, score in wanted if score > lowest}
    assert all(may[row] for row, _ in found)


N_WIDE = 3000


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    """Many passages of different lengths with the same few words."""
    texts = [
        ("a", "en", "loom " * (1 + i % 3) + ("rare " if i % 500 == 0 else "") + "bank " * (i % 1000 // 10)) for i in range(N_WIDE)
    ]
    return TantivyIndex.build(tmp_path_factory.mktemp("wide"), passages(texts))


def test_an_index_that_grew_finds_the_new_and_not_the_dead(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    TantivyIndex.build(tmp_path / "old", passages(TEXTS[:5]))
    grown = TantivyIndex.extend(tmp_path / "new", tmp_path / "old", passages(TEXTS)[5:], first=5, dead=[0])

    assert len(grown) == len(TEXTS) - 1
    assert set(rows(ask(grown, "Ahmedabad"))) == {4, 6}
    assert set(rows(ask(TantivyIndex.load(tmp_path / "old"), "Ahmedabad"))) == {0, 4}
    assert not grown.has_row(0, DocumentId("a"))
    assert grown.has_row(7, DocumentId("f"))

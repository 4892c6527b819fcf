"""What the lexical leg promises of phrases, of words to be without, and of mistyped words; the fake keeps it too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, FakeLexicalIndex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.adapters.tantivy_index import TantivyIndex
from kb.retrieval.corrections import find_corrections
from kb.retrieval.index import Correction, LexicalIndex, Verbatim
from kb.retrieval.passage import DocumentId, Passage, PassageId

TEXTS = [  # document, language, title and headings, text
    ("a", "en", ("Women weavers", "Savings groups"), "The mutual credit union lends to its members. Credit is mutual here."),
    ("a", "en", ("Women weavers", "Loans"), "A cooperative bank was founded in Mondragón by women; the bank is theirs."),
    ("b", "fr", ("Crédit mutuel",), "Le crédit mutuel prête à ses membres; l’économie d’échelle compte."),
    ("c", "de", ("Genossenschaft",), "Die Genossenschaft wurde in Mondragón gegründet."),
    ("d", "zh", ("合作社",), "妇女合作社有储蓄小组。"),
    ("e", "und", ("SEWA",), "SEWA 1972 Ahmedabad"),
    ("f", "en", ("Secret",), "The project Falke credits mutual friends, and nobody may know of Falke."),
    ("g", "hi", (), "महिला संगठन बचत करता है"),
]


def passages(texts: Sequence[tuple[str, str, tuple[str, ...], str]]) -> list[Passage]:
    return [
        Passage(
            PassageId(f"{i:016x}"), DocumentId(document), i, 0, len(text), text, None, None, headings[1:], language,
            " › ".join(headings), ((0, len(text)),),
        )
        for i, (document, language, headings, text) in enumerate(texts)
    ]  # fmt: skip


@pytest.fixture(scope="module", params=["tantivy", "fake"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    if request.param == "fake":
        return FakeLexicalIndex(passages(TEXTS))
    folder = tmp_path_factory.mktemp("wording")
    TantivyIndex.build(folder, passages(TEXTS))
    return TantivyIndex.load(folder)


def in_text(index: LexicalIndex, phrase: str) -> list[int]:
    return index.rows_holding(phrase, in_headings=False).tolist()


def anywhere(index: LexicalIndex, phrase: str) -> list[int]:
    return index.rows_holding(phrase, in_headings=True).tolist()


@pytest.mark.parametrize(
    ("phrase", "rows"),
    [
        ("mutual credit", [0]),
        ("MUTUAL, Credit!", [0]),
        ("credit mutual", []),
        ("credit mutuel", [2]),
        ("mondragon", [1, 3]),
        ("Mondragón", [1, 3]),
        ("l'économie d'échelle", [2]),
        ("the bank is theirs", [1]),
        ("members Credit", [0]),
        ("banks", []),
        ("1972", [5]),
        ("savings groups", []),
        ("", []),
        ("?!", []),
        ("no such words anywhere", []),
    ],
)
def test_a_phrase_is_held_where_its_words_stand_in_this_order(index: LexicalIndex, phrase: str, rows: list[int]) -> None:
    assert in_text(index, phrase) == rows


@pytest.mark.parametrize(
    ("phrase", "rows"),
    [("Savings groups", [0]), ("women weavers", [0, 1]), ("credit mutuel", [2]), ("mutual credit", [0]), ("groups the mutual", [])],
)
def test_headings_and_titles_count_where_asked_for(index: LexicalIndex, phrase: str, rows: list[int]) -> None:
    assert anywhere(index, phrase) == rows


def test_no_phrase_spans_two_headings(tmp_path: Path) -> None:
    (passage,) = passages([("a", "en", ("Title", "Women weavers", "Savings groups"), "Text.")])
    every = [replace(passage, context="Title")]

    for index in (TantivyIndex.build(tmp_path, every), FakeLexicalIndex(every)):
        assert anywhere(index, "savings groups") == [0]
        assert anywhere(index, "weavers savings") == anywhere(index, "title women") == anywhere(index, "groups text") == []


def test_a_phrase_of_a_language_without_spaces_is_found_inside_a_sentence(tmp_path: Path) -> None:
    """The fake knows words by spaces only."""
    real = TantivyIndex.build(tmp_path, passages(TEXTS))

    assert in_text(real, "合作社有") == in_text(real, "储蓄") == [4]
    assert in_text(real, "社合") == []


WORDS = ["loom", "weaver", "bank", "crédit", "Bank"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


def plain(text: str) -> str:
    """An oracle of its own: a text of words and single spaces, folded, with a space at both ends."""
    letters = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()
    return f" {letters} "


@given(st.lists(sentences, min_size=1, max_size=6), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_the_rows_that_hold_a_phrase_are_those_of_brute_force(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], phrase: str
) -> None:
    every = passages([("a", "en", ("title",), text) for text in texts])
    wanted = [row for row, text in enumerate(texts) if plain(phrase) in plain(text)]

    assert in_text(TantivyIndex.build(tmp_path_factory.mktemp("held"), every), phrase) == wanted
    assert in_text(FakeLexicalIndex(every), phrase) == wanted


def ask(index: LexicalIndex, question: str, language: str = "en", **more: object) -> dict[int, float]:
    found = index.search(question, 50, language=language, **more)  # type: ignore[arg-type]
    return dict(found.found)


@pytest.mark.parametrize(
    ("verbatim", "rows"),
    [
        (Verbatim(), {0, 1, 5, 6}),
        (Verbatim(phrases=("mutual credit",)), {0}),
        (Verbatim(phrases=("women weavers",)), set()),
        (Verbatim(phrases=("women weavers",), in_headings=True), {0, 1}),
        (Verbatim(without=("falke", "1972")), {0, 1}),
        (Verbatim(without=("savings groups",)), {1, 5, 6}),
        (Verbatim(phrases=("bank",), without=("bank is theirs",)), set()),
        (Verbatim(phrases=("?",)), set()),
        (Verbatim(without=("?",)), {0, 1, 5, 6}),
    ],
    ids=str,
)
def test_a_search_keeps_to_phrases_and_words_to_be_without_and_scores_stay(
    index: LexicalIndex, verbatim: Verbatim, rows: set[int]
) -> None:
    question = "credit bank Ahmedabad Falke"
    free = {row: score for row, score in ask(index, question).items() if row in {0, 1, 5, 6}}
    kept = {row: score for row, score in ask(index, question, verbatim=verbatim).items() if row in {0, 1, 5, 6}}

    assert kept == pytest.approx({row: free[row] for row in rows})


class CutsEverything(FakeEncoder):
    """Every word looks mistyped to it."""

    def word_pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [[1, 2, 3] for _ in texts]


def corrected(
    index: LexicalIndex, question: str, language: str = "und", seen: Sequence[int] | None = None
) -> list[tuple[str, str]]:
    rows = None if seen is None else np.isin(np.arange(len(TEXTS)), list(seen))
    return [(one.typed, one.used) for one in find_corrections(question, language, index, CutsEverything(), rows)]


@pytest.mark.parametrize(
    ("question", "language", "found"),
    [
        ("Mondrgon", "und", [("Mondrgon", "mondragon")]),
        ("Where is Mondrogan, the old bnak?", "en", [("Mondrogan", "mondragon"), ("bnak", "bank")]),
        ("coperative", "und", [("coperative", "cooperative")]),
        ("Genosenschaft", "und", [("Genosenschaft", "genossenschaft")]),
        ("Mondragón bank mutuel", "und", []),
        ("bok", "und", []),
        ("1973 19722", "und", []),
        ("Ahmedabat SEWA2", "und", [("Ahmedabat", "ahmedabad")]),
        ("xylophone quartet", "und", []),
        ("Wo liegt die Coperative Weberei heute?", "de", []),
        ("", "und", []),
    ],
)
def test_mistyped_words_are_corrected_to_near_words_of_the_same_language(
    index: LexicalIndex, question: str, language: str, found: list[tuple[str, str]]
) -> None:
    """A German question is not corrected to English words; one word alone may be of any language."""
    assert corrected(index, question, language) == found


def test_a_word_known_in_another_form_is_not_mistyped(tmp_path: Path) -> None:
    """Only the real index knows forms: "founding" has the stem of "founded"."""
    real = TantivyIndex.build(tmp_path, passages([("a", "en", (), "They founded a pounding mill.")]))

    assert corrected(real, "who was founding such mills", "en") == []


def test_words_of_documents_that_may_not_be_seen_are_neither_known_nor_offered(index: LexicalIndex) -> None:
    everything_else = [row for row, (document, *_) in enumerate(TEXTS) if document != "f"]

    assert corrected(index, "Flake") == [("Flake", "falke")]
    assert corrected(index, "Flake", seen=everything_else) == []
    assert corrected(index, "frends", seen=everything_else) == []
    assert corrected(index, "Falke", seen=everything_else) == []
    assert corrected(index, "members", seen=[6]) == []
    assert corrected(index, "memebrs", seen=[0, 2]) == [("memebrs", "members")]


def test_a_question_with_many_unknown_words_is_not_mistyped(index: LexicalIndex) -> None:
    mistyped = [f"mondrgon{letter}" for letter in "abcdefghi"]

    assert len(corrected(index, " ".join(mistyped[:8]))) == 8
    assert corrected(index, " ".join(mistyped)) == []


def test_corrected_words_are_looked_for_and_a_full_match_stays_that_of_the_typed_ones(index: LexicalIndex) -> None:
    typed = index.search("Mondrgon", 50, language="und")
    meant = index.search("Mondrgon", 50, language="und", corrections=(Correction("Mondrgon", "mondragon"),))

    assert typed.found == []
    assert {row for row, _ in meant.found} == {1, 3}
    assert meant.full == typed.full
    assert max(score for _, score in meant.found) <= meant.full * 1.5


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_may_be_a_phrase_or_mistyped(index: LexicalIndex, text: str) -> None:
    rows = in_text(index, text)

    assert set(rows) <= set(anywhere(index, text)) <= set(range(len(TEXTS)))
    assert all(typed in text for typed, _ in corrected(index, text))

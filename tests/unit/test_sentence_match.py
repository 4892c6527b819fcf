"""The marked sentence is the one whose words are the question's, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeEncoder, NoDetector, a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.retrieval.passage import Block, BlockKind, Passage
from kb.retrieval.sentence_match import best_sentences
from kb.retrieval.split import SplitSettings, split


def a_passage(text: str) -> Passage:
    document = a_document([Block(BlockKind.PARAGRAPH, text)])
    (passage,) = split(
        document, count_tokens=FakeEncoder().count_tokens, detector=NoDetector(), settings=SplitSettings(4, 10_000, 8)
    )
    return passage


def ask(question: str, passages: list[Passage], language: str = "en") -> list[tuple[int, int] | None]:
    encoder = FakeEncoder()
    return best_sentences(question, encoder.encode_question(question), language, passages, encoder)


def marked(question: str, *texts: str) -> list[str | None]:
    passages = [a_passage(text) for text in texts]
    spans = ask(question, passages)
    return [passage.text[slice(*span)] if span else None for passage, span in zip(passages, spans, strict=True)]


def test_the_sentence_that_shares_the_rare_words_is_marked() -> None:
    text = "The union of women began early. The looms were bought in Ahmedabad. The rest of the story is long."

    assert marked("which looms Ahmedabad", text) == ["The looms were bought in Ahmedabad."]


def test_each_passage_has_its_own_sentence() -> None:
    one = "Savings first they said. Nobody knew why."
    other = "The weather was fine. First savings then looms it was."

    assert marked("savings first", one, other) == ["Savings first they said.", "First savings then looms it was."]


def test_only_the_first_hit_gets_a_second_look() -> None:
    # of either sentence one word of two: pieces do not decide, the meaning of the whole sentence does
    text = "First. Savings and many other things that were told there at length."

    assert marked("savings first.", text, text) == ["First.", None]


def test_across_languages_pieces_alone_mark_nothing() -> None:
    passages = [
        a_passage("Savings first they said. Nobody knew why."),
        a_passage("The weather was fine. First savings then looms."),
    ]
    english = [replace(passage, language="en") for passage in passages]

    assert ask("savings first", english, "en")[1] is not None
    assert ask("savings first", english, "de")[1] is None


def test_a_passage_of_one_sentence_is_never_marked_whole() -> None:
    assert marked("looms", "Only looms stand here.", "Looms stand here. Nobody is there.") == [None, "Looms stand here."]


def test_nothing_is_marked_where_no_sentence_stands_out() -> None:
    assert marked("looms", "Savings came early. Savings came early.") == [None]


def test_without_passages_or_words_nothing_is_marked() -> None:
    assert ask("question", []) == []
    assert ask("", [a_passage("One. Two.")]) == [None]


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=80).filter(str.strip), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_what_is_marked_is_always_a_sentence_of_its_passage(question: str, texts: list[str]) -> None:
    passages = [a_passage(text.replace("\r", " ")) for text in texts]

    for passage, span in zip(passages, ask(question, passages), strict=True):
        assert span is None or span in passage.sentences


@pytest.mark.parametrize("question", ["cooperative", "co-operative cooperative cooperative " * 200])
def test_a_word_that_is_asked_often_counts_once(question: str) -> None:
    assert marked(question, "The cooperative grew. The bank stayed small.") == ["The cooperative grew."]

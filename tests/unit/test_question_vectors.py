"""A question is encoded once, with those who wait, and each gets its own vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.services.question_vectors import REMEMBERED, TOGETHER, vectors_of
from tests.fakes import FakeEncoder


class Batches(FakeEncoder):
    """Keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return super().encode_questions(texts)


@given(st.lists(st.tuples(st.text(max_size=6), st.lists(st.text(max_size=6), max_size=50)), max_size=6))
def test_everybody_gets_the_vector_of_the_question_asked(asked: list[tuple[str, list[str]]]) -> None:
    encoder = Batches()
    known = vectors_of(encoder)

    for text, beside in asked:
        assert known.of(text, encoder, beside) == pytest.approx(encoder.encode_question(text), abs=1e-6)
    assert all(len(batch) <= TOGETHER for batch in encoder.asked)
    each = [text for batch in encoder.asked for text in batch]
    assert len(each) == len(set(each))


def test_those_who_wait_are_encoded_with_the_one_whose_turn_it_is() -> None:
    encoder = Batches()

    vectors_of(encoder).of("bees", encoder, ["looms", "bees", "grain"])
    vectors_of(encoder).of("looms", encoder, ["paths"])

    assert encoder.asked == [["bees", "looms", "grain"]]


def test_only_the_last_questions_are_remembered() -> None:
    encoder = Batches()
    for number in range(REMEMBERED + 1):
        vectors_of(encoder).of(f"question {number}", encoder)

    vectors_of(encoder).of("question 0", encoder)
    vectors_of(encoder).of(f"question {REMEMBERED}", encoder)

    assert [batch for batch in encoder.asked if batch == ["question 0"]] == [["question 0"]] * 2
    assert len(encoder.asked) == REMEMBERED + 2


def test_a_vector_that_is_handed_out_again_cannot_be_changed() -> None:
    encoder = FakeEncoder()

    with pytest.raises(ValueError, match="read-only"):
        vectors_of(encoder).of("bees", encoder)[0] = 1.0

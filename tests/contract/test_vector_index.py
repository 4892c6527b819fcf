"""FAISS against brute force: the same rows in the same order with the same scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.adapters.faiss_index import FaissIndex
from kb.retrieval.index import Scored

DIM = 64


def unit(n: int, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


VECTORS, QUESTIONS = unit(500), unit(20, seed=1)


def brute_force(
    vectors: NDArray[np.float32], question: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
) -> list[int]:
    scores = vectors.astype(np.float64) @ question.astype(np.float64)
    rows = range(len(vectors)) if allowed is None else np.flatnonzero(allowed)
    return sorted((int(row) for row in rows), key=lambda row: (-scores[row], row))[:k]


def rows_of(found: Scored) -> list[int]:
    return [row for row, _ in found]


def reloaded(index: FaissIndex, folder: Path) -> FaissIndex:
    index.save(folder)
    return FaissIndex.load(folder)


MAKERS: dict[str, Callable[[Path], tuple[FaissIndex, NDArray[np.float32]]]] = {
    "built": lambda folder: (FaissIndex.build(VECTORS), VECTORS),
    "saved and loaded": lambda folder: (reloaded(FaissIndex.build(VECTORS), folder), VECTORS),
    "after more came in": lambda folder: (
        reloaded(FaissIndex.build(np.vstack([VECTORS, unit(50, 2)])), folder),
        np.vstack([VECTORS, unit(50, 2)]),
    ),
    "after some were taken out": lambda folder: (reloaded(FaissIndex.build(VECTORS[::3]), folder), VECTORS[::3]),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_rows_and_order_are_those_of_brute_force(
    make: Callable[[Path], tuple[FaissIndex, NDArray[np.float32]]], tmp_path: Path
) -> None:
    index, vectors = make(tmp_path)

    assert len(index) == len(vectors)
    for question in QUESTIONS:
        found = index.search(question, 50, None)
        assert rows_of(found) == brute_force(vectors, question, 50)
        assert [score for _, score in found] == pytest.approx([float(vectors[row] @ question) for row in rows_of(found)], abs=1e-5)


@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.integers(0, 600))
@settings(deadline=None, max_examples=60)
def test_only_allowed_rows_are_found_and_none_of_them_is_missed(seed: int, share: float, k: int) -> None:
    chance = np.random.default_rng(seed)
    allowed = chance.random(len(VECTORS)) < share
    question = QUESTIONS[seed % len(QUESTIONS)]

    assert rows_of(FaissIndex.build(VECTORS).search(question, k, allowed)) == brute_force(VECTORS, question, k, allowed)


def test_equal_vectors_are_ordered_by_row() -> None:
    same = np.repeat(unit(1), 10, axis=0)

    assert rows_of(FaissIndex.build(same).search(same[0], 10, None)) == list(range(10))


def test_similarities_are_cosines_in_the_order_asked() -> None:
    rows = [7, 3, 499, 3]
    index = FaissIndex.build(VECTORS)

    assert index.similarities(QUESTIONS[0], rows).tolist() == pytest.approx((VECTORS[rows] @ QUESTIONS[0]).tolist(), abs=1e-6)
    assert index.similarities(QUESTIONS[0], []).shape == (0,)


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    index = reloaded(FaissIndex.build(np.zeros((0, DIM), np.float32)), tmp_path)

    assert index.search(QUESTIONS[0], 5, None) == []
    assert index.search(QUESTIONS[0], 5, np.zeros(0, bool)) == []

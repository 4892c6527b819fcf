"""Documents like a document against brute force over all pairs of passages; which passages stand for a document."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.retrieval.candidates import scale_of
from kb.retrieval.index import Scored
from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import Allowed, PassageIds, Rows
from kb.retrieval.similar import (
    BEST_PAIRS,
    PER_DOCUMENT,
    REPRESENTATIVES,
    keep_few_of_each,
    near_documents,
    representatives,
    telling_words,
)

DIM = 16


def unit(n: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@dataclass(frozen=True)
class ExactVectors:
    """Answers :class:`kb.retrieval.index.VectorIndex` by looking at every row."""

    kept: NDArray[np.float32]
    columns: Rows

    def search(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> Scored:
        cosines = self.kept @ question
        found: Scored = []
        for language in range(len(self.columns.languages)):
            inside = np.flatnonzero(allowed.rows & (self.columns.language_of == language))
            found += sorted(((int(row), float(cosines[row])) for row in inside), key=lambda pair: (-pair[1], pair[0]))[:k]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        return np.asarray(self.kept[list(rows)], np.float32)

    def similarities(self, question: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        return np.asarray(self.kept[list(rows)] @ question, np.float32)


def a_generation(sizes: Sequence[int], seed: int, languages: Sequence[str] = ("en", "fr")) -> Any:
    """Documents of these many passages, languages by turns."""
    n = sum(sizes)
    columns = Rows(
        passages=PassageIds(np.arange(n, dtype=np.uint64)),
        documents=tuple(DocumentId(f"{number:016x}") for number in range(len(sizes))),
        document_of=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
        languages=tuple(languages),
        language_of=np.arange(n, dtype=np.int32) % len(languages),
    )
    vectors = unit(n, seed)
    sample = np.arange(0, n, 2, dtype=np.int32)
    return SimpleNamespace(rows=columns, vectors=ExactVectors(vectors, columns), sample=sample, reference=vectors[sample])


def brute_force(own: NDArray[np.float32], generation: Any, allowed: Allowed) -> dict[DocumentId, float]:
    """Each document's mean of the three own passages that come nearest to any of its passages, pair by pair."""
    rows = generation.rows
    scale = [scale_of(vector, generation) for vector in own]
    reached: dict[DocumentId, list[float]] = {}
    for i, vector in enumerate(own):
        best: dict[DocumentId, float] = {}
        for row in np.flatnonzero(allowed.rows):
            document = rows.documents[rows.document_of[row]]
            z = scale[i][rows.languages[rows.language_of[row]]].z(float(generation.vectors.kept[row] @ vector))
            best[document] = max(best.get(document, -np.inf), z)
        for document, z in best.items():
            reached.setdefault(document, []).append(z)
    return {document: float(np.mean(sorted(values)[-BEST_PAIRS:])) for document, values in reached.items()}


@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=8),
    n_own=st.integers(1, REPRESENTATIVES),
    seed=st.integers(0, 2**32 - 1),
    share=st.floats(0, 1),
)
@settings(deadline=None, max_examples=60)
def test_documents_are_scored_and_ordered_as_by_brute_force(sizes: list[int], n_own: int, seed: int, share: float) -> None:
    generation, own = a_generation(sizes, seed), unit(n_own, seed ^ 1)
    allowed = Allowed.of(generation.rows, np.random.default_rng(seed).random(sum(sizes)) < share)
    expected = brute_force(own, generation, allowed)

    found = near_documents(own, generation, allowed)

    assert {each.document: each.score for each in found} == pytest.approx(expected, abs=1e-4)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=6), seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=40)
def test_the_pairs_shown_are_of_that_document_allowed_and_the_nearest_of_their_own_passage(sizes: list[int], seed: int) -> None:
    generation, own = a_generation(sizes, seed, languages=("en",)), unit(5, seed ^ 1)
    allowed = Allowed.of(generation.rows, np.random.default_rng(seed).random(sum(sizes)) < 0.7)
    rows, kept = generation.rows, generation.vectors.kept

    for each in near_documents(own, generation, allowed):
        its = [row for row in np.flatnonzero(allowed.rows) if rows.documents[rows.document_of[row]] == each.document]
        assert len(each.pairs) == BEST_PAIRS
        assert len({i for i, _, _ in each.pairs}) == BEST_PAIRS
        for i, row, cosine in each.pairs:
            assert row in its
            assert cosine == pytest.approx(max(float(kept[other] @ own[i]) for other in its), abs=1e-6)


def test_a_document_that_holds_the_same_passages_comes_first() -> None:
    generation = a_generation([4, 4, 4], seed=7)
    own = generation.vectors.kept[4:8]

    first, *_ = near_documents(own, generation, Allowed.of(generation.rows, np.ones(12, bool)))

    assert first.document == generation.rows.documents[1]
    assert [cosine for _, _, cosine in first.pairs] == pytest.approx([1, 1, 1], abs=1e-6)


def test_representatives_cover_every_topic_before_they_repeat_one() -> None:
    """Eight topics of very different size: one passage of each stands for the document."""
    topics = np.eye(8, DIM, dtype=np.float32)
    vectors = np.repeat(topics, [20, 1, 7, 1, 3, 1, 9, 2], axis=0)

    chosen = representatives(vectors)

    assert len({int(vectors[at].argmax()) for at in chosen}) == len(chosen) == REPRESENTATIVES


@given(n=st.integers(1, 7), seed=st.integers(0, 2**32 - 1))
def test_all_passages_of_a_short_document_stand_for_it(n: int, seed: int) -> None:
    assert representatives(unit(n, seed)) == list(range(n))


@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=15)
def test_representatives_are_within_the_proven_share_of_the_best_choice(seed: int) -> None:
    vectors = unit(11, seed)
    alike = vectors @ vectors.T + 1  # not negative, as the bound needs

    def worth(chosen: Sequence[int]) -> float:
        return float(alike[list(chosen)].max(axis=0).sum())

    best = max(worth(chosen) for chosen in itertools.combinations(range(11), REPRESENTATIVES))
    assert worth(representatives(vectors)) >= (1 - 1 / np.e) * best


@given(
    ranked=st.lists(st.integers(0, 29), unique=True),
    k=st.integers(1, 12),
    copies=st.sets(st.integers(0, 9)),
)
def test_few_of_each_document_and_no_copy(ranked: list[int], k: int, copies: set[int]) -> None:
    generation = a_generation([3] * 10, seed=1)
    documents = generation.rows.documents
    copied = {documents[number] for number in copies}

    kept, met = keep_few_of_each([(row, -float(at)) for at, row in enumerate(ranked)], generation, k, copied.__contains__)

    expected: list[int] = []
    for row in ranked:
        if row // 3 not in copies and sum(other // 3 == row // 3 for other in expected) < PER_DOCUMENT and len(expected) < k:
            expected.append(row)
    assert [row for row, _ in kept] == expected
    assert met <= copied


def test_telling_words_are_names_years_and_long_words_in_the_order_of_the_text() -> None:
    small = " ".join(f"w{chr(97 + n)}x" for n in range(24))
    text = f"In {small} the Cooperativa of Mondragón in 1956 of transferability the"

    words = telling_words(text).split()

    assert len(words) == 24
    assert [word for word in words if not word.startswith("w")] == ["Cooperativa", "Mondragón", "1956", "transferability"]


@given(st.text())
def test_any_text_has_telling_words_of_its_own(text: str) -> None:
    assert all(word in text for word in telling_words(text).split())

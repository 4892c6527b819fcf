"""The dense leg against brute force: scanned, in lists, and grown from one to the other, its answers are those of a plain sort."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kb.adapters import faiss_lists, vector_shards
from kb.adapters.faiss_lists import FaissLists, ListFiles
from kb.adapters.vector_index import FEW, ShardedVectorIndex
from kb.adapters.vector_shards import VectorShards
from kb.retrieval.index import Scored
from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import DEAD, Allowed, PassageIds, Rows

DIM = 64
N_LARGE = 12_000  # enough for lists in two of the three languages


def unit(n: int, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def clustered(n: int, seed: int = 0) -> NDArray[np.float32]:
    """Vectors around 200 centres, as texts about 200 subjects are."""
    chance = np.random.default_rng(seed)
    vectors = unit(200, seed=99)[chance.integers(0, 200, n)] + 0.1 * chance.standard_normal((n, DIM)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def columns(n: int, *, dead: frozenset[int] = frozenset()) -> Rows:
    """Rows in three languages, of which the last is rare; a document has ten rows."""
    numbers = np.arange(n)
    document_of = (numbers // 10).astype(np.int32)
    document_of[sorted(dead)] = DEAD
    documents = tuple(DocumentId(f"{number:016x}") for number in range(n // 10 + 1))
    language_of = np.where(numbers % 100 == 0, 2, numbers % 2).astype(np.int32)
    return Rows(PassageIds(numbers.astype(np.uint64)), documents, document_of, ("en", "fr", "de"), language_of)


def stored(folder: Path, vectors: NDArray[np.float32], sizes: tuple[int, ...] = ()) -> VectorShards:
    """``vectors`` in files of these sizes and one of the rest."""
    folder.mkdir()
    start = 0
    for size in (*sizes, len(vectors) - sum(sizes)):
        if size:
            vector_shards.write_shard(folder, start, vectors[start : start + size])
        start += size
    return VectorShards(folder, DIM)


def brute_force(vectors: NDArray[np.float32], rows: Rows, question: NDArray[np.float32], k: int, allowed: Allowed) -> list[int]:
    """The ``k`` best of each language, best first."""
    scores = vectors.astype(np.float64) @ question.astype(np.float64)
    found = [np.zeros(0, np.int64)]
    for position in range(len(rows.languages)):
        own = np.flatnonzero(allowed.rows & (rows.language_of == position))
        found.append(own[np.lexsort((own, -scores[own]))[:k]])
    best = np.concatenate(found)
    return [int(row) for row in best[np.lexsort((best, -scores[best]))]]


def rows_of(found: Scored) -> list[int]:
    return [row for row, _ in found]


def everything(rows: Rows) -> Allowed:
    return Allowed.of(rows, np.ones(len(rows), bool))


QUESTIONS = unit(20, seed=1)


@pytest.mark.parametrize("sizes", [(), (100, 200), (1,) * 30], ids=["one file", "three files", "thirty-one files"])
def test_rows_order_and_cosines_are_those_of_brute_force(sizes: tuple[int, ...], tmp_path: Path) -> None:
    vectors, rows = unit(6000), columns(6000)
    index = ShardedVectorIndex(stored(tmp_path / "v", vectors, sizes), rows.language_of)

    assert len(index) == 6000 > FEW
    for question in QUESTIONS:
        found = index.search(question, 50, everything(rows))
        assert rows_of(found) == brute_force(vectors, rows, question, 50, everything(rows))
        assert [score for _, score in found] == pytest.approx([float(vectors[row] @ question) for row in rows_of(found)], abs=1e-5)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> ShardedVectorIndex:
    return ShardedVectorIndex(stored(tmp_path_factory.mktemp("scanned") / "v", LARGE, (5000, 40)), columns(N_LARGE).language_of)


LARGE = clustered(N_LARGE)


@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.integers(0, 300))
@settings(deadline=None, max_examples=60)
def test_only_allowed_rows_are_found_and_none_of_them_is_missed(
    scanned: ShardedVectorIndex, seed: int, share: float, k: int
) -> None:
    rows = columns(N_LARGE)
    allowed = Allowed.of(rows, np.random.default_rng(seed).random(N_LARGE) < share)
    question = LARGE[seed % N_LARGE]

    found, wanted = rows_of(scanned.search(question, k, allowed)), brute_force(LARGE, rows, question, k, allowed)
    exact = LARGE.astype(np.float64) @ question.astype(np.float64)
    assert allowed.rows[found].all()
    assert len(set(found)) == len(found)
    assert exact[found] == pytest.approx(exact[wanted], abs=1e-6)  # the same rank by rank; nearer ones are equal in float32


def learned(folder: Path) -> ShardedVectorIndex:
    """All rows in lists, from their files."""
    rows = columns(N_LARGE)
    shards = stored(folder / "v", LARGE)
    faiss_lists.learn(shards, rows.language_of, rows.live).save(folder / "lists")
    return ShardedVectorIndex(shards, rows.language_of, FaissLists(ListFiles.load(folder / "lists"), looked_through=3000))


def with_a_tail(folder: Path) -> ShardedVectorIndex:
    """Lists for the first 9,000 rows; the others are scanned."""
    rows = columns(9000)
    lists = faiss_lists.learn(stored(folder / "old", LARGE[:9000]), rows.language_of, rows.live)
    return ShardedVectorIndex(
        stored(folder / "v", LARGE, (9000,)), columns(N_LARGE).language_of, FaissLists(lists, looked_through=3000)
    )


def extended(folder: Path) -> ShardedVectorIndex:
    """Lists learned from 9,000 rows, into which the others were sorted."""
    rows, all_rows = columns(9000), columns(N_LARGE)
    lists = faiss_lists.learn(stored(folder / "old", LARGE[:9000]), rows.language_of, rows.live)
    shards = stored(folder / "v", LARGE, (9000,))
    lists = faiss_lists.extend(lists, shards, all_rows.language_of, all_rows.live)
    return ShardedVectorIndex(shards, all_rows.language_of, FaissLists(lists, looked_through=3000))


LARGE_ONES: dict[str, Callable[[Path], ShardedVectorIndex]] = {"learned": learned, "with a tail": with_a_tail, "extended": extended}


@pytest.fixture(scope="module", params=LARGE_ONES.values(), ids=LARGE_ONES.keys())
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ShardedVectorIndex:
    made: ShardedVectorIndex = request.param(tmp_path_factory.mktemp("large"))
    return made


@pytest.mark.parametrize("every", [1, 2], ids=["unfiltered", "filtered"])
def test_lists_find_at_least_98_of_100_in_each_language_with_exact_cosines(large: ShardedVectorIndex, every: int) -> None:
    rows = columns(N_LARGE)
    allowed = Allowed.of(rows, rows.document_of % every == 0)
    assert len(allowed) > FEW
    right, wanted = 0, 0
    for question in clustered(100, seed=5):
        found = large.search(question, 10, allowed)
        best = brute_force(LARGE, rows, question, 10, allowed)
        right += len(set(rows_of(found)) & set(best))
        wanted += len(best)
        assert [score for _, score in found] == pytest.approx([float(LARGE[row] @ question) for row in rows_of(found)], abs=1e-5)
        assert len(found) == 30

    assert right / wanted >= 0.98


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.5, 0.1, 0.01, 0.001, 0.0]))
@settings(deadline=None, max_examples=60)
def test_what_may_not_be_found_is_never_found_in_lists(large: ShardedVectorIndex, seed: int, share: float) -> None:
    rows = columns(N_LARGE)
    allowed = Allowed.of(rows, np.random.default_rng(seed).random(N_LARGE) < share)
    found = rows_of(large.search(LARGE[seed % N_LARGE], 50, allowed))

    assert allowed.rows[found].all()
    assert len(set(found)) == len(found)
    if len(allowed) <= FEW:
        wanted = brute_force(LARGE, rows, LARGE[seed % N_LARGE], 50, allowed)
        assert (LARGE @ LARGE[seed % N_LARGE])[found] == pytest.approx((LARGE @ LARGE[seed % N_LARGE])[wanted], abs=1e-6)


def test_dead_rows_are_not_found_and_leave_the_lists_when_these_are_extended(tmp_path: Path) -> None:
    dead = frozenset(range(0, 9000, 3))
    rows = columns(N_LARGE, dead=dead)
    shards = stored(tmp_path / "v", LARGE)
    before = columns(9000)
    lists = faiss_lists.learn(stored(tmp_path / "old", LARGE[:9000]), before.language_of, before.live)
    lists = faiss_lists.extend(lists, shards, rows.language_of, rows.live)

    assert set(lists.rows.tolist()) == set(range(N_LARGE)) - dead
    index = ShardedVectorIndex(shards, rows.language_of, FaissLists(lists))
    assert not dead & set(rows_of(index.search(LARGE[0], 500, everything(rows))))


def test_a_language_that_comes_later_gets_a_list_of_its_own(tmp_path: Path) -> None:
    before = np.zeros(6000, np.int32)
    language_of = np.r_[before, np.ones(6000, np.int32)]
    live = np.ones(N_LARGE, bool)
    lists = faiss_lists.learn(stored(tmp_path / "old", LARGE[:6000]), before, live[:6000])
    shards = stored(tmp_path / "v", LARGE, (6000,))
    lists = faiss_lists.extend(lists, shards, language_of, live)

    assert np.array_equal(np.unique(language_of[lists.rows[lists.list_of == len(lists.language) - 1]]), [1])
    assert np.array_equal(np.sort(lists.rows), np.arange(N_LARGE))


def test_equal_vectors_are_ordered_by_row_wherever_they_stand(tmp_path: Path) -> None:
    same = np.repeat(unit(1), 5000, axis=0)
    language_of = np.zeros(5000, np.int32)
    rows = Rows(PassageIds(np.arange(5000, dtype=np.uint64)), (DocumentId("0" * 16),), language_of, ("en",), language_of)
    index = ShardedVectorIndex(stored(tmp_path / "v", same, (7, 90)), language_of)

    assert rows_of(index.search(same[0], 10, everything(rows))) == list(range(10))


def test_vectors_and_similarities_are_in_the_order_asked(large: ShardedVectorIndex) -> None:
    wanted = [7, 3, 11_999, 3, 8999, 9000]

    assert np.array_equal(large.vectors(wanted), LARGE[wanted])
    assert large.similarities(QUESTIONS[0], wanted).tolist() == pytest.approx((LARGE[wanted] @ QUESTIONS[0]).tolist(), abs=1e-6)
    assert large.similarities(QUESTIONS[0], []).shape == (0,)
    with pytest.raises(IndexError):
        large.vectors([N_LARGE])


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    nothing = np.zeros(0, np.int32)
    rows = Rows(PassageIds(nothing.astype(np.uint64)), (), nothing, (), nothing)
    index = ShardedVectorIndex(stored(tmp_path / "v", np.zeros((0, DIM), np.float32)), nothing)

    assert index.search(QUESTIONS[0], 5, everything(rows)) == []


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=60))
@settings(deadline=None, max_examples=100)
def test_files_of_vectors_stay_few_however_they_come(added: list[int]) -> None:
    """Each file that may still be merged is at least twice the next: their number grows with the logarithm of the rows."""
    spans: list[tuple[int, int]] = []
    end = 0
    for n_new in added:
        n_merged = vector_shards.to_merge(spans, n_new)
        begin = spans[-n_merged][0] if n_merged else end
        end += n_new
        spans = [*spans[: len(spans) - n_merged], (begin, end)]

    sizes = [stop - start for start, stop in spans]
    assert sum(sizes) == end
    small = [size for size in sizes if size < vector_shards.SHARD_ROWS // 2]
    assert all(one >= 2 * other for one, other in pairwise(small))


def test_files_with_a_gap_or_cut_short_are_refused(tmp_path: Path) -> None:
    stored(tmp_path / "v", unit(30), (10, 10))
    paths = sorted((tmp_path / "v").iterdir())
    os.truncate(paths[2], 100)
    with pytest.raises(ValueError, match="does not hold 10 vectors"):
        VectorShards(tmp_path / "v", DIM)
    paths[1].unlink()
    with pytest.raises(ValueError, match="gaps"):
        VectorShards(tmp_path / "v", DIM)

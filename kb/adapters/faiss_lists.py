"""Lists of like vectors for a large index: FAISS's inverted lists, 8 bits a number, each list of one language.

Encoders put passages of a language near each other, so the lists nearest to a question would all be of its own language. With lists
by language, the best of every language are found, at a cost that depends on what is looked through, not on how many languages
there are. What is stored is ours (``.npy``); FAISS finds centres and compares codes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.adapters.vector_shards import VectorShards
from kb.retrieval.rows import Allowed

FOLDER = "lists"
LOOKED_THROUGH = 50_000  # codes compared for a question at least, over all languages: recall 0.999 of 100,000 made-up passages
SHARE = 0.2  # … and of all codes: recall 0.986 of a million, 0.974 with half as many, 0.992 with half as many again
LISTS = 4  # times the root of a language's rows: as good as twice the root with two thirds of the comparisons
AT_LEAST = 4096  # of each language
SAMPLE_A_LIST = 64  # vectors that its centre is learned from
ROUNDS = 8  # of k-means
ONE_LIST = 4096  # a language with fewer rows needs no centres
BLOCK = 16_384  # rows encoded together
SHARED_FROM = 20_000  # codes from which two cores share a question; threads that FAISS starts itself burn what others need


@dataclass(frozen=True)
class ListFiles:
    """What is stored of the lists.

    Attributes:
        centres: ``float32 (n_lists, dim)``, unit length.
        language: ``int32 (n_lists,)``, position in the generation's languages.
        low: ``float32 (dim,)``, and
        step: ``float32 (dim,)``: a number is about ``low + step * (code + 0.5)``.
        ends: ``int64 (n_lists,)``: list *i* is ``rows[ends[i - 1] : ends[i]]``.
        rows: ``int32 (n,)``, by list.
        codes: ``uint8 (n, dim)``, the same order.
        counts: ``int64 (2,)``: rows from the first that were sorted into lists; live rows when the centres were learned.
    """

    centres: NDArray[np.float32]
    language: NDArray[np.int32]
    low: NDArray[np.float32]
    step: NDArray[np.float32]
    ends: NDArray[np.int64]
    rows: NDArray[np.int32]
    codes: NDArray[np.uint8]
    counts: NDArray[np.int64]

    def save(self, folder: Path) -> None:
        """Write into ``folder``."""
        folder.mkdir(exist_ok=True)
        for column in fields(self):
            np.save(folder / f"{column.name}.npy", getattr(self, column.name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> ListFiles:
        """Read from ``folder``; the codes are mapped."""
        return cls(
            **{
                column.name: np.load(
                    folder / f"{column.name}.npy", mmap_mode="r" if column.name == "codes" else None, allow_pickle=False
                )
                for column in fields(cls)
            }
        )

    @property
    def list_of(self) -> NDArray[np.int64]:
        """The list of each of ``rows``."""
        return np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=0))


def counts_in(folder: Path) -> tuple[int, int]:
    """What :attr:`ListFiles.counts` says."""
    listed, learned = np.load(folder / "counts.npy", allow_pickle=False).tolist()
    return int(listed), int(learned)


def learn(shards: VectorShards, language_of: NDArray[np.int32], live: NDArray[np.bool_]) -> ListFiles:
    """Find lists for every live row."""
    chance = np.random.default_rng(seed=0)
    centres, language, samples = [], [], [np.zeros((1, shards.dim), np.float32)]
    for position in np.unique(language_of[live]).tolist():
        rows = np.flatnonzero(live & (language_of == position))
        n_lists = 1 if len(rows) < ONE_LIST else round(LISTS * len(rows) ** 0.5)
        wanted = min(len(rows), n_lists * SAMPLE_A_LIST)
        sample = shards.take(np.sort(chance.choice(rows, wanted, replace=False)))
        centres.append(_centres(sample, n_lists))
        language.append(np.full(n_lists, position, np.int32))
        samples.append(sample[: 50 * n_lists])
    low, high = _bounds(samples)
    empty = ListFiles(
        np.concatenate(centres) if centres else np.zeros((0, shards.dim), np.float32),
        np.concatenate(language) if language else np.zeros(0, np.int32),
        low,
        np.maximum(high - low, 1e-6) / 256,
        np.zeros(sum(map(len, centres)), np.int64),
        np.zeros(0, np.int32),
        np.zeros((0, shards.dim), np.uint8),
        np.array([0, live.sum()], np.int64),
    )
    return extend(empty, shards, language_of, live)


def extend(known: ListFiles, shards: VectorShards, language_of: NDArray[np.int32], live: NDArray[np.bool_]) -> ListFiles:
    """Sort the rows that came since into the lists, and leave out the dead; a language that is new gets one list."""
    new = np.setdiff1d(np.unique(language_of[live]), known.language).astype(np.int32)
    fresh = [shards.take(np.flatnonzero(live & (language_of == position))[:BLOCK]).mean(axis=0) for position in new]
    centres = np.concatenate([known.centres, *(_unit(centre)[None] for centre in fresh)])
    language = np.concatenate([known.language, new])
    begin, n_known = int(known.counts[0]), len(known.rows)
    added = np.flatnonzero(live[begin:]) + begin
    rows = np.concatenate([known.rows, added.astype(np.int32)])
    list_of = np.concatenate([known.list_of, np.zeros(len(added), np.int64)])
    codes = np.empty((len(rows), shards.dim), np.uint8)  # 400 MB for a million: filled once, ordered once
    codes[:n_known] = known.codes
    for at in range(0, len(added), BLOCK):
        part = added[at : at + BLOCK]
        vectors = shards.take(part)
        list_of[n_known + at : n_known + at + len(part)] = _assign(vectors, language_of[part], centres, language)
        codes[n_known + at : n_known + at + len(part)] = _encode(vectors, known.low, known.step)
    kept = np.flatnonzero(live[rows])
    order = kept[np.argsort(list_of[kept], kind="stable")]
    ends = np.cumsum(np.bincount(list_of[order], minlength=len(language))).astype(np.int64)
    counts = np.array([len(shards), known.counts[1]], np.int64)
    return ListFiles(centres, language, known.low, known.step, ends, rows[order], codes[order], counts)


def _centres(sample: NDArray[np.float32], n_lists: int) -> NDArray[np.float32]:
    if n_lists == 1:
        return _unit(sample.mean(axis=0))[None]
    import faiss

    kmeans = faiss.Kmeans(sample.shape[1], n_lists, niter=ROUNDS, spherical=True, seed=1, min_points_per_centroid=1)
    kmeans.train(sample)
    return np.asarray(kmeans.centroids, np.float32)


def _bounds(samples: list[NDArray[np.float32]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    lows, highs = [sample.min(axis=0) for sample in samples], [sample.max(axis=0) for sample in samples]
    return np.min(lows, axis=0), np.max(highs, axis=0)


def _assign(
    vectors: NDArray[np.float32], spoken: NDArray[np.int32], centres: NDArray[np.float32], language: NDArray[np.int32]
) -> NDArray[np.int64]:
    """The list of each vector: the nearest one of its language."""
    import faiss

    found = np.zeros(len(vectors), np.int64)
    for position in np.unique(spoken):
        own, inside = np.flatnonzero(language == position), np.flatnonzero(spoken == position)
        _, nearest = faiss.knn(vectors[inside], centres[own], 1, metric=faiss.METRIC_INNER_PRODUCT)
        found[inside] = own[nearest[:, 0]]
    return found


def _encode(vectors: NDArray[np.float32], low: NDArray[np.float32], step: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.asarray(np.clip((vectors - low) / step, 0, 255), np.uint8)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


class FaissLists:
    """Answers :class:`kb.adapters.vector_index.Lists`."""

    def __init__(self, files: ListFiles, *, looked_through: int = LOOKED_THROUGH) -> None:
        import faiss

        self._faiss: Any = faiss
        self._centres, self._language = files.centres, files.language
        self._sizes = np.diff(files.ends, prepend=0)
        self._n_listed = int(files.counts[0])
        self._looked_through = max(looked_through, round(SHARE * self._n_listed))
        n_lists, dim = files.centres.shape
        kind, metric = faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        self._quantizer = faiss.IndexFlatIP(dim)  # FAISS wants one; which lists to open is decided here
        self._index: Any = faiss.IndexIVFScalarQuantizer(self._quantizer, dim, max(1, n_lists), kind, metric, False)
        faiss.copy_array_to_vector(np.concatenate([files.low, 255 * files.step]).astype(np.float32), self._index.sq.trained)
        self._index.is_trained = True
        stored: Any = faiss.ArrayInvertedLists(max(1, n_lists), dim)
        begin = 0
        for number, end in enumerate(files.ends.tolist()):
            if end > begin:
                ids, part = files.rows[begin:end].astype(np.int64), np.ascontiguousarray(files.codes[begin:end])
                stored.add_entries(number, end - begin, faiss.swig_ptr(ids), faiss.swig_ptr(part))
            begin = end
        stored.this.disown()
        self._index.replace_invlists(stored, True)
        self._beside = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="lists")

    def __len__(self) -> int:
        return self._n_listed

    def search(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> NDArray[np.int64]:
        """See the port."""
        chosen = self._chosen(question, allowed)
        bits = None if len(allowed) == len(allowed.rows) else np.packbits(allowed.rows[: self._n_listed], bitorder="little")
        if sum(int(self._sizes[lists].sum()) for lists in chosen) < SHARED_FROM:
            return self._look(question, k, chosen, bits)
        halves = [[lists[half::2] for lists in chosen if len(lists) > half] for half in (0, 1)]
        other = self._beside.submit(self._look, question, k, halves[1], bits)
        return np.concatenate([self._look(question, k, halves[0], bits), other.result()])

    def _look(
        self, question: NDArray[np.float32], k: int, chosen: list[NDArray[np.int64]], bits: NDArray[np.uint8] | None
    ) -> NDArray[np.int64]:
        """The ``k`` nearest rows in each of ``chosen``, of those whose bit is set."""
        if not chosen:
            return np.zeros(0, np.int64)
        faiss, pointer = self._faiss, self._faiss.swig_ptr
        probes = np.full((len(chosen), max(map(len, chosen))), -1, np.int64)
        for at, lists in enumerate(chosen):
            probes[at, : len(lists)] = lists
        questions = np.ascontiguousarray(np.repeat(question[None], len(chosen), axis=0), np.float32)
        nearness = np.zeros(probes.shape, np.float32)  # of centres; codes are whole vectors, so it does not count
        scores, rows = np.empty((len(chosen), k), np.float32), np.empty((len(chosen), k), np.int64)
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        parameters = faiss.SearchParametersIVF(nprobe=probes.shape[1], sel=selector)
        self._index.search_preassigned_c(
            len(chosen),
            pointer(questions),
            k,
            pointer(probes),
            pointer(nearness),
            pointer(scores),
            pointer(rows),
            False,
            parameters,
        )
        return rows[rows >= 0]

    def _chosen(self, question: NDArray[np.float32], allowed: Allowed) -> list[NDArray[np.int64]]:
        """For each language with allowed rows, its nearest lists: as many as hold the share of its rows that may be looked through.

        Where a filter leaves few rows, more lists are opened, for the same number of comparisons.
        """
        nearness = self._centres @ question
        n_allowed = len(allowed)
        chosen = []
        for position in np.flatnonzero(allowed.per_language).tolist():
            lists = np.flatnonzero((self._language == position) & (self._sizes > 0))
            n_own = int(allowed.per_language[position])
            share = max(AT_LEAST, self._looked_through * n_own // n_allowed) / n_own
            if share < 1:
                lists = lists[np.argsort(-nearness[lists], kind="stable")]
                seen = np.cumsum(self._sizes[lists])
                lists = lists[: int(np.searchsorted(seen, share * seen[-1])) + 1] if len(lists) else lists
            if len(lists):
                chosen.append(lists)
        return chosen

"""Dense leg: the nearest vectors of each language, by exact cosine.

A small index is scanned. In a large one the first rows stand in lists of like vectors, of which the nearest are looked through
(:mod:`kb.adapters.faiss_lists`); the rows that came since are scanned. Whatever either finds is scored again with the stored
vectors, so a cosine is exact and the same in any arrangement. Filters go into both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.adapters.vector_shards import VectorShards
from kb.retrieval.index import Scored
from kb.retrieval.rows import Allowed

FEW = 4096  # so few allowed rows are scored one by one: 4 ms, less than a look through the lists
SPARE = 10  # candidates of the lists beyond the wanted ones: what 8 bits a number put in the wrong order
ROUNDING = 1e-6  # of a sum of 384 products in float32; what lies nearer than this to the last one is scored again


class Lists(Protocol):
    """Rows in lists of like vectors, each list of one language."""

    def __len__(self) -> int:
        """Rows from the first that stand in lists."""
        ...

    def search(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> NDArray[np.int64]:
        """About the ``k`` nearest allowed rows of each language, unordered."""
        ...


class ShardedVectorIndex:
    """Answers :class:`kb.retrieval.index.VectorIndex`."""

    def __init__(self, shards: VectorShards, language_of: NDArray[np.int32], lists: Lists | None = None) -> None:
        self._shards, self._language_of, self._lists = shards, language_of, lists
        self._n_listed = 0 if lists is None else len(lists)
        self._tail = shards.block(self._n_listed, len(shards))
        order = np.argsort(language_of[self._n_listed :], kind="stable")
        bounds = np.searchsorted(language_of[self._n_listed :][order], np.arange(language_of.max(initial=-1) + 2))
        self._tail_of = [order[start:stop] for start, stop in pairwise(bounds)]

    def __len__(self) -> int:
        return len(self._shards)

    @property
    def n_listed(self) -> int:
        """Rows that stand in lists; the others are scanned."""
        return self._n_listed

    def search(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> Scored:
        """See the port."""
        if k < 1 or not len(allowed):
            return []
        if len(allowed) <= FEW:
            rows = allowed.numbers
        else:
            rows = np.concatenate([self._listed(question, k, allowed), self._scanned(question, k, allowed)])
        return self._best(question, rows, k)

    def _listed(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> NDArray[np.int64]:
        return np.zeros(0, np.int64) if self._lists is None else self._lists.search(question, k + SPARE, allowed)

    def _scanned(self, question: NDArray[np.float32], k: int, allowed: Allowed) -> NDArray[np.int64]:
        """The ``k`` nearest allowed rows of each language in the tail, and what rounding could have put behind them."""
        if not len(self._tail):
            return np.zeros(0, np.int64)
        scores = self._tail @ question
        may = None if len(allowed) == len(self) else allowed.rows[self._n_listed :]
        found = [np.zeros(0, np.int64)]
        for positions in self._tail_of:
            inside = positions if may is None else positions[may[positions]]
            if len(inside) > k:
                own = scores[inside]
                inside = inside[own >= np.partition(own, len(own) - k)[len(own) - k] - ROUNDING]
            found.append(inside)
        return np.concatenate(found) + self._n_listed

    def _best(self, question: NDArray[np.float32], rows: NDArray[np.int64], k: int) -> Scored:
        """The ``k`` best of each language among ``rows``."""
        scores = _cosines(self.vectors(rows), question)
        order = np.lexsort((rows, -scores))
        spoken = self._language_of[rows[order]]
        by_language = np.argsort(spoken, kind="stable")
        firsts = np.searchsorted(spoken[by_language], spoken[by_language])
        kept = np.sort(by_language[np.arange(len(rows)) - firsts < k])
        best = order[kept]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """See the port."""
        wanted = np.asarray(rows, np.int64)
        found = np.empty((len(wanted), self._shards.dim), np.float32)
        in_tail = wanted >= self._n_listed
        found[in_tail] = self._tail[wanted[in_tail] - self._n_listed]
        found[~in_tail] = self._shards.take(wanted[~in_tail])
        return found

    def similarities(self, question: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """See the port."""
        return _cosines(self.vectors(rows), question)


def _cosines(vectors: NDArray[np.float32], question: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row by row, so that equal vectors have equal scores wherever they stand; a product of matrices rounds by place."""
    return np.asarray(np.einsum("ij,j->i", vectors, question), np.float32)

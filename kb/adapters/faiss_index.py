"""Dense leg: FAISS, inner product of unit vectors, exact. Filters go into the search, never after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from kb.retrieval.index import Scored

FILE = "vectors.faiss"


class FaissIndex:
    """Answers :class:`kb.retrieval.index.VectorIndex`; row *i* is the *i*-th vector that was added."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> FaissIndex:
        """From ``float32 (n_rows, dim)``, unit length."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    def save(self, folder: Path) -> None:
        """Write into ``folder``."""
        faiss.write_index(self._index, str(folder / FILE))

    @classmethod
    def load(cls, folder: Path) -> FaissIndex:
        """Read from ``folder``; its SHA-256 must have been checked: FAISS's reader is native code."""
        return cls(faiss.read_index(str(folder / FILE)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, question: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None) -> Scored:
        """See the port."""
        wanted = min(k, len(self) if allowed is None else int(allowed.sum()))
        if wanted == 0:
            return []
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg,arg-type]  # added in Python
        scores, rows = self._index.search(question.reshape(1, -1), wanted, params=parameters)
        found = [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def similarities(self, question: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """See the port."""
        if not rows:
            return np.zeros(0, np.float32)
        vectors = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        return np.asarray(vectors @ question, np.float32)

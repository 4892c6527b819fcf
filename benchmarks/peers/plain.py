"""What one writes in an afternoon: sentence-transformers, a flat FAISS index, BM25, reciprocal rank fusion."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import faiss
import numpy as np
import Stemmer
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from peers import PASSAGE, QUERY, Peer, versions, whole

DEPTH = 100  # of each leg
RANK_CONSTANT = 60  # Cormack, Clarke, Büttcher 2009


class System(Peer):
    """One, as :mod:`peer` starts it."""

    def __init__(self, model: Path) -> None:
        self._model = SentenceTransformer(str(model), device="cpu", local_files_only=True)
        self._stemmer = Stemmer.Stemmer("english")
        self.vectors = np.zeros((0, 0), np.float32)

    def index(self, documents: Mapping[str, tuple[str, str]], vectors: NDArray[np.float32] | None = None) -> float:
        began = time.perf_counter()
        self._ids = list(documents)
        texts = [whole(*document) for document in documents.values()]
        if vectors is None:
            vectors = self._model.encode([PASSAGE + text for text in texts], normalize_embeddings=True, show_progress_bar=False)
        self.vectors = np.asarray(vectors, np.float32)
        self._dense = faiss.IndexFlatIP(self.vectors.shape[1])
        self._dense.add(self.vectors)
        self._words = bm25s.BM25()
        self._words.index(self._tokens(texts), show_progress=False)
        return time.perf_counter() - began

    def rank(self, question: str, k: int) -> Sequence[str]:
        depth = min(DEPTH, len(self._ids))
        asked = self._model.encode([QUERY + question], normalize_embeddings=True, show_progress_bar=False)
        (near,) = self._dense.search(np.asarray(asked, np.float32), depth)[1]
        found, scores = self._words.retrieve(self._tokens([question]), k=depth, show_progress=False)
        named = [row for row, score in zip(found[0], scores[0], strict=True) if score > 0]
        score: dict[int, float] = {}
        for leg in (near, named):
            for rank, row in enumerate(leg, start=1):
                score[int(row)] = score.get(int(row), 0.0) + 1 / (RANK_CONSTANT + rank)
        return [self._ids[row] for row in sorted(score, key=lambda row: -score[row])[:k]]

    def about(self) -> dict[str, str]:
        return versions("sentence-transformers", "torch", "faiss-cpu", "bm25s", "PyStemmer")

    def _tokens(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)

"""Re-ranking: a cross-encoder reads question and passage together. Better and slower; off unless an installation names a model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.answer import Hit, Reranked

DEPTH = 30  # passages that are read again: a choice of time, not measured for quality


class Reranker(Protocol):
    """A model that scores pairs of question and passage."""

    @property
    def name(self) -> str:
        """As the settings spell it."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How well each text answers: ``float32 (len(texts),)``; higher is better, the unit is the model's own."""
        ...


def rerank(question: str, hits: Sequence[Hit], reranker: Reranker) -> tuple[list[Hit], Reranked]:
    """The first :data:`DEPTH` hits in the order of the cross-encoder, the others after them as they were; ranks told anew.

    Ties keep their order. Fused scores stay with their hits, so they no longer fall from hit to hit.
    """
    began = time.perf_counter()
    first, rest = hits[:DEPTH], hits[DEPTH:]
    texts = [hit.passage.embedded_text for hit in first]
    scores = reranker.scores(question, texts).tolist() if texts else []
    read = sorted(zip(scores, first, strict=True), key=lambda pair: -pair[0])
    ordered = [*(replace(hit, reranker_score=score) for score, hit in read), *rest]
    found = [replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1)]
    return found, Reranked(reranker.name, len(first), time.perf_counter() - began)

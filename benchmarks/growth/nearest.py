"""How many of the exact nearest the dense leg brings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.candidates import CANDIDATES, MIN_CANDIDATES
from kb.retrieval.generation import Generation
from kb.retrieval.rows import Allowed
from kb.services.knowledge_base import KnowledgeBase

NEAREST = 10  # of each language
AT_ONCE = 50_000  # rows compared exactly at a time: 77 MB of vectors

Vectors = NDArray[np.float32]
Masks = dict[str, NDArray[np.bool_]]  # name → rows that count
Asked = tuple[str, int, int]  # name of the mask, position of the language, position of the question


def depth(n_languages: int) -> int:
    """Candidates of each language that the dense leg is asked for."""
    return max(CANDIDATES // max(1, n_languages), MIN_CANDIDATES)


def recall(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, float]:
    """Share of the exact ten nearest of each language that the dense leg brings; unfiltered, and in half of the documents."""
    generation = base.generation()
    rows = generation.rows
    vectors = np.stack([base.encoder().encode_question(question) for question in asked])
    masks = {"unfiltered": rows.live, "half_of_the_documents": rows.live & (rows.document_of % 2 == 0)}
    exact = _exact(generation, vectors, masks)
    found = {}
    for name, mask in masks.items():
        allowed = Allowed.of(rows, mask)
        right = wanted = 0
        for q, vector in enumerate(vectors):
            brought = {row for row, _ in generation.vectors.search(vector, depth(len(rows.languages)), allowed)}
            for position in range(len(rows.languages)):
                nearest = {row for _, row in exact[name, position, q]}
                right, wanted = right + len(nearest & brought), wanted + len(nearest)
        found[name] = round(right / wanted, 4)
    return found


def _exact(generation: Generation, vectors: Vectors, masks: Masks) -> dict[Asked, list[tuple[float, int]]]:
    """Scores and rows of the nearest, best first, from all vectors, without an index."""
    rows = generation.rows
    best: dict[Asked, list[tuple[float, int]]] = {}
    for start in range(0, len(rows), AT_ONCE):
        numbers = np.arange(start, min(start + AT_ONCE, len(rows)))
        scores = generation.vectors.vectors(numbers.tolist()) @ vectors.T
        for name, mask in masks.items():
            for position in range(len(rows.languages)):
                own = np.flatnonzero(mask[numbers] & (rows.language_of[numbers] == position))
                for q in range(len(vectors)):
                    top = own[np.argsort(-scores[own, q])[:NEAREST]]
                    merged = best.get((name, position, q), []) + [(float(scores[i, q]), int(numbers[i])) for i in top]
                    best[name, position, q] = sorted(merged, reverse=True)[:NEAREST]
    return best

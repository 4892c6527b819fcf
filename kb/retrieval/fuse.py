"""Fusion of the two legs, which live on different scales. Pure: numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAME_LANGUAGE_WEIGHT = 3.0  # docs/benchmarks.md, "Fusion": within a language, over Cranfield, TIME, French, CISI, SciFact
OTHER_LANGUAGE_WEIGHT = 1.0  # the same, XQuAD de/es/ro → en: above it, function words of one language match noise of another


@dataclass(frozen=True)
class Leg:
    """One row's scores.

    Attributes:
        similarity: cosine of question and passage.
        bm25: 0 where no word is shared.
        shares_language: whether question and passage may share words (same language, or one unknown).
    """

    similarity: float
    bm25: float
    shares_language: bool


def z_score(similarity: float, reference: NDArray[np.float32]) -> float:
    """How far a similarity stands above those of a random sample, in its standard deviations.

    Args:
        similarity: of question and passage.
        reference: ``float32 (n,)``: similarities of the same question to the sample.
    """
    spread = float(reference.std()) if len(reference) > 1 else 0.0
    centre = float(reference.mean()) if len(reference) else 0.0
    return (similarity - centre) / spread if spread > 1e-6 else similarity - centre  # a sample of one has no spread


def fuse(legs: Mapping[int, Leg], reference: NDArray[np.float32]) -> list[tuple[int, float]]:
    """Order candidates by ``z(similarity) + w × bm25 / best bm25``.

    The weight ``w`` falls where question and passage differ in language: there shared words are names and numbers at best,
    noise at worst, and a plain hybrid loses to its dense leg.

    Args:
        legs: row → its scores, for every candidate of either leg.
        reference: similarities of the question to a fixed sample of the corpus.

    Returns:
        ``(row, score)``, best first; ties by row.
    """
    best = max((leg.bm25 for leg in legs.values()), default=0.0)

    def score(leg: Leg) -> float:
        weight = SAME_LANGUAGE_WEIGHT if leg.shares_language else OTHER_LANGUAGE_WEIGHT
        return z_score(leg.similarity, reference) + (weight * leg.bm25 / best if best > 0 else 0.0)

    scored = ((row, score(leg)) for row, leg in legs.items())
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))

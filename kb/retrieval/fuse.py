"""Fusion of the two legs, which live on different scales. Pure: numbers in, numbers out.

Meaning: a similarity is told as a z-score against a sample of passages *of the same language*. Encoders rate passages in the
question's own language higher whatever they say; measured against its own language, a foreign passage competes on equal terms.
Words: BM25 is told as a share of what a passage with every word of the question would score. Shared noise then stays small
where a question has its answer in another language, while a plain "best score = 1" would always lift the own language. In its own
language a passage is compared by words, in another one by the roots that languages share.
Feedback: the passage that comes first speaks a little for those like it (Rocchio 1971, with one document). It stays first.

Accuracy@1 on XQuAD paragraphs in four languages mixed, questions whose answer is in another language: dense 0.52, plain hybrid
0.20, this 0.71; answers in the own language 0.97, 0.98, 0.98. The other sets are in docs/benchmarks.md, "Ranking".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORDS_WEIGHT = 4.5  # of 3, 4, 4.5, 5, 6 the best compromise over all judged sets (docs/benchmarks.md, "Ranking")
ABROAD_WEIGHT = 3.0  # in another language words are cognates and names only: of 2, 3, 4, 5 the best compromise (same place)
FEEDBACK = 0.1  # nDCG@10: Cranfield +0.009, NPL +0.006, sample +0.005, ClimRetrieve -0.008 (24 questions); 0.2 costs that one more
PRIOR = 24  # sample size at which a language's own mean and spread weigh as much as the whole sample's


class Leg(NamedTuple):  # hundreds are made for a question; cheaper to make than a frozen dataclass
    """One row's scores.

    Attributes:
        similarity: cosine of question and passage.
        words: BM25 as a share of a full match; 0 where no word is shared.
        language: of the passage.
        is_abroad: whether that is another language than the question's.
        likeness: cosine to the passage that came first without it; 0 before that is known.
    """

    similarity: float
    words: float
    language: str
    is_abroad: bool = False
    likeness: float = 0.0

    @property
    def nearness(self) -> float:
        """What the vectors say: near the question, and near what answers it best."""
        return self.similarity + FEEDBACK * self.likeness

    @property
    def weighted_words(self) -> float:
        """What the words add to the score."""
        return (ABROAD_WEIGHT if self.is_abroad else WORDS_WEIGHT) * self.words


@dataclass(frozen=True)
class Scale:
    """Mean and standard deviation of a question's similarities to a sample."""

    mean: float
    spread: float

    def z(self, similarity: float) -> float:
        """Standard deviations above the mean; a sample without spread only centres."""
        return (similarity - self.mean) / (self.spread if self.spread > 1e-6 else 1.0)


def scales(similarities: NDArray[np.float32], languages: NDArray[np.int32], names: tuple[str, ...]) -> dict[str, Scale]:
    """A scale for each language, drawn towards the whole sample's where its own is small.

    Args:
        similarities: ``float32 (n,)``, of the question to each vector of the sample.
        languages: ``int32 (n,)``, positions in ``names``.
        names: languages.
    """
    if not len(similarities):
        return dict.fromkeys(names, Scale(0.0, 0.0))
    counts = np.bincount(languages, minlength=len(names))
    means = np.bincount(languages, similarities, len(names)) / np.maximum(counts, 1)
    spreads = np.sqrt(np.bincount(languages, (similarities - means[languages]) ** 2, len(names)) / np.maximum(counts, 1))
    shares = counts / (counts + PRIOR)
    means = shares * means + (1 - shares) * float(similarities.mean())
    spreads = shares * spreads + (1 - shares) * float(similarities.std())
    return {name: Scale(mean, spread) for name, mean, spread in zip(names, means.tolist(), spreads.tolist(), strict=True)}


def fuse(legs: Mapping[int, Leg], scale: Mapping[str, Scale]) -> list[tuple[int, float]]:
    """Order candidates by ``z(nearness) + 4.5 × words``, 3 × where question and passage differ in language.

    Args:
        legs: row → its scores, for every candidate of either leg.
        scale: language → scale of the question's nearness.

    Returns:
        ``(row, score)``, best first; ties by row.
    """
    scored = [(row, scale[leg.language].z(leg.nearness) + leg.weighted_words) for row, leg in legs.items()]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))

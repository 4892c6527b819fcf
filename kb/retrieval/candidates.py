"""What each leg finds for a question: the lexical one by its words, the dense one by its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.answer import Legs
from kb.retrieval.deadline import Deadline
from kb.retrieval.fuse import FEEDBACK, Leg, Scale, fuse, scales
from kb.retrieval.generation import Generation
from kb.retrieval.index import Correction, Matches, Scored, Verbatim
from kb.retrieval.rows import Allowed
from kb.retrieval.widening import NamedConcept
from kb.retrieval.words_leg import differs, join

CANDIDATES = 200  # a leg, over all languages; the figures of docs/benchmarks.md "Measured" are with this depth
MIN_CANDIDATES = 20  # of each language in the dense leg, however many languages there are


@dataclass(frozen=True)
class Candidates:
    """What both legs found.

    Attributes:
        scores: row → its scores, for every candidate of either leg.
        scale: language → scale of the question's nearness.
        dense: candidates of the dense leg, best first, by z-score.
        lexical: candidates of the lexical leg, best first, by share of a full match; their scores are BM25.
        is_cut_short: whether time ran out before the words were looked for.
    """

    scores: dict[int, Leg]
    scale: dict[str, Scale]
    dense: Scored
    lexical: Scored
    is_cut_short: bool = False

    def of(self, leg: Legs) -> Scored:
        """One leg's own ranking."""
        return self.lexical if leg is Legs.LEXICAL else self.dense


def find_candidates(
    question: str,
    vector: NDArray[np.float32],
    language: str,
    generation: Generation,
    allowed: Allowed,
    *,
    verbatim: Verbatim,
    corrections: Sequence[Correction],
    deadline: Deadline,
    named: Sequence[NamedConcept] = (),
) -> Candidates:
    """Ask both legs.

    Args:
        question: as asked, spaces collapsed.
        vector: of the question, ``float32 (dim,)``, unit length.
        language: of the question, or ``"und"``.
        allowed: rows that may be found.
        verbatim: what those rows keep to.
        corrections: of mistyped words; the lexical leg looks for both.
        deadline: once it has passed the lexical leg is not asked.
        named: concepts of the question; the lexical leg looks for what else they are called.
    """
    rows = generation.rows
    scale = scale_of(vector, generation)
    dense = nearest(vector, generation, allowed, scale)
    is_late = deadline.has_passed()

    def ask(search: Callable[..., Matches]) -> Matches:
        if is_late:
            return Matches([], 1.0)
        return search(
            question,
            CANDIDATES,
            language=language,
            allowed=allowed,
            verbatim=verbatim,
            corrections=corrections,
        )

    terms: Scored = []
    if named and not is_late:
        search_terms = generation.lexical.search_terms
        terms = search_terms(question, named, CANDIDATES, language=language, allowed=allowed, verbatim=verbatim)
    home, abroad = ask(generation.lexical.search), ask(generation.lexical.search_abroad)
    words = join(home, abroad, rows, language, CANDIDATES, terms=terms)
    similarity = dict(dense)
    only_words = [row for row in words.share if row not in similarity]
    vectors = generation.vectors.vectors([*similarity, *only_words])  # once for all: they are fetched from disk
    similarity.update(zip(only_words, _cosines(vectors[len(similarity) :], vector), strict=True))
    spoken = [rows.languages[position] for position in rows.language_of[list(similarity)].tolist()]
    scores = {
        row: Leg(cosine, words.share.get(row, 0.0), other, differs(other, language))
        for (row, cosine), other in zip(similarity.items(), spoken, strict=True)
    }
    return feed_back(Candidates(scores, scale, dense, words.ranked, is_late), vector, vectors, generation)


def feed_back(found: Candidates, vector: NDArray[np.float32], vectors: NDArray[np.float32], generation: Generation) -> Candidates:
    """The same candidates, each with its likeness to the one that comes first.

    Args:
        vector: of the question.
        vectors: of the candidates, in their order.
    """
    if not found.scores:
        return found
    first = fuse(found.scores, found.scale)[0][0]
    best = vectors[list(found.scores).index(first)]
    scores = {row: Leg(*leg[:4], alike) for (row, leg), alike in zip(found.scores.items(), _cosines(vectors, best), strict=True)}
    return replace(found, scores=scores, scale=scale_of(vector + FEEDBACK * best, generation))


def _cosines(vectors: NDArray[np.float32], other: NDArray[np.float32]) -> list[float]:
    """Row by row, so that equal vectors have equal scores wherever they stand; a product of matrices rounds by place."""
    cosines: list[float] = np.einsum("ij,j->i", vectors, other).tolist()
    return cosines


def scale_of(vector: NDArray[np.float32], generation: Generation) -> dict[str, Scale]:
    """Language → scale of the similarities of ``vector``, by the generation's sample."""
    rows = generation.rows
    return scales(generation.reference @ vector, rows.language_of[generation.sample], rows.languages)


def nearest(vector: NDArray[np.float32], generation: Generation, allowed: Allowed, scale: Mapping[str, Scale]) -> Scored:
    """The best of each language, by z-score: cosines of different languages do not compare. Scores are cosines."""
    rows = generation.rows
    found = generation.vectors.search(vector, of_each_language(allowed.per_language), allowed)
    names = rows.languages
    return sorted(found, key=lambda pair: (-scale[names[rows.language_of[pair[0]]]].z(pair[1]), pair[0]))


def of_each_language(per_language: NDArray[np.int64]) -> int:
    """How many candidates of each language make :data:`CANDIDATES` together, but never fewer than :data:`MIN_CANDIDATES`.

    A language that has fewer passages leaves its places to the others: else three passages in three languages of their own, such as
    lists of names, take a third of the places away from six languages.

    Args:
        per_language: ``int (n_languages,)``, rows that may be found.
    """
    left = CANDIDATES
    counts = sorted(int(count) for count in per_language if count)
    for position, count in enumerate(counts):
        share = left // (len(counts) - position)
        if count >= share:
            return max(share, MIN_CANDIDATES)
        left -= count
    return CANDIDATES  # there are no more than that

"""What each leg finds for a question: the lexical one by its words, the dense one by its meaning."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.answer import Legs
from kb.retrieval.embed import Encoder
from kb.retrieval.fuse import Leg, Scale, scales
from kb.retrieval.index import Generation, Rows, Scored
from kb.retrieval.passage import DocumentId

CANDIDATES = 200  # a leg, over all languages; the figures of docs/benchmarks.md "Measured" are with this depth
MIN_CANDIDATES = 20  # of each language in the dense leg, however many languages there are


def allowed_rows(rows: Rows, chosen: Sequence[DocumentId], languages: Collection[str]) -> NDArray[np.bool_]:
    """``bool (n_rows,)``: rows of the chosen documents, in the wanted languages."""
    wanted = set(chosen)
    by_document = np.fromiter((document in wanted for document in rows.documents), bool, len(rows.documents))
    allowed = by_document[rows.document_of] if len(rows) else np.zeros(0, bool)
    if languages:
        by_language = np.fromiter((language in languages for language in rows.languages), bool, len(rows.languages))
        allowed &= by_language[rows.language_of]
    return np.asarray(allowed, bool)


@dataclass(frozen=True)
class Candidates:
    """What both legs found.

    Attributes:
        scores: row → its scores, for every candidate of either leg.
        scale: language → scale of the question's similarities.
        dense: candidates of the dense leg, best first, by z-score.
        lexical: candidates of the lexical leg, best first, by BM25.
    """

    scores: dict[int, Leg]
    scale: dict[str, Scale]
    dense: Scored
    lexical: Scored

    def of(self, leg: Legs) -> Scored:
        """One leg's own ranking."""
        return self.lexical if leg is Legs.LEXICAL else self.dense


def find_candidates(
    question: str,
    language: str,
    generation: Generation,
    encoder: Encoder,
    allowed: NDArray[np.bool_],
    chosen: Sequence[DocumentId],
    languages: Collection[str],
) -> Candidates:
    """Ask both legs.

    Args:
        question: as asked, spaces collapsed.
        language: of the question, or ``"und"``.
        allowed: ``bool (n_rows,)``: rows that may be found.
        chosen: the documents of those rows.
        languages: of those rows; empty means any.
    """
    rows = generation.rows
    vector = encoder.encode_question(question)
    sample = generation.sample
    scale = scales(generation.reference @ vector, rows.language_of[sample], rows.languages)
    dense = _dense(vector, generation, allowed, scale)
    in_documents = None if len(chosen) == len(rows.documents) else chosen
    lexical = generation.lexical.search(
        question, CANDIDATES, language=language, documents=in_documents, languages=languages or None
    )
    similarity = dict(dense)
    only_lexical = [row for row, _ in lexical.found if row not in similarity]
    similarity.update(zip(only_lexical, generation.vectors.similarities(vector, only_lexical).tolist(), strict=True))
    words = {row: bm25 / lexical.full for row, bm25 in lexical.found}
    spoken = [rows.languages[position] for position in rows.language_of[list(similarity)]]
    scores = {row: Leg(cosine, words.get(row, 0.0), spoken[i]) for i, (row, cosine) in enumerate(similarity.items())}
    return Candidates(scores, scale, dense, lexical.found)


def _dense(vector: NDArray[np.float32], generation: Generation, allowed: NDArray[np.bool_], scale: Mapping[str, Scale]) -> Scored:
    """The best of each language, by z-score: cosines of different languages do not compare. Scores are cosines."""
    rows = generation.rows
    present = np.unique(rows.language_of[allowed])
    depth = max(CANDIDATES // max(1, len(present)), MIN_CANDIDATES)
    found: Scored = []
    for position in present:
        inside = allowed if len(present) == 1 else allowed & (rows.language_of == position)
        found += generation.vectors.search(vector, depth, None if inside.all() else inside)
    names = rows.languages
    return sorted(found, key=lambda pair: (-scale[names[rows.language_of[pair[0]]]].z(pair[1]), pair[0]))

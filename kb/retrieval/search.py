"""Question → lexical leg + dense leg → fusion → hits that say why they are there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kb.errors import QueryError
from kb.retrieval.answer import MAX_HITS, MAX_QUESTION_CHARS, Filters, Hit, Legs, SearchResult
from kb.retrieval.candidates import Candidates, allowed_rows, find_candidates
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.embed import Encoder
from kb.retrieval.facets import count_facets, matches
from kb.retrieval.fuse import fuse
from kb.retrieval.index import Generation, Rows, Scored
from kb.retrieval.language import LanguageDetector
from kb.retrieval.passage import DocumentId
from kb.retrieval.sentence_match import best_sentences


def search(
    question: str,
    *,
    generation: Generation,
    catalog: Catalog,
    documents: Mapping[DocumentId, DocumentSummary],
    encoder: Encoder,
    detector: LanguageDetector,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 10,
    legs: Legs = Legs.HYBRID,
) -> SearchResult:
    """Find the passages that answer ``question``.

    Args:
        question: any text, in any language, up to 2,000 characters.
        documents: those the asker may see; nothing outside them is searched, counted or shown.
        k: how many hits, at most 200.
        legs: both, or one alone to compare it with.

    Raises:
        QueryError: if the question is empty or too long, or ``k`` is out of range.
    """
    began = time.perf_counter()
    question = _checked(question, k)
    rows = generation.rows
    chosen = [document for document in rows.documents if document in documents]
    if filters:
        chosen = [document for document in chosen if matches(documents[document], filters)]
    allowed = allowed_rows(rows, chosen, filters.languages)
    language = detector.detect(question)
    found = find_candidates(question, language, generation, encoder, allowed, chosen, filters.languages)
    ranked = fuse(found.scores, found.scale) if legs is Legs.HYBRID else found.of(legs)
    hits = _hits(ranked[:k], found, rows, catalog, documents)
    marked = best_sentences(question, [hit.passage for hit in hits], encoder)
    return SearchResult(
        question=question,
        filters=filters,
        hits=tuple(replace(hit, sentence=span) for hit, span in zip(hits, marked, strict=True)),
        question_language=language,
        n_passages=int(allowed.sum()),
        n_documents=len(np.unique(rows.document_of[allowed])),
        generation=generation.manifest.generation,
        took_s=time.perf_counter() - began,
        facets=count_facets({rows.documents[rows.document_of[row]] for row, _ in ranked}, documents),
    )


def _checked(question: str, k: int) -> str:
    question = " ".join(question.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").split())
    if not question:
        raise QueryError("The question is empty. Ask in your own words, in any language.")
    if len(question) > MAX_QUESTION_CHARS:
        raise QueryError(
            f"The question has {len(question)} characters; at most {MAX_QUESTION_CHARS} are taken. Ask something shorter."
        )
    if not 1 <= k <= MAX_HITS:
        raise QueryError(f"{k} results were asked for; between 1 and {MAX_HITS} can be given.")
    return question


def _hits(
    ranked: Scored,
    found: Candidates,
    rows: Rows,
    catalog: Catalog,
    documents: Mapping[DocumentId, DocumentSummary],
) -> list[Hit]:
    dense_rank = {row: rank for rank, (row, _) in enumerate(found.dense, start=1)}
    lexical_rank = {row: rank for rank, (row, _) in enumerate(found.lexical, start=1)}
    bm25 = dict(found.lexical)
    passages = catalog.passages([rows.passages[row] for row, _ in ranked])
    hits: list[Hit] = []
    for row, score in ranked:
        passage = passages.get(rows.passages[row])
        if passage is None:  # purged since this generation was opened: a newer one is published, the caller searches again
            raise StaleGenerationError(rows.passages[row])
        document = documents[passage.document_id]
        hits.append(
            Hit(
                rank=len(hits) + 1,
                passage=passage,
                path=document.path,
                metadata=document.metadata,
                media_type=document.media_type,
                score=score,
                lexical_rank=lexical_rank.get(row),
                dense_rank=dense_rank.get(row),
                lexical_score=bm25.get(row),
                dense_score=found.scores[row].similarity,
            )
        )
    return hits


class StaleGenerationError(Exception):
    """A passage of this generation is gone from the catalog: search the newer generation instead. Never reaches a person."""

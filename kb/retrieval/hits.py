"""Ranked rows become hits, each with its passage, its document and why it is there."""

from __future__ import annotations

from collections.abc import Mapping

from kb.retrieval.answer import Hit
from kb.retrieval.candidates import Candidates
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.index import Scored
from kb.retrieval.passage import DocumentId
from kb.retrieval.rows import Rows


def hits_of(
    ranked: Scored,
    found: Candidates,
    rows: Rows,
    catalog: Catalog,
    documents: Mapping[DocumentId, DocumentSummary],
) -> list[Hit]:
    """Ranked rows as hits that say why they are there.

    Raises:
        StaleGenerationError: if a passage is gone from the catalog.
    """
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
                dense_score=found.scores[row].similarity if row in found.scores else 0.0,
            )
        )
    return hits


def sheets_once(ranked: Scored, rows: Rows, documents: Mapping[DocumentId, DocumentSummary], k: int) -> Scored:
    """The ``k`` best, but of a sheet, of a profile of a place and of an entry of the directory only its best passage.

    Each is short and tells of one thing: whoever finds it opens it. Its twenty fields, all near the question, would else stand
    before the documents that they were written from.
    """
    kept: Scored = []
    seen: set[int] = set()
    for row, score in ranked:
        document = int(rows.document_of[row])
        if documents[rows.documents[document]].metadata.is_written:
            if document in seen:
                continue
            seen.add(document)
        kept.append((row, score))
        if len(kept) == k:
            break
    return kept


class StaleGenerationError(Exception):
    """A passage of this generation is gone from the catalog: search the newer generation instead. Never reaches a person."""

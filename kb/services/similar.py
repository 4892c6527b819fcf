"""More like this: from a passage or a document to others that are like it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kb.errors import NotFound, QueryError
from kb.retrieval.answer import MAX_HITS, Filters, Hit
from kb.retrieval.candidates import find_candidates
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.deadline import Deadline
from kb.retrieval.fuse import fuse
from kb.retrieval.generation import Generation
from kb.retrieval.hits import StaleGenerationError, hits_of
from kb.retrieval.index import Verbatim
from kb.retrieval.near_duplicates import THRESHOLD, similarity
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.permitted import permitted
from kb.retrieval.rows import Allowed, Rows
from kb.retrieval.sentence_match import best_sentences
from kb.retrieval.similar import (
    CONSIDERED,
    Likeness,
    Near,
    SimilarDocument,
    SimilarDocuments,
    SimilarPassages,
    keep_few_of_each,
    near_documents,
    representatives,
    telling_words,
)
from kb.services import library
from kb.services.document_tags import documents_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.searching import on_current_generation

Documents = Mapping[DocumentId, DocumentSummary]


def more_like_passage(
    kb: KnowledgeBase,
    passage_id: PassageId,
    *,
    actor: Member,
    k: int = 10,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    mark: bool = True,
) -> SimilarPassages:
    """Passages of other documents that are like this one, among those ``actor`` may see and ``filters`` let pass.

    Args:
        mark: find the sentence of each that is nearest to the passage; without it no model is loaded.

    Raises:
        NotFound: if the passage is gone, or belongs to a document the actor may not see.
        QueryError: if ``k`` is out of range.
        UnusableIndex: if there is nothing to search.
    """
    began = time.perf_counter()
    _check(actor, k)
    passage = library.passage(kb, passage_id, actor=actor)

    def ask(generation: Generation) -> SimilarPassages:
        documents = documents_for(kb, (filters,), actor=actor)
        others = _others(passage.document_id, generation.rows, documents, filters)
        (vector,) = _vectors(kb, [passage])
        found = find_candidates(
            telling_words(passage.text),
            vector,
            passage.language,
            generation,
            others,
            verbatim=Verbatim(),
            corrections=(),
            deadline=Deadline.after(),
        )
        is_copy = _copies(kb.catalog, passage.document_id, _documents_of(found.scores, generation.rows))
        ranked, copies = keep_few_of_each(fuse(found.scores, found.scale), generation, k, is_copy)
        hits = hits_of(ranked, found, generation.rows, kb.catalog, documents)
        return SimilarPassages(
            passage=passage,
            hits=_marked(kb, passage, vector, hits) if mark else tuple(hits),
            left_out=_summaries(copies, documents),
            n_passages=len(others),
            n_documents=others.n_documents,
            generation=generation.manifest.generation,
            took_s=time.perf_counter() - began,
        )

    return on_current_generation(kb, ask)


def more_like_document(
    kb: KnowledgeBase,
    document_id: DocumentId,
    *,
    actor: Member,
    k: int = 5,
    filters: Filters = Filters(),  # noqa: B008  # frozen
) -> SimilarDocuments:
    """Documents that are like this one, each with the pairs of passages that show it.

    Raises:
        NotFound: if there is no such document, or the actor may not know of it.
        QueryError: if ``k`` is out of range.
        UnusableIndex: if there is nothing to search.
    """
    began = time.perf_counter()
    _check(actor, k)
    if (document := visible_documents(kb.catalog, actor).get(document_id)) is None:
        raise NotFound("There is no such document. It may have been removed; look for it in the library.")
    own, vectors = _standing_for(kb, document_id)

    def ask(generation: Generation) -> SimilarDocuments:
        documents = documents_for(kb, (filters,), actor=actor)
        others = _others(document_id, generation.rows, documents, filters)
        near = near_documents(vectors, generation, others)
        is_copy = _copies(kb.catalog, document_id, [each.document for each in near])
        kept, copies = list[Near](), set[DocumentId]()
        for each in near:
            if len(kept) == k:
                break
            if is_copy(each.document):
                copies.add(each.document)
            else:
                kept.append(each)
        return SimilarDocuments(
            document=document,
            found=_with_passages(kept, own, generation, kb.catalog, documents),
            left_out=_summaries(copies, documents),
            n_passages=len(others),
            n_documents=others.n_documents,
            generation=generation.manifest.generation,
            took_s=time.perf_counter() - began,
        )

    return on_current_generation(kb, ask)


def _check(actor: Member, k: int) -> None:
    require(actor, Role.MEMBER, "search")
    if not 1 <= k <= MAX_HITS:
        raise QueryError(f"{k} results were asked for; between 1 and {MAX_HITS} can be given.")


def _others(own: DocumentId, rows: Rows, documents: Documents, filters: Filters) -> Allowed:
    """Where to look: the rows of other documents that may be found."""
    allowed = permitted(rows, documents, filters)
    position = rows.position_of.get(own)
    return allowed if position is None else Allowed.of(rows, allowed.rows & (rows.document_of != position))


def _documents_of(found: Collection[int], rows: Rows) -> set[DocumentId]:
    return {rows.documents[rows.document_of[row]] for row in found}


def _vectors(kb: KnowledgeBase, passages: Sequence[Passage]) -> NDArray[np.float32]:
    """``float32 (n, dim)``: stored vectors; what has none (a damaged catalog) is embedded again."""
    known = kb.catalog.known_vectors(passages)
    missing = [passage for passage in passages if passage.id not in known]
    if missing:
        encoded = kb.encoder().encode_passages([passage.embedded_text for passage in missing])
        known |= {passage.id: vector for passage, vector in zip(missing, encoded, strict=True)}
    return np.stack([known[passage.id] for passage in passages])


def _standing_for(kb: KnowledgeBase, document_id: DocumentId) -> tuple[list[Passage], NDArray[np.float32]]:
    """Up to eight passages of a document that together stand for it, with their vectors."""
    passages = kb.catalog.passages_of(document_id)
    if not passages:
        raise NotFound("There is no such document. It may have been removed; look for it in the library.")
    spread = np.unique(np.linspace(0, len(passages) - 1, min(CONSIDERED, len(passages))).astype(int))
    considered = [passages[at] for at in spread]
    vectors = _vectors(kb, considered)
    chosen = representatives(vectors)
    return [considered[at] for at in chosen], vectors[chosen]


def _copies(catalog: Catalog, own: DocumentId, others: Collection[DocumentId]) -> Callable[[DocumentId], bool]:
    """Tells which of ``others`` have nearly the words of ``own`` (:mod:`kb.retrieval.near_duplicates`)."""
    sketches = catalog.sketches_of([own, *others])
    mine = sketches.get(own, b"")
    return lambda document: similarity(mine, sketches.get(document, b"")) >= THRESHOLD


def _summaries(chosen: Collection[DocumentId], documents: Documents) -> tuple[DocumentSummary, ...]:
    return tuple(sorted((documents[each] for each in chosen), key=lambda document: document.path))


def _marked(kb: KnowledgeBase, passage: Passage, vector: NDArray[np.float32], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Each hit with the sentence that is nearest to the passage, where one stands out."""
    spans = best_sentences(passage.text, vector, passage.language, [hit.passage for hit in hits], kb.encoder())
    return tuple(replace(hit, sentence=span) for hit, span in zip(hits, spans, strict=True))


def _with_passages(
    near: Sequence[Near], own: Sequence[Passage], generation: Generation, catalog: Catalog, documents: Documents
) -> tuple[SimilarDocument, ...]:
    ids = {row: generation.rows.passages[row] for each in near for _, row, _ in each.pairs}
    passages = catalog.passages(list(ids.values()))
    if gone := set(ids.values()) - set(passages):  # a newer generation is published: it is asked instead
        raise StaleGenerationError(gone)
    return tuple(
        SimilarDocument(
            rank=rank,
            document=documents[each.document],
            score=each.score,
            pairs=tuple(Likeness(own[i], passages[ids[row]], cosine) for i, row, cosine in each.pairs),
        )
        for rank, each in enumerate(near, start=1)
    )

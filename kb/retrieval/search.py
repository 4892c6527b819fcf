"""Question → lexical leg + dense leg → fusion → hits that say why they are there."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kb.errors import QueryError
from kb.retrieval.answer import (
    MAX_HITS,
    MAX_QUESTION_CHARS,
    Filters,
    Hit,
    Legs,
    Order,
    Question,
    Reranked,
    SearchResult,
    Step,
    newest_first,
)
from kb.retrieval.candidates import Candidates
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.deadline import Deadline
from kb.retrieval.embed import Encoder
from kb.retrieval.facets import count_facets, relaxed
from kb.retrieval.fuse import fuse
from kb.retrieval.generation import Generation
from kb.retrieval.hits import hits_of, sheets_once
from kb.retrieval.index import Correction, Scored
from kb.retrieval.inquiry import Asked, Inquiry, prepare
from kb.retrieval.language import LanguageDetector
from kb.retrieval.listing import listed
from kb.retrieval.passage import DocumentId
from kb.retrieval.question import Names, cleaned, parse
from kb.retrieval.rerank import DEPTH, Reranker, rerank
from kb.retrieval.sentence_match import best_sentences
from kb.retrieval.spelling import as_written
from kb.retrieval.widening import Widening


def understand(text: str, k: int, *, names: Names | None = None, syntax: bool = True) -> Question:
    """A question and the number of hits that are wanted, checked.

    Args:
        text: any, in any language, up to 2,000 characters.
        k: how many hits, at most 200.
        names: with it, an operator may name a country or a language.
        syntax: whether quotation marks, minus and operators count (:mod:`kb.retrieval.question`); a question that nobody typed
            here, of a judged set for example, is words only.

    Raises:
        QueryError: if the question is empty or too long, or ``k`` is out of range.
    """
    text = _checked(text, k)
    return parse(text, names) if syntax else Question(text, text, text)


def search(
    question: Question,
    vector: NDArray[np.float32] | None,
    *,
    generation: Generation,
    catalog: Catalog,
    documents: Mapping[DocumentId, DocumentSummary],
    encoder: Encoder,
    detector: LanguageDetector,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 10,
    legs: Legs = Legs.HYBRID,
    mark: bool = True,
    facets: bool = True,
    order: Order = Order.RELEVANCE,
    second_look: bool = True,
    deadline: Deadline | None = None,
    reranker: Reranker | None = None,
    widening: Widening = Widening(),  # noqa: B008  # frozen
    expand: bool = True,
) -> SearchResult:
    """Find the passages that answer ``question``.

    Args:
        question: from :func:`understand`.
        vector: ``float32 (dim,)``, of its words, unit length; ``None`` where it has none.
        documents: those the asker may see; nothing outside them is searched, counted or shown.
        k: how many hits, at most 200.
        legs: both, or one alone to compare it with.
        mark: find the sentence that answers in each hit; whoever only ranks saves that time.
        facets: count what could be filtered by; costs both legs once more for each facet that is filtered already.
        order: of the ``k`` most relevant hits.
        second_look: let the model read the first hit's sentences where their words do not tell; costs as much as two questions.
        deadline: by default, :data:`kb.retrieval.deadline.DEADLINE_S` from now.
        reranker: reads the first passages again, before the sentence is marked.
        widening: the concepts that the question names, and words in it that mislead; told with the answer.
        expand: whether what else the concepts are called is looked for too.

    Raises:
        SearchTimeout: if the deadline passes before anything is found. If it passes later, the answer says what it is without.
    """
    began = time.perf_counter()
    deadline = deadline or Deadline.after()
    rows = generation.rows
    inquiry = prepare(question, vector, generation, documents, encoder, detector, legs, deadline, widening.named if expand else ())
    asked = inquiry.ask(filters)
    ranked = _ranked(asked.found, legs) if question.words else listed(asked.allowed.rows, rows, catalog, documents, k)
    if asked.found.is_cut_short and not ranked:
        deadline.check()
    left_out = {Step.WORDS} if asked.found.is_cut_short else set()
    depth = max(k, DEPTH) if reranker else k
    best = ranked[:depth] if filters.documents else sheets_once(ranked, rows, documents, depth)
    hits = hits_of(best, asked.found, rows, catalog, documents)
    hits, reranked = _read_again(hits, inquiry, reranker, left_out)
    hits = _marked(hits[:k], inquiry, encoder, left_out, second_look) if mark else hits[:k]
    counts = _counted(inquiry, asked, filters, legs, documents, left_out) if facets else {}
    return SearchResult(
        question=question.text,
        understood=question,
        filters=filters,
        hits=tuple(newest_first(hits) if order is Order.NEWEST else hits),
        question_language=inquiry.language,
        n_passages=len(asked.searched),
        n_documents=asked.searched.n_documents,
        generation=generation.manifest.generation,
        took_s=time.perf_counter() - began,
        facets=counts,
        order=order,
        reranked=reranked,
        corrected=_corrected(inquiry, hits),
        absent=inquiry.held.absent,
        in_headings=inquiry.held.verbatim.in_headings,
        named=widening.named,
        is_expanded=expand,
        warnings=widening.warnings,
        without_concepts=widening.is_unknown,
        cut_short=tuple(step for step in Step if step in left_out),
    )


def _ranked(found: Candidates, legs: Legs) -> Scored:
    return fuse(found.scores, found.scale) if legs is Legs.HYBRID else found.of(legs)


def _read_again(
    hits: list[Hit], inquiry: Inquiry, reranker: Reranker | None, left_out: set[Step]
) -> tuple[list[Hit], Reranked | None]:
    """The hits as the cross-encoder orders them, if there is one and time for it."""
    if reranker is None or not hits or inquiry.vector is None:
        return hits, None
    if inquiry.deadline.has_passed():
        left_out.add(Step.RERANKING)
        return hits, None
    return rerank(inquiry.question.words, hits, reranker)


def _marked(hits: list[Hit], inquiry: Inquiry, encoder: Encoder, left_out: set[Step], second_look: bool) -> list[Hit]:
    """The hits with the sentence of each that answers, if there is time."""
    if not hits or inquiry.vector is None:
        return hits
    if inquiry.deadline.has_passed():
        left_out.add(Step.SENTENCES)
        return hits
    words = " ".join((inquiry.question.words, *(correction.used for correction in inquiry.corrections)))
    passages = [hit.passage for hit in hits]
    spans = best_sentences(words, inquiry.vector, inquiry.language, passages, encoder, second_look=second_look)
    return [replace(hit, sentence=span) for hit, span in zip(hits, spans, strict=True)]


def _counted(
    inquiry: Inquiry,
    asked: Asked,
    filters: Filters,
    legs: Legs,
    documents: Mapping[DocumentId, DocumentSummary],
    left_out: set[Step],
) -> dict[str, dict[str, int]]:
    """What could be filtered by."""
    pool, is_whole = _pool(inquiry, asked, filters, legs)
    if not is_whole:
        left_out.add(Step.COUNTS)
    return count_facets(pool, documents, filters)


def _corrected(inquiry: Inquiry, hits: Sequence[Hit]) -> tuple[Correction, ...]:
    """The corrections, with the words as the hits have them rather than folded."""
    texts = [hit.passage.text for hit in hits]
    return tuple(replace(correction, used=as_written(correction.used, texts)) for correction in inquiry.corrections)


def _pool(inquiry: Inquiry, asked: Asked, filters: Filters, legs: Legs) -> tuple[dict[DocumentId, set[str]], bool]:
    """Document → languages of its candidate passages; and whether there was time for all of them.

    What is listed rather than ranked has every allowed passage for a candidate.
    """
    rows, is_whole = inquiry.generation.rows, True
    answers = [asked]
    for rest in relaxed(filters):
        if inquiry.deadline.has_passed():
            is_whole = False
            break
        answers.append(inquiry.ask(rest))
        is_whole = is_whole and not answers[-1].found.is_cut_short
    is_list = not inquiry.question.words
    together = np.concatenate([one.allowed.numbers if is_list else _rows(one.found, legs) for one in answers])
    n_languages = max(1, len(rows.languages))
    pool: dict[DocumentId, set[str]] = {}
    for pair in np.unique(rows.document_of[together].astype(np.int64) * n_languages + rows.language_of[together]).tolist():
        pool.setdefault(rows.documents[pair // n_languages], set()).add(rows.languages[pair % n_languages])
    return pool, is_whole


def _rows(found: Candidates, legs: Legs) -> NDArray[np.int64]:
    """Candidates, in any order."""
    rows = list(found.scores) if legs is Legs.HYBRID else [row for row, _ in found.of(legs)]
    return np.array(rows, np.int64)


def _checked(question: str, k: int) -> str:
    question = cleaned(question)
    if not question:
        raise QueryError("The question is empty. Ask in your own words, in any language.")
    if len(question) > MAX_QUESTION_CHARS:
        raise QueryError(
            f"The question has {len(question)} characters; at most {MAX_QUESTION_CHARS} are taken. Ask something shorter."
        )
    if not 1 <= k <= MAX_HITS:
        raise QueryError(f"{k} results were asked for; between 1 and {MAX_HITS} can be given.")
    return question

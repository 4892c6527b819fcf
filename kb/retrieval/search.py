"""Question → lexical leg + dense leg → fusion → hits that say why they are there."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.errors import QueryError
from kb.retrieval.answer import MAX_HITS, MAX_QUESTION_CHARS, Filters, Hit, SearchResult
from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.embed import Encoder
from kb.retrieval.fuse import Leg, Scale, fuse, scales
from kb.retrieval.index import Generation, Rows, Scored
from kb.retrieval.language import LanguageDetector
from kb.retrieval.passage import DocumentId
from kb.retrieval.sentence_match import best_sentences

CANDIDATES = 200  # a leg, over all languages; the figures of docs/benchmarks.md "Measured" are with this depth
MIN_CANDIDATES = 20  # of each language in the dense leg, however many languages there are
FACETS = ("kinds", "countries", "languages", "themes", "years", "organisations")


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
) -> SearchResult:
    """Find the passages that answer ``question``.

    Args:
        question: any text, in any language, up to 2,000 characters.
        documents: those the asker may see; nothing outside them is searched, counted or shown.
        k: how many hits, at most 200.

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
    legs = _ask(question, language, generation, encoder, allowed, chosen, filters.languages)
    fused = fuse(legs.scores, legs.scale)
    hits = _hits(fused[:k], legs, rows, catalog, documents)
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
        facets=count_facets({rows.documents[rows.document_of[row]] for row, _ in fused}, documents),
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


def matches(document: DocumentSummary, filters: Filters) -> bool:
    """Whether a document passes the filters that speak of documents (all but the passage's language)."""
    about = document.metadata
    checks: tuple[tuple[Collection[object], Collection[object]], ...] = (
        (filters.kinds, (about.kind,)),
        (filters.countries, about.countries),
        (filters.themes, about.themes),
        (filters.years, (year_of(document),)),
        (filters.organisations, (about.organisation,)),
        (filters.documents, (document.id,)),
    )
    return all(not wanted or any(value in wanted for value in values) for wanted, values in checks)


def year_of(document: DocumentSummary) -> int | None:
    """The year of a document's date, if it has one."""
    head = document.metadata.date[:4]
    return int(head) if len(head) == 4 and head.isdigit() else None


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
class _Legs:
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


def _ask(
    question: str,
    language: str,
    generation: Generation,
    encoder: Encoder,
    allowed: NDArray[np.bool_],
    chosen: Sequence[DocumentId],
    languages: Collection[str],
) -> _Legs:
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
    return _Legs(scores, scale, dense, lexical.found)


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


def _hits(
    fused: Scored,
    legs: _Legs,
    rows: Rows,
    catalog: Catalog,
    documents: Mapping[DocumentId, DocumentSummary],
) -> list[Hit]:
    dense_rank = {row: rank for rank, (row, _) in enumerate(legs.dense, start=1)}
    lexical_rank = {row: rank for rank, (row, _) in enumerate(legs.lexical, start=1)}
    bm25 = dict(legs.lexical)
    passages = catalog.passages([rows.passages[row] for row, _ in fused])
    hits: list[Hit] = []
    for row, score in fused:
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
                dense_score=legs.scores[row].similarity,
            )
        )
    return hits


class StaleGenerationError(Exception):
    """A passage of this generation is gone from the catalog: search the newer generation instead. Never reaches a person."""


def count_facets(candidates: Collection[DocumentId], documents: Mapping[DocumentId, DocumentSummary]) -> dict[str, dict[str, int]]:
    """Field of :class:`Filters` → value → number of candidate documents; most frequent first, then by value."""
    counters: dict[str, Counter[str]] = {field: Counter() for field in FACETS}
    for candidate in candidates:
        for field, values in facet_values(documents[candidate]).items():
            counters[field].update(values)
    return {field: dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))) for field, counter in counters.items()}


def facet_values(document: DocumentSummary) -> dict[str, tuple[str, ...]]:
    """A document's value or values in each facet; unknown ones are left out."""
    about, year = document.metadata, year_of(document)
    return {
        "kinds": (about.kind,) if about.kind else (),
        "countries": about.countries,
        "languages": document.languages,
        "themes": about.themes,
        "years": (str(year),) if year else (),
        "organisations": (about.organisation,) if about.organisation else (),
    }

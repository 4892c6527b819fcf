"""Standing queries: what is always asked, of whatever passages there are. A tag is one; it speaks for the passages that answer it.

A passage answers by meaning and by words, as it answers any question (:mod:`kb.retrieval.fuse`): by meaning in standard deviations
above what passages of its language reach in the whole collection, so that queries compare. But nobody asked. So a passage that is
near to every query says nothing for one, and a short one, which any query may come near to, counts less.
A group of passages answers as well as the mean of its best three: one passage may brush a subject, three speak of it.

Chosen on 33 practice sheets with their documents and 66 tags, on 2026-11-22, by the 233 tags that the sheets declare. Mean average
precision: by meaning alone 0.49, with words 0.59, less what a passage is to all queries 0.62, short ones counting less 0.64.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.catalog import Catalog, DocumentSummary
from kb.retrieval.embed import Encoder, ModelCard
from kb.retrieval.fuse import ABROAD_WEIGHT, WORDS_WEIGHT, scales
from kb.retrieval.generation import Generation
from kb.retrieval.hits import StaleGenerationError
from kb.retrieval.passage import UNDETERMINED, DocumentId, Passage
from kb.retrieval.rows import Allowed
from kb.retrieval.sentence_match import best_sentences
from kb.retrieval.sentences import Span

BEST = 3  # passages that a group is judged by, see above; 2 and 5 differ by less than chance
SHOWN = 2  # passages that are told for an answer: a person reads them
SHARE = 0.5  # of the first one's score: what reaches less is not told beside it
FULL_CHARS = 600  # a passage as long counts in full, a shorter one by the root of its share: as a mean of fewer things is less sure
KEPT = 4  # lists of queries whose vectors are kept; another scheme or model is another list

_ENCODED: OrderedDict[tuple[ModelCard, tuple[StandingQuery, ...]], NDArray[np.float32]] = OrderedDict()
_LOCK = Lock()


@dataclass(frozen=True)
class StandingQuery:
    """What is always asked.

    Attributes:
        name: of what it stands for; a tag.
        text: what is asked by meaning.
        words: (language, words) that are looked for in passages of that language; the language of ``text`` first. Where there are
            several of a language, a passage has the mean of what each finds: long words do not drown short ones.
    """

    name: str
    text: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answering:
    """How well a group of passages answers a standing query.

    Attributes:
        vector: of the query, ``float32 (dim,)``, unit length.
        score: in standard deviations by meaning, with what the words add; comparable between queries.
        best: the passages that do most, best first, each with its score.
    """

    query: StandingQuery
    vector: NDArray[np.float32]
    score: float
    best: tuple[tuple[Passage, float], ...]


@dataclass(frozen=True)
class Speaking:
    """A passage that answers a standing query.

    Attributes:
        sentence: span of the passage's text that does most, where one stands out.
        score: as of :class:`Answering`.
    """

    passage: Passage
    document: DocumentSummary
    sentence: Span | None
    score: float


def answering(
    queries: Sequence[StandingQuery],
    encoder: Encoder,
    generation: Generation,
    catalog: Catalog,
    own: Allowed,
    *,
    core: Allowed | None = None,
    shown: int = SHOWN,
    share: float = SHARE,
) -> list[Answering]:
    """How well the rows ``own`` answer each query, best first, ties by name; nothing where there are no rows.

    Args:
        core: rows among ``own`` that are a group of their own, and so count twice.
        shown: passages that are told for each, at most.
        share: of the first one's score that they reach at least.

    Raises:
        StaleGenerationError: if a passage is gone from the catalog.
    """
    if not len(own) or not queries:
        return []
    passages = _passages(own, generation, catalog)
    vectors = encoded(tuple(queries), encoder)
    scores = _scores(queries, vectors, passages, generation, own)
    is_core = core.rows[own.numbers] if core is not None and len(core) else np.ones(len(own), bool)
    reached = (_group(scores) + _group(scores[is_core])) / 2
    found = [
        Answering(query, vector, float(score), _best(column, passages, shown, share))
        for query, vector, score, column in zip(queries, vectors, reached, scores.T, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.score, each.query.name))


def speaking(answer: Answering, encoder: Encoder, documents: Mapping[DocumentId, DocumentSummary]) -> tuple[Speaking, ...]:
    """The best passages of an answer, each with the sentence that says it."""
    passages = [passage for passage, _ in answer.best]
    language = answer.query.words[0][0] if answer.query.words else UNDETERMINED
    spans = best_sentences(answer.query.text, answer.vector, language, passages, encoder)
    return tuple(
        Speaking(passage, documents[passage.document_id], span, score)
        for (passage, score), span in zip(answer.best, spans, strict=True)
    )


def encoded(queries: tuple[StandingQuery, ...], encoder: Encoder) -> NDArray[np.float32]:
    """``float32 (n, dim)``, unit length: what each query means. Kept: the same list is asked for every practice."""
    key = (encoder.card, queries)
    with _LOCK:
        known = _ENCODED.get(key)
    if known is None:
        known = encoder.encode_questions([query.text for query in queries])
        with _LOCK:
            _ENCODED[key] = known
            while len(_ENCODED) > KEPT:
                _ENCODED.popitem(last=False)
    return known


def _passages(own: Allowed, generation: Generation, catalog: Catalog) -> list[Passage]:
    """Of the rows, in their order."""
    ids = [generation.rows.passages[row] for row in own.numbers]
    known = catalog.passages(ids)
    if gone := set(ids) - set(known):  # a newer generation is published: it is asked instead
        raise StaleGenerationError(gone)
    return [known[each] for each in ids]


def _scores(
    queries: Sequence[StandingQuery],
    vectors: NDArray[np.float32],
    passages: Sequence[Passage],
    generation: Generation,
    own: Allowed,
) -> NDArray[np.float64]:
    """``float64 (n_passages, n_queries)``: by meaning and words together."""
    rows = generation.rows
    spoken = rows.language_of[own.numbers]
    nearness = generation.vectors.vectors(own.numbers.tolist()) @ vectors.T
    sampled = generation.reference @ vectors.T
    meaning = np.empty(nearness.shape)
    for at in range(len(queries)):
        scale = scales(sampled[:, at], rows.language_of[generation.sample], rows.languages)
        zero = np.array([scale[name].z(0.0) for name in rows.languages])
        one = np.array([scale[name].z(1.0) for name in rows.languages])  # linear in the similarity
        meaning[:, at] = zero[spoken] + nearness[:, at] * (one - zero)[spoken]
    meaning -= meaning.mean(axis=1, keepdims=True)
    length = np.array([len(passage.text) for passage in passages])
    meaning *= np.sqrt(np.minimum(1.0, length / FULL_CHARS))[:, None]
    return meaning + np.stack([_words(query, generation, own) for query in queries], axis=1)


def _words(query: StandingQuery, generation: Generation, own: Allowed) -> NDArray[np.float64]:
    """``float64 (n_passages,)``: what the words of each passage's language add.

    Passages in languages that the query has no words of are compared by the roots of its first words, as in any search across
    languages.
    """
    rows, lexical = generation.rows, generation.lexical
    words = query.words or ((UNDETERMINED, query.text),)
    told = Counter(language for language, _ in words)
    weighed: dict[int, float] = {}
    for language, text in words:
        if language not in own.languages and UNDETERMINED not in (language, *own.languages):
            continue
        found = lexical.search(text, len(own), language=language, allowed=own)
        for row, bm25 in found.found:
            if language == UNDETERMINED or rows.languages[rows.language_of[row]] in (language, UNDETERMINED):
                weighed[row] = weighed.get(row, 0.0) + WORDS_WEIGHT * bm25 / found.full / told[language]
    if UNDETERMINED not in told and set(own.languages) - {*told, UNDETERMINED}:
        language, text = words[0]
        found = lexical.search_abroad(text, len(own), language=language, allowed=own)
        abroad = {row: ABROAD_WEIGHT * bm25 / found.full for row, bm25 in found.found}
        weighed |= {row: score for row, score in abroad.items() if rows.languages[rows.language_of[row]] not in told}
    return np.array([weighed.get(row, 0.0) for row in own.numbers.tolist()])


def _group(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """``float64 (n_queries,)``: mean of the best of each column."""
    best: NDArray[np.float64] = np.sort(scores, axis=0)[-BEST:].mean(axis=0)
    return best


def _best(column: NDArray[np.float64], passages: Sequence[Passage], shown: int, share: float) -> tuple[tuple[Passage, float], ...]:
    """The passages that do most for one query; ties in the order of the rows."""
    order = np.argsort(-column, kind="stable")[:shown].tolist()
    least = share * column[order[0]]
    return tuple((passages[at], float(column[at])) for at in order if at == order[0] or column[at] >= least)

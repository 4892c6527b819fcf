"""Which sentence of a passage answers the question: none is marked rather than the wrong one.

First look, every hit in the language of the question: word pieces compared by the model's own input vectors. Every piece of the
question looks for its nearest one in the sentence, and rare pieces count more (the sum of maxima of ColBERT: Khattab, Zaharia 2020,
arXiv:2004.12832, on input instead of output vectors). The vectors are centred on the pieces of the page of hits, so that what all
sentences share tells nothing. Across languages this is never sure enough.

Second look, the first hit if it is still undecided: its three best sentences are encoded by the whole model.

A passage of one sentence is never marked: that would tell nothing that the passage does not. A floor for these was tried; of 40
that it marked for the questions of ``corpus/questions``, none was a judged answer, headings and lists of contents among them.

Floors are set where 19 of 20 marked sentences are the one that holds the answer, on judged pairs of XQuAD in four languages.
They were chosen on these pairs, so elsewhere it may be fewer (docs/benchmarks.md, "Sentence").
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.embed import Encoder
from kb.retrieval.passage import Passage
from kb.retrieval.sentences import Span

Scored = tuple[float, Span]  # a sentence and how well it matches

FLOOR = 0.24  # margin of the best over the second, as a share of a full match: 96 % right, three of ten hits marked
SECOND_FLOOR = 1.3  # the same for both looks together: 96 % right across languages, 97 % within one
MEANING_WEIGHT = 20.0  # of cosines against piece matches: cosines of sentences lie close together (of 10, 20, 40 the best)
CANDIDATES = 3  # sentences that are encoded
MAX_SECOND_CHARS = 400  # of them together; 3 sentences of 75 pieces took 10 ms on a quiet machine
MAX_PIECES = 256  # of a sentence or question: a table row of a page's length need not be compared to its end


def best_sentences(
    question: str,
    vector: NDArray[np.float32],
    language: str,
    passages: Sequence[Passage],
    encoder: Encoder,
    *,
    second_look: bool = True,
) -> list[Span | None]:
    """For each passage, the span of the sentence that answers, or ``None`` where no sentence stands out.

    Args:
        question: as encoded.
        vector: of the question, ``float32 (dim,)``, unit length.
        language: of the question, or ``"und"``.
        second_look: whether the model may read sentences; without it fewer are marked.
    """
    looked_at = [n for n, passage in enumerate(passages) if n == 0 or passage.language in (language, "und")]
    spans = [(n, span) for n in looked_at for span in passages[n].sentences]
    asked, *told = encoder.word_pieces([question, *(passages[n].text[a:b] for n, (a, b) in spans)])
    asked = list(dict.fromkeys(asked))[:MAX_PIECES]
    told = [list(dict.fromkeys(pieces))[:MAX_PIECES] for pieces in told]
    marked: list[Span | None] = [None] * len(passages)
    if not asked:
        return marked
    looks: dict[int, list[Scored]] = {n: [] for n in looked_at}
    for (n, span), score in zip(spans, _scores(asked, told, encoder), strict=True):
        looks[n].append((score, span))
    for n, look in looks.items():
        if passages[n].language in (language, "und"):
            marked[n] = _standing_out(look, FLOOR)
    if second_look and looks and marked[0] is None and len(looks[0]) > 1:
        marked[0] = _second_look(looks[0], passages[0], vector, encoder)
    return marked


def _second_look(look: Sequence[Scored], passage: Passage, vector: NDArray[np.float32], encoder: Encoder) -> Span | None:
    """The best of the first look's best sentences, by the whole model."""
    best = sorted(look, key=lambda pair: -pair[0])[:CANDIDATES]
    texts = [passage.text[start:end] for _, (start, end) in best]
    if sum(map(len, texts)) > MAX_SECOND_CHARS:
        return None
    meaning = encoder.encode_passages(texts) @ vector
    both = [(score + MEANING_WEIGHT * float(alike), span) for (score, span), alike in zip(best, meaning, strict=True)]
    return _standing_out(both, SECOND_FLOOR)


def _scores(asked: Sequence[int], told: Sequence[Sequence[int]], encoder: Encoder) -> list[float]:
    """Of each sentence, between -1 and 1: weighted mean over the question's pieces of their best match in it."""
    vocabulary = sorted({*asked, *(piece for pieces in told for piece in pieces)})
    position = {piece: i for i, piece in enumerate(vocabulary)}
    vectors = encoder.piece_vectors(vocabulary)
    vectors = _unit(vectors - vectors.mean(axis=0))
    alike = vectors[[position[piece] for piece in asked]] @ vectors.T
    weights = _rarity(asked, told)
    return [float(weights @ alike[:, [position[piece] for piece in pieces]].max(axis=1)) if pieces else -1.0 for pieces in told]


def _rarity(asked: Sequence[int], told: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Weights of the question's pieces, summing to 1: inverse document frequency over the sentences of the page."""
    holding = Counter(piece for pieces in told for piece in pieces)
    raw = [math.log(1 + (len(told) - holding[piece] + 0.5) / (holding[piece] + 0.5)) for piece in asked]
    return np.asarray(raw, np.float32) / sum(raw)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def _standing_out(scored: Sequence[Scored], floor: float) -> Span | None:
    """The best, if it is better than the second by ``floor``; never the only one, which stands out from nothing."""
    ranked = sorted(scored, key=lambda pair: -pair[0])
    return ranked[0][1] if len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= floor else None

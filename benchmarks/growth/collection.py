"""Made-up documents: passages of four sentences of a pool, with the vectors that such passages could have.

Why they are made so, see ``scale.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from folders import DATA, ROOT
from numpy.typing import NDArray

from kb.bootstrap import open_kb
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Block, BlockKind, Document, Metadata, Passage, document_id, lay_out, passage_id
from kb.services.knowledge_base import KnowledgeBase
from kb.settings import Settings

A_SET, SENTENCES, PER_DOCUMENT, NEAR = 2500, 4, 10, 24
COUNTRIES = tuple(f"{chr(65 + i // 6)}{chr(65 + i % 6)}" for i in range(40))

Vectors = NDArray[np.float32]
Made = tuple[Document, list[EncodedPassage], LedgerEntry]


@dataclass(frozen=True)
class Pool:
    """Sentences with their languages and vectors, and the nearest of each."""

    texts: list[str]
    languages: list[str]
    vectors: Vectors
    near: NDArray[np.int64]


def sentences() -> Iterator[tuple[str, str]]:
    """Text and language of every sentence of the pool."""
    for passage, _ in open_kb(Settings.from_env(folder=ROOT)).catalog.live_rows():
        for start, end in passage.sentences:
            yield passage.text[start:end], passage.language
    sets = {"xquad/corpus_de": "de", "xquad/corpus_es": "es", "xquad/corpus_ro": "ro", "xquad/corpus_en": "en"}
    sets |= {"cranfield/corpus": "en", "npl/corpus": "en"}
    for name, language in sets.items():
        path = DATA / f"{name}.jsonl"
        if path.is_file():
            texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
            found = [part.strip() for text in texts for part in text.split(". ") if len(part) > 30]
            yield from ((text, language) for text in found[:A_SET])


def pool(base: KnowledgeBase, cached: Path) -> Pool:
    """The sentences with their vectors; these are kept in ``cached``."""
    known = dict.fromkeys(sentences())
    texts, languages = [text for text, _ in known], [language for _, language in known]
    if cached.is_file() and len(vectors := np.load(cached)) == len(texts):
        pass
    else:
        vectors = base.encoder().encode_passages(texts)
        np.save(cached, vectors)
    near = np.zeros((len(texts), NEAR), np.int64)
    spoken = np.array(languages)
    for language in set(languages):
        own = np.flatnonzero(spoken == language)
        alike = vectors[own] @ vectors[own].T
        near[own] = own[np.argsort(-alike, axis=1)[:, np.arange(1, NEAR + 1) % len(own)]]
    return Pool(texts, languages, vectors, near)


def documents(pool: Pool, n_passages: int, seed: int) -> Iterator[Made]:
    """Documents of ten passages each."""
    chance = np.random.default_rng(seed)
    for number in range(n_passages // PER_DOCUMENT):
        first = chance.integers(0, len(pool.texts), PER_DOCUMENT)
        others = pool.near[first[:, None], chance.integers(0, NEAR, (PER_DOCUMENT, SENTENCES - 1))]
        chosen = np.column_stack([first, others])
        aside = pool.vectors[chance.integers(0, len(pool.texts), (2, PER_DOCUMENT))]
        vectors = pool.vectors[chosen].mean(axis=1) + 0.2 * (aside[0] - aside[1])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        yield _document(pool, f"{seed}/{number}.txt", chosen, vectors.astype(np.float32), COUNTRIES[number % len(COUNTRIES)])


def _document(pool: Pool, path: str, chosen: NDArray[np.int64], vectors: Vectors, country: str) -> Made:
    blocks = tuple(Block(BlockKind.PARAGRAPH, ". ".join(pool.texts[i] for i in row)) for row in chosen)
    text, starts = lay_out(blocks)
    identity = document_id(path)
    about = Metadata(title=f"Document {path}", kind="document", countries=(country,), date="2020")
    document = Document(identity, path, identity, "text/plain", about, 0, text, blocks, starts)
    encoded = []
    for ordinal, (block, start, row) in enumerate(zip(blocks, starts, chosen, strict=True)):
        ends = np.cumsum([len(pool.texts[i]) + 2 for i in row]).tolist()
        spans = tuple((a, min(b - 1, len(block.text))) for a, b in zip([0, *ends[:-1]], ends, strict=True))
        passage = Passage(
            passage_id(identity, "", block.text, ordinal), identity, ordinal, start, start + len(block.text), block.text,
            None, None, (), pool.languages[row[0]], about.title, spans,
        )  # fmt: skip
        encoded.append(EncodedPassage(passage, vectors[ordinal]))
    return document, encoded, LedgerEntry(path, FileState.INDEXED, passages=len(blocks), document_id=identity)

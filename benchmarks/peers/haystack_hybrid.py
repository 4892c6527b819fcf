"""Haystack's hybrid pipeline as in its tutorial: in-memory store, BM25 and embedding retriever, joined by reciprocal rank.

Of the three larger frameworks it is the one that installs beside this project's pinned versions without changing any.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from numpy.typing import NDArray

from peers import PASSAGE, QUERY, Peer, versions, whole


class System(Peer):
    """One, as :mod:`peer` starts it."""

    def __init__(self, model: Path) -> None:
        self._store = InMemoryDocumentStore()
        self._documents = SentenceTransformersDocumentEmbedder(
            model=str(model), prefix=PASSAGE, normalize_embeddings=True, progress_bar=False, local_files_only=True
        )
        self._documents.warm_up()
        questions = SentenceTransformersTextEmbedder(
            model=str(model), prefix=QUERY, normalize_embeddings=True, progress_bar=False, local_files_only=True
        )
        self._asking = Pipeline()
        self._asking.add_component("question", questions)
        self._asking.add_component("dense", InMemoryEmbeddingRetriever(self._store))
        self._asking.add_component("words", InMemoryBM25Retriever(self._store))
        self._asking.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._asking.connect("question", "dense")
        self._asking.connect("dense", "join")
        self._asking.connect("words", "join")
        self._asking.warm_up()

    def index(self, documents: Mapping[str, tuple[str, str]], vectors: NDArray[np.float32] | None = None) -> float:
        began = time.perf_counter()
        made = [Document(id=identity, content=whole(*document)) for identity, document in documents.items()]
        if vectors is None:
            made = self._documents.run(made)["documents"]
        else:
            made = [
                Document(id=one.id, content=one.content, embedding=vector)
                for one, vector in zip(made, vectors.tolist(), strict=True)
            ]
        self._store.write_documents(made)
        return time.perf_counter() - began

    def rank(self, question: str, k: int) -> Sequence[str]:
        asked = {"question": {"text": question}, "dense": {"top_k": k}, "words": {"query": question, "top_k": k}}
        return [document.id for document in self._asking.run(asked)["join"]["documents"][:k]]

    def about(self) -> dict[str, str]:
        return versions("haystack-ai", "sentence-transformers-haystack", "sentence-transformers", "torch")

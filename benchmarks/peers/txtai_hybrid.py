"""txtai with its hybrid index; ids only, weights and index as it chooses them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from txtai import Embeddings

from peers import PASSAGE, QUERY, Peer, versions, whole


class System(Peer):
    """One, as :mod:`peer` starts it."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._prompts = {"query": QUERY, "data": PASSAGE}
        self._embeddings = Embeddings(path=str(model), hybrid=True, content=False, instructions=self._prompts)

    def index(self, documents: Mapping[str, tuple[str, str]], vectors: NDArray[np.float32] | None = None) -> float:
        texts = {identity: whole(*document) for identity, document in documents.items()}
        if vectors is not None:
            self._embeddings = self._with_vectors(dict(zip((PASSAGE + text for text in texts.values()), vectors, strict=True)))
        began = time.perf_counter()
        self._embeddings.index((identity, text, None) for identity, text in texts.items())
        return time.perf_counter() - began

    def rank(self, question: str, k: int) -> Sequence[str]:
        return [identity for identity, _ in self._embeddings.search(question, k)]

    def about(self) -> dict[str, str]:
        return versions("txtai", "transformers", "torch")

    def _with_vectors(self, known: dict[str, Any]) -> Embeddings:
        """The same, with vectors from outside: its way for that is a function that turns prompted texts into vectors."""
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self._model), device="cpu", local_files_only=True)

        def transform(texts: list[str]) -> NDArray[np.float32]:
            new = [text for text in texts if text not in known]
            made = dict(zip(new, model.encode(new, show_progress_bar=False), strict=True)) if new else {}
            return np.stack([known[text] if text in known else made[text] for text in texts])

        return Embeddings(method="external", transform=transform, hybrid=True, content=False, instructions=self._prompts)

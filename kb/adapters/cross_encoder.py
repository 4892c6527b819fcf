"""A sentence-transformers CrossEncoder, run by torch: the optional second reader of ``KB_RERANKER``."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelError

BATCH = 8  # pairs; more pads short passages to the longest of the batch
MAX_TOKENS = 512  # of question and passage together, where the model does not say


class TorchReranker:
    """Answers :class:`kb.retrieval.rerank.Reranker`; the folder must have passed :func:`kb.adapters.model_store.check_folder`."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load the model.

        Raises:
            ModelError: if sentence-transformers cannot load it, or it does not score a pair with one number.
        """
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(
                str(folder), device="cpu", trust_remote_code=False, local_files_only=True, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError(f"sentence-transformers cannot load {folder}: {error}") from error
        if self._model.num_labels != 1:
            raise ModelError(f"{name} gives {self._model.num_labels} numbers for a pair; a re-ranker gives one. Choose another.")
        self._name = name
        self._one_at_a_time = threading.Lock()  # torch uses all cores for one question; two at once only wait for each other

    @property
    def name(self) -> str:
        """As the settings spell it."""
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """See the port."""
        if not texts:
            return np.zeros(0, np.float32)
        with self._one_at_a_time:
            pairs = [(question, text) for text in texts]
            return np.asarray(self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False), np.float32)

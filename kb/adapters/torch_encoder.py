"""The slow path: any sentence-transformers model that cannot be compiled, run by torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.adapters.model_compiler import revision_of
from kb.errors import ModelError
from kb.retrieval.embed import Encoded, ModelCard, Span, pooling_weights

BATCH = 32  # sentence-transformers' own default


class TorchEncoder:
    """A sentence-transformers model as it is; the folder must have passed :func:`kb.adapters.model_store.check_folder`."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load the model.

        Raises:
            ModelError: if sentence-transformers cannot load it.
        """
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(
                str(folder), device="cpu", trust_remote_code=False, local_files_only=True, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError(f"sentence-transformers cannot load {folder}: {error}") from error
        prompts = dict(self._model.prompts or {})
        self._passage_prompt = str(prompts.get("passage") or prompts.get("document") or "")
        self._query_prompt = str(prompts.get("query") or "")
        dim = int(self._model.get_embedding_dimension())
        self._card = ModelCard(name, revision_of(folder), dim, int(self._model.max_seq_length or 512), "torch f32")

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self._card

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens."""
        ids = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)["input_ids"] if texts else []
        return [len(tokens) for tokens in ids]

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """See :class:`kb.retrieval.embed.Encoder`; the vector of a passage follows the model's own pooling."""
        prompted = [self._passage_prompt + text for text in texts]
        options = {"batch_size": BATCH, "show_progress_bar": False, "normalize_embeddings": True}
        vectors = np.asarray(self._model.encode(prompted, **options), np.float32)
        if not any(spans):
            return [Encoded(vector, np.zeros((0, self._card.dim), np.float32)) for vector in vectors]
        states = self._model.encode(prompted, output_value="token_embeddings", batch_size=BATCH, show_progress_bar=False)
        return [
            Encoded(vectors[i], self._pool(prompted[i], np.asarray(states[i], np.float32), spans[i])) for i in range(len(prompted))
        ]

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        vector = self._model.encode([self._query_prompt + text], normalize_embeddings=True, show_progress_bar=False)[0]
        return np.asarray(vector, np.float32)

    def _pool(self, prompted: str, states: NDArray[np.float32], spans: Sequence[Span]) -> NDArray[np.float32]:
        offsets = self._model.tokenizer(
            prompted, return_offsets_mapping=True, truncation=True, max_length=self._card.max_tokens
        )["offset_mapping"][: len(states)]
        weights = pooling_weights(
            offsets, spans, prompt_chars=len(self._passage_prompt), n_rows=1 + len(spans), length=len(states)
        )
        pooled = weights[1:] @ states
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / np.maximum(lengths, 1e-9), np.float32)

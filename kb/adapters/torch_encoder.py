"""The slow path: any sentence-transformers model that cannot be compiled, run by torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.adapters.model_compiler import revision_of
from kb.errors import ModelError
from kb.retrieval.embed import ModelCard

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
        return [len(pieces) for pieces in self.word_pieces(texts)]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        if not texts:
            return np.zeros((0, self._card.dim), np.float32)
        prompted = [self._passage_prompt + text for text in texts]
        vectors = self._model.encode(prompted, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vectors, np.float32)

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        return np.asarray(self.encode_questions([text])[0], np.float32)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        if not texts:
            return np.zeros((0, self._card.dim), np.float32)
        prompted = [self._query_prompt + text for text in texts]
        vectors = self._model.encode(prompted, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vectors, np.float32)

    def word_pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        if not texts:
            return []
        return [
            list(ids)
            for ids in self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
        ]

    def piece_vectors(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """See :class:`kb.retrieval.embed.Encoder`."""
        table = self._model[0].auto_model.get_input_embeddings().weight
        return np.asarray(table[list(pieces)].detach().numpy(), np.float32)

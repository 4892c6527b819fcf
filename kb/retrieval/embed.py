"""The port through which texts become vectors, and what it takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ModelCard:
    """Which model made the vectors; an index refuses any other.

    Attributes:
        name: as the settings spell it.
        revision: first 12 hex digits of the weights' SHA-256.
        dim: length of a vector.
        max_tokens: longer input is cut; special tokens and prompt included.
        engine: what computes it here ("openvino bf16"); informs, is not compared.
    """

    name: str
    revision: str
    dim: int
    max_tokens: int
    engine: str


class Encoder(Protocol):
    """A sentence-embedding model with mean pooling."""

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prompt."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``float32 (len(texts), dim)``, unit length, in the order of ``texts``."""
        ...

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """``float32 (dim,)``, unit length."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``float32 (len(texts), dim)``, unit length, in the order of ``texts``."""
        ...

    def word_pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of each text's word pieces, in order, without special tokens."""
        ...

    def piece_vectors(self, pieces: Sequence[int]) -> NDArray[np.float32]:
        """The model's input embedding of each piece: ``float32 (len(pieces), width)``, not normalised."""
        ...


def batches_by_length(lengths: Sequence[int], token_budget: int) -> list[list[int]]:
    """Group texts of like length so that little is spent on padding: longest first, ``token_budget`` padded tokens a batch.

    Returns:
        Positions in ``lengths``; each exactly once; a batch holds at least one.
    """
    order = sorted(range(len(lengths)), key=lambda position: -lengths[position])
    batches: list[list[int]] = []
    at = 0
    while at < len(order):
        size = max(1, token_budget // max(1, lengths[order[at]]))
        batches.append(order[at : at + size])
        at += size
    return batches

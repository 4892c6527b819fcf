"""Documents with nearly the same words: a sketch a document, compared in bulk.

The sketch keeps the smallest hashes of all runs of five words; the share of common hashes among the smallest of both
estimates the Jaccard similarity of the two sets (Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

RUN = 5  # words
SIZE = 128  # hashes kept: standard error of the estimate at most 0.045
THRESHOLD = 0.8  # estimated similarity from which a document is flagged
MIN_RUNS = 32  # shorter texts share boilerplate by chance

_WORD = re.compile(r"\w+")


def sketch(text: str) -> bytes:
    """``uint64`` hashes, ascending, at most :data:`SIZE`; empty for a short text."""
    words = _WORD.findall(text.lower())
    runs = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    if len(runs) < MIN_RUNS:
        return b""
    hashes = sorted(int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest()) for run in runs)
    return np.asarray(hashes[:SIZE], np.uint64).tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimated Jaccard similarity, 0 to 1."""
    a, b = _hashes(one), _hashes(other)
    if not len(a) or not len(b):
        return 0.0
    smallest = np.union1d(a, b)[:SIZE]
    return float(np.isin(smallest, a).astype(bool)[np.isin(smallest, b)].sum() / len(smallest))


def nearest(text_sketch: bytes, others: Iterable[tuple[str, bytes]]) -> str:
    """Path of the most similar document at or above the threshold, or empty."""
    scored = [(similarity(text_sketch, other), path) for path, other in others] if text_sketch else []
    score, path = max(scored, default=(0.0, ""))
    return path if score >= THRESHOLD else ""


def _hashes(stored: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(stored, np.uint64)

"""Documents with nearly the same words: a sketch a document.

The sketch keeps the smallest hashes of all runs of five words; the share of common hashes among the smallest of both
estimates the Jaccard similarity of the two sets (Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

import hashlib
import re

import numpy as np
from numpy.typing import NDArray

RUN = 5  # words
SIZE = 128  # hashes kept: standard error of the estimate at most 0.045
THRESHOLD = 0.8  # estimated similarity from which a document is flagged
N_KEYS = 8  # smallest hashes by which candidates are found
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


class Sketches:
    """Sketches of many documents; finds the most similar one without comparing all pairs.

    Two documents at the threshold agree in each of their smallest hashes with a chance of 0.8, so they share one of the first
    eight but for a chance of 0.2 ** 8: three in a million.
    """

    def __init__(self) -> None:
        self._by_path: dict[str, bytes] = {}
        self._holding: dict[int, set[str]] = {}

    def put(self, path: str, text_sketch: bytes) -> None:
        """Remember the sketch of the document at ``path``, in place of the one before."""
        for key in self._keys(self._by_path.pop(path, b"")):
            self._holding[key].discard(path)
        if text_sketch:
            self._by_path[path] = text_sketch
            for key in self._keys(text_sketch):
                self._holding.setdefault(key, set()).add(path)

    def nearest(self, text_sketch: bytes, *, but: str) -> str:
        """Path of the most similar document at or above the threshold, other than ``but``; or empty. Ties by path."""
        candidates = {path for key in self._keys(text_sketch) for path in self._holding.get(key, ()) if path != but}
        scored = [(similarity(text_sketch, self._by_path[path]), path) for path in sorted(candidates)]
        score, path = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
        return path if score >= THRESHOLD else ""

    @staticmethod
    def _keys(text_sketch: bytes) -> list[int]:
        return [int(value) for value in _hashes(text_sketch)[:N_KEYS]]


def _hashes(stored: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(stored, np.uint64)

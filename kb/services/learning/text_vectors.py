"""Vectors of what members wrote, kept in memory by the text: a need is compared with hundreds of offers that did not change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.embed import Encoder

REMEMBERED = 4096  # texts; 6 MB at 384 dimensions

Vector = NDArray[np.float32]


class PassageVectors:
    """What one encoder made of the last texts; safe to share between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
        """``float32 (len(texts), dim)``, of unit length, in the order of ``texts``; only what is new is encoded."""
        keys = [sha256(text.encode()).digest() for text in texts]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            found |= dict(zip(new, encoder.encode_passages(list(new.values())), strict=True))
        with self._lock:
            for key in keys:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return np.array([found[key] for key in keys], dtype=np.float32).reshape(len(keys), encoder.card.dim)


_KEPT: WeakKeyDictionary[Encoder, PassageVectors] = WeakKeyDictionary()  # as long as an encoder is in use
_LOCK = threading.Lock()


def passage_vectors_of(encoder: Encoder) -> PassageVectors:
    """The memory of ``encoder``, one for the whole process."""
    with _LOCK:
        return _KEPT.setdefault(encoder, PassageVectors())

"""Vectors of questions: those that wait are encoded together, and one that is asked again is not encoded again.

A question of twenty tokens keeps the model busy for 9 ms, thirty of them in one batch for 2 ms each (2 cores, 2026-11-22): what
costs is to fetch the weights from memory. So whoever's turn it is has the questions encoded that stand behind it in line. A filter
that is set on a question, a next page and the three legs of an evaluation ask the same question again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.embed import Encoder

REMEMBERED = 256  # questions; 400 kB at 384 dimensions
TOGETHER = 32  # questions at most: whoever's turn it is waits for all of them

Vector = NDArray[np.float32]


class QuestionVectors:
    """What one encoder made of the last questions; safe to share between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()
        self._at_work = threading.Lock()

    def of(self, text: str, encoder: Encoder, beside: Iterable[str] = ()) -> Vector:
        """``float32 (dim,)``, of ``text``; it is not to be written to.

        Args:
            beside: questions that will be asked soon; some of them are encoded with it.
        """
        known = self._recalled(text)
        if known is not None:
            return known
        with self._at_work:
            known = self._recalled(text)  # whoever was at work may have taken it along
            return self._encoded(text, encoder, beside) if known is None else known

    def _recalled(self, text: str) -> Vector | None:
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
            return self._known.get(text)

    def _encoded(self, text: str, encoder: Encoder, beside: Iterable[str]) -> Vector:
        batch = list(dict.fromkeys((text, *(other for other in beside if other not in self._known))))[:TOGETHER]
        vectors = encoder.encode_questions(batch)
        vectors.setflags(write=False)
        with self._lock:
            self._known.update(zip(reversed(batch), reversed(vectors), strict=True))
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        first: Vector = vectors[0]
        return first


_KEPT: WeakKeyDictionary[Encoder, QuestionVectors] = WeakKeyDictionary()  # as long as an encoder is in use
_LOCK = threading.Lock()


def vectors_of(encoder: Encoder) -> QuestionVectors:
    """The memory of ``encoder``, one for the whole process."""
    with _LOCK:
        return _KEPT.setdefault(encoder, QuestionVectors())

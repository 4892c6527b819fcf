"""Embedding beside reading: while the model works on some documents, the next are read and split, so that no core waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.catalog import LedgerEntry
from kb.retrieval.embed import Encoder
from kb.retrieval.passage import Document, Passage, PassageId

AT_ONCE = 128  # passages embedded together: enough to sort by length, about 3 s of work between two signs of life


@dataclass
class Ready:
    """A document that was read and split and waits for its vectors."""

    document: Document
    passages: list[Passage]
    entry: LedgerEntry
    sketch: bytes
    spent_s: float
    missing: list[Passage] = field(default_factory=list)


class EmbedBeside:
    """Embeds what it was given in a thread of its own; one lot at a time."""

    def __init__(self, encoder: Callable[[], Encoder]) -> None:
        self._encoder = encoder
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embed")
        self._lot: list[Ready] = []
        self._groups: list[tuple[list[Passage], Future[tuple[NDArray[np.float32], float]]]] = []
        self._spent_s = 0.0
        self.vectors: dict[PassageId, NDArray[np.float32]] = {}

    def __enter__(self) -> EmbedBeside:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)  # the model must not be at work when the process ends

    def begin(self, lot: list[Ready], *, embeds: bool) -> None:
        """Take documents to embed what they miss, or nothing of it; what was given before must have been taken back."""
        waiting = [passage for ready in lot for passage in ready.missing] if embeds else []
        groups = [waiting[at : at + AT_ONCE] for at in range(0, len(waiting), AT_ONCE)]
        self._lot, self._spent_s, self.vectors = lot, 0.0, {}
        self._groups = [(group, self._pool.submit(self._encode, group)) for group in groups]

    def groups(self) -> Iterator[int]:
        """Wait for each group of passages; yields how many it had."""
        for group, encoding in self._groups:
            encoded, took_s = encoding.result()
            self.vectors |= {passage.id: vector for passage, vector in zip(group, encoded, strict=True)}
            self._spent_s += took_s
            yield len(group)

    def take(self) -> list[tuple[Ready, float]]:
        """The documents back, each with the seconds it has taken so far; their vectors are in ``vectors``."""
        each_s = self._spent_s / max(1, len(self.vectors))
        lot, self._lot, self._groups = self._lot, [], []
        return [(ready, ready.spent_s + each_s * len(ready.missing)) for ready in lot]

    def _encode(self, group: Sequence[Passage]) -> tuple[NDArray[np.float32], float]:
        """Vectors, and how long they took."""
        began = time.perf_counter()
        vectors = self._encoder().encode_passages([passage.embedded_text for passage in group])
        return vectors, time.perf_counter() - began

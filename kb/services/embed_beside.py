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

AT_ONCE = 256  # passages embedded together: 128, 256 and 512 pad 7.3, 5.2 and 4.6 % (Cranfield); 5 s between two signs of life


@dataclass
class Ready:
    """A document that was read and split and waits for its vectors."""

    document: Document
    passages: list[Passage]
    entry: LedgerEntry
    sketch: bytes
    spent_s: float
    missing: list[Passage] = field(default_factory=list)


@dataclass
class Lot:
    """Documents that were handed over together.

    Attributes:
        groups: passages that are embedded together, with their vectors and how many seconds those took.
        vectors: of the groups that were waited for.
    """

    documents: list[Ready]
    groups: list[tuple[list[Passage], Future[tuple[NDArray[np.float32], float]]]]
    vectors: dict[PassageId, NDArray[np.float32]] = field(default_factory=dict)
    spent_s: float = 0.0

    def wait(self) -> Iterator[int]:
        """Wait for each group of passages; yields how many it had."""
        for group, encoding in self.groups:
            encoded, took_s = encoding.result()
            self.vectors |= {passage.id: vector for passage, vector in zip(group, encoded, strict=True)}
            self.spent_s += took_s
            yield len(group)

    def seconds(self, ready: Ready) -> float:
        """What one of the documents has taken: its reading, and its share of the embedding."""
        return ready.spent_s + self.spent_s * len(ready.missing) / max(1, len(self.vectors))


class EmbedBeside:
    """Embeds what it was given in a thread of its own, in that order."""

    def __init__(self, encoder: Callable[[], Encoder]) -> None:
        self._encoder = encoder
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embed")

    def __enter__(self) -> EmbedBeside:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)  # the model must not be at work when the process ends

    def begin(self, documents: list[Ready], *, embeds: bool) -> Lot:
        """Take documents to embed what they miss, or nothing of it."""
        waiting = [passage for ready in documents for passage in ready.missing] if embeds else []
        size = -(-len(waiting) // max(1, round(len(waiting) / AT_ONCE))) or 1  # like sizes: none of a passage or two
        groups = [waiting[at : at + size] for at in range(0, len(waiting), size)]
        return Lot(documents, [(group, self._pool.submit(self._encode, group)) for group in groups])

    def _encode(self, group: Sequence[Passage]) -> tuple[NDArray[np.float32], float]:
        """Vectors, and how long they took."""
        began = time.perf_counter()
        vectors = self._encoder().encode_passages([passage.embedded_text for passage in group])
        return vectors, time.perf_counter() - began

"""Vectors on disk: raw columns of ``float32``, a file for each run of rows, written once and shared between generations.

A generation that adds rows adds a file; the files of the one before are linked into it. Small files are merged as in a binary
counter, so that there are few of them and a vector is copied a few times in its life at most. Vectors are read, not mapped: mapped
for long, every page that was ever looked at would count as memory of this process, and 400 of 100,000 vectors take 0.6 ms to read
and 1.3 ms to map and copy (2026-11-22).
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = "vectors"
SHARD_ROWS = 65_536  # of a full file: 100 MB at 384 dimensions


class VectorShards:
    """The vectors of a generation; row *i* is the *i*-th that was ever written."""

    def __init__(self, folder: Path, dim: int) -> None:
        """Open the files in ``folder``.

        Raises:
            ValueError: if they do not follow one another, or one is not as long as its name says.
        """
        self.dim = dim
        self.spans = spans_in(folder)
        starts = [start for start, _ in self.spans]
        if starts != [0, *(stop for _, stop in self.spans)][: len(starts)]:
            raise ValueError(f"the vectors in {folder} have gaps")
        self._starts = np.array(starts, np.int64)
        self._files = [os.open(folder / name_of(*span), os.O_RDONLY) for span in self.spans]
        weakref.finalize(self, _close, self._files)
        for file, (start, stop) in zip(self._files, self.spans, strict=True):
            if os.fstat(file).st_size != (stop - start) * 4 * dim:
                raise ValueError(f"{name_of(start, stop)} does not hold {stop - start} vectors of {dim} numbers")

    def __len__(self) -> int:
        return self.spans[-1][1] if self.spans else 0

    def block(self, start: int, stop: int) -> NDArray[np.float32]:
        """Rows ``start`` to ``stop``: ``float32 (stop - start, dim)``."""
        return self.take(np.arange(start, max(start, stop), dtype=np.int64))

    def take(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """``rows``, in their order: ``float32 (len(rows), dim)``."""
        found = np.empty((len(rows), self.dim), np.float32)
        if not len(rows):
            return found
        if rows.min() < 0 or rows.max() >= len(self):
            raise IndexError(f"there are rows 0 to {len(self) - 1}, asked for {rows.min()} to {rows.max()}")
        which = np.searchsorted(self._starts, rows, side="right") - 1
        runs = np.flatnonzero(np.r_[True, (np.diff(rows) != 1) | (np.diff(which) != 0)])  # rows that follow one another
        ends = np.r_[runs[1:], len(rows)]
        width = 4 * self.dim
        into = memoryview(found.data).cast("B")
        offsets = (rows[runs] - self._starts[which[runs]]) * width
        for file, offset, first, last in zip(
            which[runs].tolist(), offsets.tolist(), (runs * width).tolist(), (ends * width).tolist(), strict=True
        ):
            _read(self._files[file], into[first:last], offset)
        return found


def spans_in(folder: Path) -> list[tuple[int, int]]:
    """First row and the row after the last of each file, ascending."""
    return sorted(map(_span, folder.glob("*.f32")))


def write_shard(folder: Path, start: int, vectors: NDArray[np.float32]) -> None:
    """Write rows ``start`` onwards as one file."""
    vectors = np.ascontiguousarray(vectors, "<f4")
    (folder / name_of(start, start + len(vectors))).write_bytes(vectors.data.cast("B"))


def to_merge(spans: Sequence[tuple[int, int]], n_new: int) -> int:
    """How many of the last files to write again together with ``n_new`` rows: each file stays at least twice the next one."""
    size, merged = n_new, 0
    for start, stop in reversed(spans):
        if stop - start >= min(2 * size, SHARD_ROWS // 2):
            break
        size += stop - start
        merged += 1
    return merged


def name_of(start: int, stop: int) -> str:
    """The file of rows ``start`` to ``stop``."""
    return f"{start:010}-{stop:010}.f32"


def _span(path: Path) -> tuple[int, int]:
    start, _, stop = path.stem.partition("-")
    return int(start), int(stop)


def _read(file: int, into: memoryview, offset: int) -> None:
    """Fill ``into`` from ``offset`` onwards; a system may give less than was asked for at a time."""
    while len(into):
        n_read = os.preadv(file, [into], offset)
        if not n_read:
            raise OSError("a file of vectors was cut off while it was open")
        into, offset = into[n_read:], offset + n_read


def _close(files: list[int]) -> None:
    for file in files:
        os.close(file)

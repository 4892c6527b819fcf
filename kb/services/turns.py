"""As many questions at a time as there are cores; the others wait in line.

A question keeps a core busy from beginning to end. Fifty at once take turns a few milliseconds long, and all end late: among
100,000 passages on 2 cores, 95 of 100 had their answer after 2.5 s, in line after 1.9 s, and after 0.9 s since
those in line are encoded together (benchmarks/scale.py, 2026-11-22).
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from kb.retrieval.deadline import Deadline


class Turns:
    """A line in front of a few places. Who leaves calls the first in line; a semaphore would let newcomers past."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._line: deque[tuple[threading.Event, str]] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def one(self, deadline: Deadline, question: str = "") -> Iterator[list[str]]:
        """Wait for a place and hold it. Gives the questions of those who stand in line then.

        Raises:
            SearchTimeout: if the deadline passes first.
        """
        self._take(deadline, question)
        try:
            with self._lock:
                in_line = [asked for _, asked in self._line if asked]
            yield in_line
        finally:
            with self._lock:
                self._leave()

    def _take(self, deadline: Deadline, question: str) -> None:
        called = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self._line.append((called, question))
        if called.wait(deadline.left()):
            return
        with self._lock:
            if called.is_set():  # in this very moment
                self._leave()
            else:
                self._line.remove((called, question))
        deadline.check()
        self._take(deadline, question)  # by a clock of its own it is not yet too late

    def _leave(self) -> None:
        if self._line:
            self._line.popleft()[0].set()
        else:
            self._free += 1


TURNS = Turns(os.cpu_count() or 1)  # of this process: all sessions of the app are threads of one

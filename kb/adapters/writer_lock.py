"""One writer at a time over all processes: an advisory lock that dies with its holder."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held = threading.local()  # a thread that writes may ask again (mending while it ingests)


@contextmanager
def writer_lock(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of ``folder``. The kernel frees it when the process ends, however it ends.

    Args:
        wait: for whoever has it; else a taken lock is an error.

    Raises:
        BlockingIOError: if it is taken and ``wait`` is off.
    """
    if getattr(_held, "depth", 0):
        _held.depth += 1
        try:
            yield
        finally:
            _held.depth -= 1
        return
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "WRITER.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        _held.depth = 1
        try:
            yield
        finally:
            _held.depth = 0
    finally:
        os.close(descriptor)

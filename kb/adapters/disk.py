"""A full disk, told as one sentence whichever library met it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import NoSpace

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WORDS = (
    "no space left",
    "file too large",
    "disk quota",
    "disk is full",
    "os error 28",
    "os error 27",
)  # of Tantivy, FAISS, SQLite


@contextmanager
def told_when_full(folder: Path) -> Iterator[None]:
    """Turn the many ways in which a full disk shows into :class:`NoSpace`; every other error passes as it is."""
    try:
        yield
    except (OSError, ValueError, RuntimeError, sqlite3.Error) as error:
        if not _is_full(error):
            raise
        free = shutil.disk_usage(folder).free >> 20
        raise NoSpace(
            f"There is no room left to write in {folder} ({free} MB free). Make room and run the command again: "
            "what was published before still answers."
        ) from error


def _is_full(error: Exception) -> bool:
    return getattr(error, "errno", None) in _FULL or any(words in str(error).lower() for words in _WORDS)

"""Open regular files only: never a link, a pipe, a socket or a device."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kb.errors import ReadError

MAX_BYTES = 200 << 20  # of one document

_WHAT = (
    (stat.S_ISLNK, "a link; links are left out"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe, not a document"),
    (stat.S_ISSOCK, "a socket, not a document"),
)


def check(path: Path) -> None:
    """Refuse everything but a regular file of usable size, without opening it.

    Raises:
        ReadError: ``unsupported`` for what is no document, ``failed`` if it is gone or may not be seen.
    """
    try:
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        raise ReadError(f"cannot be opened ({_reason(error)})") from error
    _check_status(status)


def read_bytes(path: Path, at_most: int = MAX_BYTES + 1) -> bytes:
    """The file's first ``at_most`` bytes. What is opened is checked again, since a path may change between two looks.

    Raises:
        ReadError: as :func:`check`.
    """
    check(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            _check_status(os.fstat(descriptor))
            data = file.read(at_most)
    except OSError as error:
        raise ReadError(f"cannot be opened ({_reason(error)})") from error
    if len(data) > MAX_BYTES:
        raise ReadError(f"grew beyond {MAX_BYTES >> 20} MB while it was read", state="unsupported")
    return data


def _check_status(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        what = next((what for is_one, what in _WHAT if is_one(status.st_mode)), "a device, not a document")
        raise ReadError(what, state="unsupported")
    if status.st_size > MAX_BYTES:
        raise ReadError(f"has {status.st_size >> 20:,} MB; at most {MAX_BYTES >> 20} MB are read", state="unsupported")


def _reason(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)

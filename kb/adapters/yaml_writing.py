"""Put a text in place of a YAML file that others may change at the same time: whole or not at all, over a known version only."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.adapters.flushing import flush_folder, write_flushed
from kb.errors import NoSpace


def version_of(data: bytes) -> str:
    """What tells that a file is another than before."""
    return hashlib.sha256(data).hexdigest()


def write_over(path: Path, text: str, base_version: str) -> str | None:
    """A new file is flushed, then renamed onto the one at ``path``.

    Args:
        base_version: of the file as it was read; empty where there is to be none.

    Returns:
        The new version; ``None``, with nothing written, if the file is at another version, or is a link.

    Raises:
        NoSpace: if the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.parent):
        present = version_of(path.read_bytes()) if path.is_file() else ""
        if present != base_version or path.is_symlink():
            return None
        fresh = path.with_name(f".{path.stem}.tmp")
        try:
            write_flushed(fresh, text)
            fresh.replace(path)
            flush_folder(path.parent)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                free = shutil.disk_usage(path.parent).free >> 20
                raise NoSpace(
                    f"There is no room left to write in {path.parent} ({free} MB free). "
                    "Make room and try again: the sheet is as it was before."
                ) from error
            raise
    return version_of(text.encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time over all processes; the kernel frees the lock however its holder ends."""
    descriptor = os.open(folder / ".WRITER.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)

"""Which files were seen to be what their hash says, so that a file that two generations share is read through once."""

from __future__ import annotations

from pathlib import Path

from kb.adapters.flushing import sha256_of

MAX_KNOWN = 4096  # files; a generation has some dozens

_Mark = tuple[int, int, int, int]


class VerifiedFiles:
    """Remembers, for as long as this process lives, the hash of each file by its place on the disk, size and time of change."""

    def __init__(self) -> None:
        self._known: dict[_Mark, str] = {}

    def fault(self, folder: Path, name: str, wanted: str, *, afresh: bool = False) -> str | None:
        """What is wrong with a file, in plain words.

        Args:
            wanted: its SHA-256.
            afresh: read it even if it was read before: a disk can rot under a file that nobody wrote to.
        """
        path = folder / name
        if not path.is_file():
            return f"{name} is absent"
        found = path.stat()
        mark = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        if not afresh and self._known.get(mark) == wanted:
            return None
        if sha256_of(path) != wanted:
            return f"{name} has changed ({found.st_size} bytes)"
        if len(self._known) >= MAX_KNOWN:
            self._known.clear()
        self._known[mark] = wanted
        return None

"""The port through which files become blocks."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kb.retrieval.passage import Reading


class Reader(Protocol):
    """Reads one file, whatever its kind; the kind is told from the content, never from the suffix alone."""

    def read(self, path: Path) -> Reading:
        """Read ``path``.

        Raises:
            ReadError: with ``state`` ``no_text``, ``encrypted``, ``unsupported`` or ``failed``, and a reason in plain words.
        """
        ...

    def close(self) -> None:
        """Release what the reader holds (child processes)."""
        ...

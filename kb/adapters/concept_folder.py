"""The concepts in use: the files of a folder, read once and again when they change."""

from __future__ import annotations

import threading
from pathlib import Path

from kb.adapters.concept_files import read_concepts
from kb.peers.concepts import ConceptScheme


class ConceptFolder:
    """The scheme of a folder: read at the first call, and again when a file of it was changed, added or removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] | None = None
        self._scheme = ConceptScheme()

    def __call__(self) -> ConceptScheme:
        """The scheme as the files have it now.

        Raises:
            UnusableConcepts: all faults of all files together.
        """
        with self._lock:
            seen = self._look()
            if seen != self._seen:
                self._scheme = read_concepts(self._folder).scheme
                self._seen = seen
            return self._scheme

    def _look(self) -> tuple[object, ...]:
        """What tells that a file is another than before: name, size, time of change, and number on the disk."""
        stats = ((path.name, path.stat()) for path in sorted(self._folder.glob("*.yaml")))
        return tuple((name, stat.st_size, stat.st_mtime_ns, stat.st_ino) for name, stat in stats)

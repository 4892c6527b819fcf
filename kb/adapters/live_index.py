"""The current generation, opened once for each number, and mended when it is damaged."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from kb.adapters.generations import GenerationStore
from kb.errors import IndexBusy, IndexDamaged, IndexMissing
from kb.retrieval.catalog import Catalog
from kb.retrieval.generation import Generation

log = logging.getLogger(__name__)


class LiveIndex:
    """Readers take a snapshot with :meth:`generation` and keep it for one question; a new number is opened without a restart."""

    def __init__(self, store: GenerationStore, catalog: Catalog, writing: Callable[[], AbstractContextManager[None]]) -> None:
        """``writing`` takes the writer's lock or raises ``BlockingIOError``: a reader never waits for an ingest."""
        self._store, self._catalog, self._writing = store, catalog, writing
        self._lock = threading.Lock()
        self._opened: tuple[int, Generation] | None = None

    def generation(self) -> Generation:
        """The current generation.

        Raises:
            IndexMissing: if nothing was ingested yet.
            IndexBusy: if it must be built first and an ingest is running.
            IndexDamaged: if it is damaged and the catalog cannot mend it.
        """
        number = self._store.number()
        opened = self._opened
        if opened is None or opened[0] != number or number == 0:
            with self._lock:
                opened = self._open()
        return opened[1]

    def _open(self) -> tuple[int, Generation]:
        number = self._store.number()
        if self._opened is None or self._opened[0] != number:
            try:
                generation = self._store.open()
            except IndexMissing:
                self._mend(number, "no generation is published")
                generation = self._store.open()
            except IndexDamaged as damage:
                if self._store.number() not in (0, number):  # a writer forgot it while it was being opened
                    return self._open()
                self._mend(number, str(damage))
                generation = self._store.open()
            self._opened = (generation.manifest.generation, generation)
        return self._opened

    def _mend(self, number: int, why: str) -> None:
        """Rebuild generation ``number`` from the vectors in the catalog, unless somebody published another one meanwhile."""
        catalog = self._catalog
        about = dict(catalog.settings())
        if "model" not in about:
            raise IndexMissing("Nothing has been ingested yet. Ingest the corpus: kb ingest corpus/documents")
        try:
            with self._writing():
                if self._store.number() != number:  # mended, or published, between our look and our lock
                    return
                if number and (moved := self._store.quarantine()):
                    log.error("%s It was moved to %s and is rebuilt from the stored vectors.", why, moved)
                self._store.publish(catalog, about)
        except BlockingIOError as error:
            raise IndexBusy(
                "An ingest is running; the index can be searched once it has published. Ask again in a moment."
            ) from error

"""Documents in: read → split → embed → index, one transaction a document, published a generation at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.retrieval.catalog import FileState, LedgerEntry
from kb.retrieval.generation import refuse_mismatch
from kb.services.files import everything_beside, find_files, key_of, path_of
from kb.services.ingest_run import IngestRun, Progress
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_real
from kb.services.planning import plan_ingest


@dataclass(frozen=True)
class IngestReport:
    """What became of every file.

    Attributes:
        files: by path.
        was_stopped: not everything was done; the rest is done by the next ingest.
    """

    files: tuple[LedgerEntry, ...]
    took_s: float
    was_stopped: bool = False

    def count(self, state: FileState) -> int:
        """Files in ``state``."""
        return sum(entry.state is state for entry in self.files)


def ingest(
    kb: KnowledgeBase,
    paths: Sequence[Path],
    *,
    actor: Member,
    retry_failed: bool = False,
    dry_run: bool = False,
    rebuild: bool = False,
    jobs: int = 1,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """Bring the index up to date with the files at or below ``paths``.

    Args:
        paths: files or folders; with ``rebuild`` and none, all that was ever ingested, the documents, the practice sheets and
            the context profiles.
        retry_failed: read again what failed last time.
        dry_run: read and split, but store nothing.
        rebuild: forget all first; for another model or a damaged catalog.
        jobs: files read at the same time, each in its own process.
        should_stop: asked after each file; when it says yes, what is done is published and the rest is left.

    Raises:
        IndexMismatch: if the index was made with another model and ``rebuild`` is not set.
        PermissionDenied: if the actor may not add documents.
    """
    require(actor, Role.CONTRIBUTOR, "add documents")
    require_real(actor)
    began = time.perf_counter()
    with kb.writing():
        wanted = kb.about_vectors()
        if rebuild:
            paths = paths or _known_places(kb)
            if not dry_run:
                kb.generations.withdraw()  # rather no answer than one from half of the documents
                kb.catalog.reset()
        elif stored := dict(kb.catalog.settings()):
            refuse_mismatch(stored, wanted)
        found = list(find_files(paths, kb.documents))
        roots = [key_of(path, kb.documents) for path in paths]
        plan = plan_ingest(found, roots, kb.catalog, kb.documents, retry_failed=retry_failed)
        if not dry_run:
            kb.catalog.put_settings(wanted)
        run = IngestRun(kb, plan, wanted, dry_run=dry_run, publishes_early=not rebuild, on_progress=on_progress)
        was_stopped = run.go(jobs, should_stop)
    return IngestReport(tuple(sorted(run.lines.values(), key=lambda entry: entry.path)), time.perf_counter() - began, was_stopped)


def _known_places(kb: KnowledgeBase) -> list[Path]:
    outside = [path_of(entry.path, kb.documents) for entry in kb.catalog.ledger() if entry.path.startswith("/")]
    return [*everything_beside(kb.documents), *(path for path in outside if path.is_file())]

"""One ingest under way: takes what was read, splits it, embeds it in groups, stores it, publishes it and tells how far it is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexDamaged, ReadError
from kb.retrieval import near_duplicates
from kb.retrieval.catalog import EncodedPassage, FileState, LedgerEntry
from kb.retrieval.passage import Document, Metadata, PassageId, Reading, document_id, lay_out
from kb.retrieval.split import split
from kb.services.embed_beside import AT_ONCE, EmbedBeside, Lot, Ready
from kb.services.files import FoundFile, context_of, entry_of, partnership_of, practice_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.planning import Plan
from kb.services.reading import Read, read_ahead

PUBLISH_EVERY_S = 10.0  # how long a document may wait before it can be searched
PUBLISH_SHARE = 0.2  # at most this share of the time goes into publishing: a large index is published less often
FOLDER_KINDS = {"case-studies": "case-study", "good-practices": "good-practice", "conference-notes": "conference-note"}
FOLDER_KINDS |= {"guides": "guide", "tools": "tool", "plans": "plan"}


@dataclass(frozen=True)
class Progress:
    """How far an ingest is. Passages count those that had to be embedded.

    Attributes:
        finished: ledger lines that became final since the last report; an indexed file is reported once it can be searched.
    """

    files_done: int
    files_total: int
    passages_done: int
    passages_total: int
    finished: tuple[LedgerEntry, ...] = ()


class IngestRun:
    """One ingest under way."""

    def __init__(
        self,
        kb: KnowledgeBase,
        plan: Plan,
        about: dict[str, str],
        *,
        dry_run: bool,
        publishes_early: bool,
        on_progress: Callable[[Progress], None],
    ) -> None:
        """``publishes_early``: documents can be searched before the whole ingest is done."""
        self.kb, self.plan, self.about, self.on_progress = kb, plan, about, on_progress
        self.dry_run, self.publishes_early = dry_run, publishes_early
        self.lines: dict[str, LedgerEntry] = {}
        self.files_total = len(plan.to_read) + len(plan.settled) + len(plan.removed) + len(plan.echoes)
        self.passages_done = self.passages_total = 0
        self.ready: list[Ready] = []
        self.embedding = Lot([], [])
        self.unannounced: list[LedgerEntry] = []
        self.sketches = near_duplicates.Sketches()
        for _, path, sketch in kb.catalog.sketches():
            self.sketches.put(path, sketch)
        self.ids = {document.path: document.id for document in kb.catalog.documents()}
        self.taken = set(self.ids.values())
        self.published_at, self.publishing_took = time.monotonic(), 0.0

    def go(self, jobs: int, should_stop: Callable[[], bool]) -> bool:
        """Do the plan. Returns whether it was stopped before the end."""
        self._settle()
        was_stopped = False
        with EmbedBeside(self.kb.encoder) as beside:
            for read in read_ahead(self.kb.new_reader, self.plan.to_read, jobs):
                self._take(read)
                enough = AT_ONCE if self.embedding.documents else AT_ONCE // 4  # at the beginning the model has nothing to do
                if sum(len(ready.missing) for ready in self.ready) >= enough:
                    self._embed(beside)
                    self._publish_when_due()
                if should_stop():
                    was_stopped = True
                    break
            self._embed(beside)
            self._store_embedded()
        self._publish()
        for echo, original in self.plan.echoes.items():
            if (line := self.lines.get(original.key)) is not None:
                copy = _echo(echo, line)
                if not self.dry_run:
                    self._forget(copy)
                self._finish(copy)
        return was_stopped

    def _settle(self) -> None:
        for new, old in self.plan.renamed.items():
            document = self.ids.pop(old)
            self.ids[new] = document
            self.sketches.put(old, b"")
            if not self.dry_run:
                line = LedgerEntry(new, FileState.INDEXED, document_id=document, at_utc=_now())
                self.kb.catalog.rename_document(document, new, line)
        for entry in self.plan.removed:
            if not self.dry_run:
                self._forget(entry)
        for entry in self.plan.settled:
            if not self.dry_run and entry.state is not FileState.UNCHANGED:
                self._forget(entry)
        self._finish(*self.plan.settled, *self.plan.removed)

    def _forget(self, entry: LedgerEntry) -> None:
        """Write a line for a file that has no document of its own (any more)."""
        line = replace(entry, document_id=None, at_utc=_now())
        self.sketches.put(entry.path, b"")
        if (document := self.ids.pop(entry.path, None)) is not None:
            self.kb.catalog.retire_document(document, line)
        else:
            self.kb.catalog.put_entry(line)

    def _take(self, read: Read) -> None:
        file = read.file
        if isinstance(read.outcome, ReadError):
            entry = LedgerEntry(
                file.key, FileState(read.outcome.state), str(read.outcome), seconds=read.seconds, sha256=file.sha256, at_utc=_now()
            )
            if not self.dry_run:
                self._forget(entry)
            self._finish(entry)
            return
        began = time.perf_counter()
        document, remarks = self._document(file, read.outcome)
        passages = split(
            document,
            count_tokens=self.kb.encoder().count_tokens,
            detector=self.kb.detector,
            settings=self.kb.split_settings(),
        )
        sketch = near_duplicates.sketch(document.text)
        near = self.sketches.nearest(sketch, but=file.key)
        self.sketches.put(file.key, sketch)
        if file.key in self.plan.renamed:
            remarks = (f"renamed from {self.plan.renamed[file.key]}", *remarks)
        languages = tuple(language for language, _ in Counter(passage.language for passage in passages).most_common())
        entry = LedgerEntry(
            file.key, FileState.INDEXED, "; ".join(remarks), document.n_pages, len(passages), languages, 0.0, file.sha256,
            document.id, near, _now(),
        )  # fmt: skip
        known = {} if self.dry_run else self.kb.catalog.known_vectors(passages)
        missing = [passage for passage in passages if passage.id not in known]
        self.passages_total += len(missing)
        spent_s = read.seconds + time.perf_counter() - began
        self.ready.append(Ready(document, passages, entry, sketch, spent_s, missing))

    def _document(self, file: FoundFile, reading: Reading) -> tuple[Document, tuple[str, ...]]:
        place = Metadata(  # by its place: no document can say so
            practice=practice_of(file.key), context=context_of(file.key), entry=entry_of(file.key),
            partnership=partnership_of(file.key),
        )  # fmt: skip
        beside, remarks = (Metadata(), ()) if place.is_written else self.kb.sidecar(file.path)
        folder = FOLDER_KINDS.get(file.path.parent.name, "document")
        metadata = beside.or_else(reading.metadata).or_else(Metadata(title=_first_heading(reading), kind=folder))
        metadata = replace(
            metadata, practice=place.practice, context=place.context, entry=place.entry, partnership=place.partnership
        )
        text, starts = lay_out(reading.blocks)
        identity = self.ids.get(file.key) or document_id(file.key)
        if identity in self.taken and self.ids.get(file.key) != identity:  # that name's first document was renamed
            identity = document_id(f"{file.key}\0{file.content_sha256}")
        self.ids[file.key] = identity
        self.taken.add(identity)
        document = Document(
            identity, file.key, file.content_sha256, reading.media_type, metadata, reading.n_pages, text, reading.blocks, starts
        )
        return document, (*reading.remarks, *remarks)

    def _embed(self, beside: EmbedBeside) -> None:
        """Hand over what is ready, then store what was handed over before: the model has the next while that is done."""
        following = beside.begin(self.ready, embeds=not self.dry_run)
        self.ready = []
        self._store_embedded()
        self.embedding = following

    def _store_embedded(self) -> None:
        lot, self.embedding = self.embedding, Lot([], [])
        for n_embedded in lot.wait():
            self.passages_done += n_embedded
            self._report()
        for ready in lot.documents:
            self._store(ready, lot.vectors, lot.seconds(ready))

    def _store(self, ready: Ready, vectors: dict[PassageId, NDArray[np.float32]], seconds: float) -> None:
        entry = replace(ready.entry, seconds=round(seconds, 3))
        if not self.dry_run:
            known = self.kb.catalog.known_vectors(ready.passages) | vectors
            rows = [EncodedPassage(passage, known[passage.id]) for passage in ready.passages]
            self.kb.catalog.put_document(ready.document, rows, entry, ready.sketch)
        self.unannounced.append(entry)

    def _publish_when_due(self) -> None:
        if not self.publishes_early:
            return
        waited = time.monotonic() - self.published_at
        if waited >= max(PUBLISH_EVERY_S, self.publishing_took / PUBLISH_SHARE):
            self._publish()

    def _publish(self) -> None:
        if not self.dry_run and self._is_behind():
            began = time.monotonic()
            self.kb.generations.publish(self.kb.catalog, self.about)
            self.kb.catalog.purge()
            self.publishing_took = time.monotonic() - began
        self.published_at = time.monotonic()
        self._finish(*self.unannounced)
        self.unannounced.clear()

    def _is_behind(self) -> bool:
        """Whether the published generation lacks changes of the catalog; also after an ingest that was killed."""
        if self.kb.generations.number() == 0:
            return True
        try:
            return self.kb.generations.manifest().catalog_revision != self.kb.catalog.revision()
        except IndexDamaged:
            return True

    def _finish(self, *entries: LedgerEntry) -> None:
        self.lines |= {entry.path: entry for entry in entries}
        self._report(entries)

    def _report(self, finished: tuple[LedgerEntry, ...] = ()) -> None:
        self.on_progress(Progress(len(self.lines), self.files_total, self.passages_done, self.passages_total, finished))


def _first_heading(reading: Reading) -> str:
    return next((" ".join(block.text.split())[:200] for block in reading.blocks if block.level == 1), "")


def _echo(file: FoundFile, line: LedgerEntry) -> LedgerEntry:
    """The line of a second copy, once its first one is settled."""
    if line.state is FileState.INDEXED:
        return LedgerEntry(file.key, FileState.DUPLICATE, f"same content as {line.path}", sha256=file.sha256, at_utc=_now())
    return replace(line, path=file.key, sha256=file.sha256)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

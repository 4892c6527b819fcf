"""The port to the catalog: documents, passages, vectors and the ingestion ledger. It is the truth of ``index/``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.retrieval.passage import Document, DocumentId, Metadata, Passage, PassageId


class FileState(StrEnum):
    """What became of a file; the words of the ledger."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True)
class LedgerEntry:
    """One line of the ledger: what happened to one file, last time it was looked at.

    Attributes:
        path: as in :attr:`Document.path`.
        reason: why, in plain words; empty when all is well.
        languages: of its passages, most frequent first.
        seconds: spent on this file (reading, splitting, embedding).
        sha256: of the file and its sidecar; empty when it could not be opened.
        near_duplicate_of: path of a document with nearly the same words, or empty.
        at_utc: ISO 8601, when.
    """

    path: str
    state: FileState
    reason: str = ""
    pages: int = 0
    passages: int = 0
    languages: tuple[str, ...] = ()
    seconds: float = 0.0
    sha256: str = ""
    document_id: DocumentId | None = None
    near_duplicate_of: str = ""
    at_utc: str = ""


@dataclass(frozen=True)
class DocumentSummary:
    """A document without its text, for lists and filters.

    Attributes:
        sha256: of the file's bytes.
        tags: of the practices that it belongs to. The catalog does not know them: they are empty until somebody fills them in.
    """

    id: DocumentId
    path: str
    sha256: str
    media_type: str
    metadata: Metadata
    n_pages: int
    n_passages: int
    languages: tuple[str, ...]
    added_at_utc: str
    tags: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of its date, if it has one."""
        head = self.metadata.date[:4]
        return int(head) if len(head) == 4 and head.isdigit() else None

    @cached_property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """Its value or values in each facet, unknown ones left out. Made once: a question counts hundreds of documents."""
        about = self.metadata
        return {
            "kinds": (about.kind,) if about.kind else (),
            "countries": about.countries,
            "languages": self.languages,
            "themes": about.themes,
            "years": (str(self.year),) if self.year else (),
            "organisations": (about.organisation,) if about.organisation else (),
            "tags": self.tags,
        }


@dataclass(frozen=True)
class EncodedPassage:
    """A passage with its vector: ``float32 (dim,)``, unit length."""

    passage: Passage
    vector: NDArray[np.float32]


class JobState(StrEnum):
    """Where a background ingest stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Job:
    """A background ingest, as anyone can read it while it runs.

    Attributes:
        paths: what was asked for.
        heartbeat_utc: last sign of life, ISO 8601.
        message: one sentence; the reason when it failed.
        files: ledger lines of the files done so far.
    """

    id: str
    state: JobState
    paths: tuple[str, ...]
    files_done: int = 0
    files_total: int = 0
    passages_done: int = 0
    passages_total: int = 0
    message: str = ""
    started_utc: str = ""
    heartbeat_utc: str = ""
    files: tuple[LedgerEntry, ...] = field(default=())


class Catalog(Protocol):
    """Documents, passages, vectors, ledger and jobs; one transaction a document."""

    def __hash__(self) -> int:
        """By identity: answers are cached for a catalog and its revision."""
        ...

    # documents
    def put_document(self, document: Document, passages: Sequence[EncodedPassage], entry: LedgerEntry, sketch: bytes) -> None:
        """Store a document with its passages and ledger line in one transaction; passages it no longer has are retired."""
        ...

    def rename_document(self, document: DocumentId, path: str, entry: LedgerEntry) -> None:
        """The same file under another name; its id and passages stay."""
        ...

    def retire_document(self, document: DocumentId, entry: LedgerEntry | None) -> None:
        """Take a document out of the next generation; its rows are purged once no published generation needs them."""
        ...

    def document(self, document: DocumentId) -> Document | None:
        """The whole document, or ``None``."""
        ...

    def documents(self) -> list[DocumentSummary]:
        """Every live document, by path."""
        ...

    def sketches(self) -> list[tuple[DocumentId, str, bytes]]:
        """Id, path and word sketch of every live document."""
        ...

    def sketches_of(self, documents: Collection[DocumentId]) -> dict[DocumentId, bytes]:
        """The word sketches of those ``documents`` that are live."""
        ...

    # passages
    def passages(self, ids: Sequence[PassageId]) -> dict[PassageId, Passage]:
        """The passages that exist, by id."""
        ...

    def passages_of(self, document: DocumentId) -> list[Passage]:
        """A document's live passages, in order."""
        ...

    def known_vectors(self, passages: Sequence[Passage]) -> dict[PassageId, NDArray[np.float32]]:
        """The stored vectors of those ``passages`` whose embedded text was embedded before."""
        ...

    def live_rows(self, documents: Collection[DocumentId] | None = None) -> Iterator[tuple[Passage, NDArray[np.float32]]]:
        """Every live passage with its vector, by document path and ordinal: what a generation is built from.

        Args:
            documents: only those of these; a document's passages come together and in order.
        """
        ...

    def n_live(self) -> int:
        """How many passages are live."""
        ...

    def identity(self) -> str:
        """Another one after :meth:`reset`, and of every other catalog: revisions compare only where it is the same."""
        ...

    def changed_documents(self, since: int) -> set[DocumentId] | None:
        """Documents that were stored, renamed or retired after revision ``since``; ``None`` if that is not known."""
        ...

    def revision(self) -> int:
        """A number that grows with every change to live passages."""
        ...

    def reset(self) -> None:
        """Forget every document, passage, vector, ledger line and setting; jobs stay. The corpus is the truth of all of it."""
        ...

    def purge(self) -> None:
        """Delete what was retired and the vectors nobody refers to; called after a generation without them is published."""
        ...

    # ledger
    def ledger(self) -> list[LedgerEntry]:
        """One line a file, by path."""
        ...

    def put_entry(self, entry: LedgerEntry) -> None:
        """Write a ledger line."""
        ...

    # what the vectors were made with
    def settings(self) -> Mapping[str, str]:
        """Model name, revision, dimension and splitter of the stored vectors; empty before the first ingest."""
        ...

    def put_settings(self, settings: Mapping[str, str]) -> None:
        """Record them."""
        ...

    # jobs
    def put_job(self, job: Job) -> None:
        """Write a job's row."""
        ...

    def job(self, job_id: str) -> Job | None:
        """One job, or ``None``."""
        ...

    def jobs(self, limit: int = 20) -> list[Job]:
        """The latest jobs, newest first."""
        ...

    # soundness
    def check(self) -> Iterable[str]:
        """Faults found in the catalog itself, in plain words; empty when sound."""
        ...

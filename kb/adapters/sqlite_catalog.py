"""The catalog in SQLite: ``index/catalog.sqlite``, write-ahead log, one transaction a document.

Every write begins with BEGIN IMMEDIATE: a transaction that reads first and writes later fails at once when another writer was
quicker, whatever the busy timeout (measured: 739 of 800 such transactions failed, with IMMEDIATE 0 of 800).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.adapters import catalog_rows as rows
from kb.adapters.disk import told_when_full
from kb.errors import IndexDamaged
from kb.retrieval.catalog import DocumentSummary, EncodedPassage, Job, LedgerEntry
from kb.retrieval.passage import Document, DocumentId, Passage, PassageId

BUSY_TIMEOUT_S = 30.0
AT_ONCE = 500  # bound values in one statement; SQLite's own limit is 32,766


def now_utc() -> str:
    """ISO 8601, seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class SqliteCatalog:
    """Answers the port :class:`kb.retrieval.catalog.Catalog`. One connection a thread."""

    def __init__(self, path: Path) -> None:
        """Open or create the catalog.

        Raises:
            IndexDamaged: if the file is not a catalog of ours.
        """
        self._path = path
        self._local = threading.local()
        self._listed: tuple[int, list[DocumentSummary]] | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = self._connection()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, rows.SCHEMA_VERSION):
                raise IndexDamaged(
                    f"{path} has schema {version}; this version reads {rows.SCHEMA_VERSION}. Rebuild: kb ingest --rebuild"
                )
            if version == 0:
                connection.executescript(rows.SCHEMA)
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{path} is damaged ({error}). Rebuild it from the corpus: kb ingest --rebuild") from error

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            connection.execute(
                "PRAGMA synchronous = NORMAL"
            )  # a power cut may lose the last files; the next ingest reads them again
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            log = self._path.with_name(f"{self._path.name}-wal")
            if os.access(self._path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
                raise
            # a read-only folder has no room for the log's index; nobody writes there, so the file alone is the whole truth
            address = f"{self._path.absolute().as_uri()}?immutable=1"
            return sqlite3.connect(address, uri=True, isolation_level=None)
        return connection

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        with told_when_full(self._path.parent):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # on a full disk SQLite has rolled back by itself
                    connection.execute("ROLLBACK")
                raise

    # documents ---------------------------------------------------------------------------------------------------------

    def put_document(self, document: Document, passages: Sequence[EncodedPassage], entry: LedgerEntry, sketch: bytes) -> None:
        """See the port."""
        with self._write() as db:
            db.execute(rows.PUT_DOCUMENT, (*rows.from_document(document), sketch, now_utc()))
            db.execute("UPDATE passages SET retired = 1 WHERE document_id = ?", (document.id,))
            for encoded in passages:
                key = rows.vector_key(encoded.passage)
                db.execute(rows.PUT_VECTOR, (key, encoded.vector.tobytes()))
                db.execute(rows.PUT_PASSAGE, rows.from_passage(encoded.passage, key))
            db.execute(rows.PUT_ENTRY, rows.from_entry(entry))
            self._grow(db)

    def rename_document(self, document: DocumentId, path: str, entry: LedgerEntry) -> None:
        """See the port."""
        with self._write() as db:
            (old,) = db.execute("SELECT path FROM documents WHERE id = ?", (document,)).fetchone()
            db.execute("UPDATE documents SET path = ? WHERE id = ?", (path, document))
            db.execute("DELETE FROM ledger WHERE path = ?", (old,))
            db.execute(rows.PUT_ENTRY, rows.from_entry(entry))
            self._grow(db)

    def retire_document(self, document: DocumentId, entry: LedgerEntry | None) -> None:
        """See the port."""
        with self._write() as db:
            db.execute("UPDATE documents SET retired = 1 WHERE id = ?", (document,))
            db.execute("UPDATE passages SET retired = 1 WHERE document_id = ?", (document,))
            if entry is not None:
                db.execute(rows.PUT_ENTRY, rows.from_entry(entry))
            self._grow(db)

    def document(self, document: DocumentId) -> Document | None:
        """See the port."""
        row = self._connection().execute(f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document,)).fetchone()
        return rows.to_document(row) if row else None

    def documents(self) -> list[DocumentSummary]:
        """See the port. Kept until the next change: every question needs the list."""
        revision = self.revision()
        if self._listed is None or self._listed[0] != revision:
            self._listed = (revision, self._list_documents())
        return self._listed[1]

    def _list_documents(self) -> list[DocumentSummary]:
        counted = self._connection().execute(rows.LIST_DOCUMENTS).fetchall()
        languages: dict[str, list[str]] = {}
        for document, language in self._connection().execute(rows.LIST_LANGUAGES):
            languages.setdefault(document, []).append(language)
        return [rows.to_summary(row, tuple(languages.get(row[0], ()))) for row in counted]

    def sketches(self) -> list[tuple[DocumentId, str, bytes]]:
        """See the port."""
        return list(self._connection().execute("SELECT id, path, sketch FROM documents WHERE retired = 0 ORDER BY path"))

    # passages ----------------------------------------------------------------------------------------------------------

    def passages(self, ids: Sequence[PassageId]) -> dict[PassageId, Passage]:
        """See the port."""
        found = self._select(f"SELECT {rows.PASSAGE_COLUMNS} FROM passages WHERE id IN", ids)
        return {passage.id: passage for passage in map(rows.to_passage, found)}

    def passages_of(self, document: DocumentId) -> list[Passage]:
        """See the port."""
        query = f"SELECT {rows.PASSAGE_COLUMNS} FROM passages WHERE document_id = ? AND retired = 0 ORDER BY ordinal"
        return [rows.to_passage(row) for row in self._connection().execute(query, (document,))]

    def known_vectors(self, passages: Sequence[Passage]) -> dict[PassageId, NDArray[np.float32]]:
        """See the port."""
        keys = {passage.id: rows.vector_key(passage) for passage in passages}
        stored = dict(self._select("SELECT key, vector FROM vectors WHERE key IN", list(set(keys.values()))))
        return {identity: np.frombuffer(stored[key], np.float32) for identity, key in keys.items() if key in stored}

    def live_rows(self) -> Iterator[tuple[Passage, NDArray[np.float32]]]:
        """See the port."""
        for row in self._connection().execute(rows.LIVE_ROWS):
            yield rows.to_passage(row), np.frombuffer(row[-1], np.float32)

    def revision(self) -> int:
        """See the port."""
        row = self._connection().execute("SELECT value FROM settings WHERE key = 'catalog_revision'").fetchone()
        return int(row[0]) if row else 0

    def reset(self) -> None:
        """See the port."""
        with self._write() as db:
            for table in ("passages", "documents", "vectors", "ledger"):
                db.execute(f"DELETE FROM {table}")
            db.execute("DELETE FROM settings WHERE key <> 'catalog_revision'")  # it only grows: caches are keyed by it
            self._grow(db)

    def purge(self) -> None:
        """See the port."""
        with self._write() as db:
            db.execute("DELETE FROM passages WHERE retired = 1")
            db.execute("DELETE FROM documents WHERE retired = 1")
            db.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM passages)")

    def _select(self, query: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        for at in range(0, len(values), AT_ONCE):
            chunk = values[at : at + AT_ONCE]
            yield from self._connection().execute(f"{query} ({','.join('?' * len(chunk))})", chunk)

    @staticmethod
    def _grow(db: sqlite3.Connection) -> None:
        db.execute(
            "INSERT INTO settings VALUES ('catalog_revision', '1')"
            " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    # ledger, settings, jobs ----------------------------------------------------------------------------------------------

    def ledger(self) -> list[LedgerEntry]:
        """See the port."""
        return [rows.to_entry(row) for row in self._connection().execute(f"SELECT {rows.ENTRY_COLUMNS} FROM ledger ORDER BY path")]

    def put_entry(self, entry: LedgerEntry) -> None:
        """See the port."""
        with self._write() as db:
            db.execute(rows.PUT_ENTRY, rows.from_entry(entry))

    def settings(self) -> Mapping[str, str]:
        """See the port."""
        return dict(self._connection().execute("SELECT key, value FROM settings WHERE key <> 'catalog_revision'"))

    def put_settings(self, settings: Mapping[str, str]) -> None:
        """See the port."""
        with self._write() as db:
            db.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", list(settings.items()))

    def put_job(self, job: Job) -> None:
        """See the port."""
        with self._write() as db:
            db.execute("INSERT OR REPLACE INTO jobs VALUES (?, ?, ?)", (job.id, job.started_utc, rows.from_job(job)))

    def job(self, job_id: str) -> Job | None:
        """See the port."""
        row = self._connection().execute("SELECT body FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return rows.to_job(row[0]) if row else None

    def jobs(self, limit: int = 20) -> list[Job]:
        """See the port."""
        found = self._connection().execute("SELECT body FROM jobs ORDER BY started_utc DESC, id LIMIT ?", (limit,))
        return [rows.to_job(row[0]) for row in found]

    def check(self) -> Iterable[str]:
        """See the port."""
        try:
            faults = [row[0] for row in self._connection().execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"passage {row[0]} has no vector" for row in self._connection().execute(rows.WITHOUT_VECTOR)]
            faults += [f"passage {row[0]} has no document" for row in self._connection().execute(rows.WITHOUT_DOCUMENT)]
        except sqlite3.DatabaseError as error:
            return [f"catalog.sqlite is damaged: {error}"]
        return faults

"""The catalog in SQLite: ``index/catalog.sqlite``, one transaction a document."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.adapters import catalog_rows as rows
from kb.adapters.sqlite_file import AT_ONCE, SqliteFile
from kb.errors import IndexDamaged
from kb.retrieval.catalog import DocumentSummary, EncodedPassage, Job, LedgerEntry
from kb.retrieval.passage import Document, DocumentId, Passage, PassageId


def now_utc() -> str:
    """ISO 8601, seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class SqliteCatalog(SqliteFile):
    """Answers the port :class:`kb.retrieval.catalog.Catalog`. One connection a thread."""

    def __init__(self, path: Path) -> None:
        """Open or create the catalog.

        Raises:
            IndexDamaged: if the file is not a catalog of ours.
        """
        super().__init__(path)
        self._listed: tuple[int, dict[DocumentId, DocumentSummary], list[DocumentSummary]] | None = None
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
            self._tells_changes = self._add_what_lacks(connection)
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{path} is damaged ({error}). Rebuild it from the corpus: kb ingest --rebuild") from error

    @staticmethod
    def _add_what_lacks(connection: sqlite3.Connection) -> bool:
        """Add what an older catalog lacks. Returns whether it is there: a catalog that may not be written stays without."""
        known = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'changes'").fetchone()[0]
        if not known:
            try:
                connection.executescript(rows.ADDITIONS)
            except sqlite3.OperationalError:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                return False
        return True

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
            self._grow(db, document.id)

    def rename_document(self, document: DocumentId, path: str, entry: LedgerEntry) -> None:
        """See the port."""
        with self._write() as db:
            (old,) = db.execute("SELECT path FROM documents WHERE id = ?", (document,)).fetchone()
            db.execute("UPDATE documents SET path = ? WHERE id = ?", (path, document))
            db.execute("DELETE FROM ledger WHERE path = ?", (old,))
            db.execute(rows.PUT_ENTRY, rows.from_entry(entry))
            self._grow(db, document)

    def retire_document(self, document: DocumentId, entry: LedgerEntry | None) -> None:
        """See the port."""
        with self._write() as db:
            db.execute("UPDATE documents SET retired = 1 WHERE id = ?", (document,))
            db.execute("UPDATE passages SET retired = 1 WHERE document_id = ?", (document,))
            if entry is not None:
                db.execute(rows.PUT_ENTRY, rows.from_entry(entry))
            self._grow(db, document)

    def document(self, document: DocumentId) -> Document | None:
        """See the port."""
        row = self._connection().execute(f"SELECT {rows.DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document,)).fetchone()
        return rows.to_document(row) if row else None

    def documents(self) -> list[DocumentSummary]:
        """See the port. Every question needs the list: it is kept, and only what has changed is listed again."""
        revision, listed = self.revision(), self._listed
        if listed is None or listed[0] != revision:
            changed = None if listed is None else self.changed_documents(listed[0])
            if listed is None or changed is None or len(changed) > AT_ONCE:
                by_id = {document.id: document for document in self._list_documents()}
            else:
                by_id = {known: document for known, document in listed[1].items() if known not in changed}
                by_id |= {document.id: document for document in self._list_documents(list(changed))}
            listed = (revision, by_id, sorted(by_id.values(), key=lambda document: document.path))
            self._listed = listed
        return listed[2]

    def _list_documents(self, chosen: Sequence[DocumentId] | None = None) -> list[DocumentSummary]:
        one_of = "" if chosen is None else f"({','.join('?' * len(chosen))})"
        db, values = self._connection(), chosen or ()
        counted = db.execute(f"{rows.COUNT_LANGUAGES} {one_of and f'AND document_id IN {one_of}'} {rows.GROUP_LANGUAGES}", values)
        spoken: dict[str, dict[str, int]] = {}
        for document, language, n_passages in counted:
            spoken.setdefault(document, {})[language] = n_passages
        listing = rows.LIST_DOCUMENTS.format(by=rows.BY_LIST if self._tells_changes and chosen is None else "")
        found = db.execute(f"{listing} {one_of and f'AND id IN {one_of}'}", values)
        return [rows.to_summary(row, spoken.get(row[0], {})) for row in found]

    def changed_documents(self, since: int) -> set[DocumentId] | None:
        """See the port."""
        if not self._tells_changes:
            return None
        found = self._connection().execute(
            "SELECT document_id, revision FROM changes WHERE revision > ? OR document_id = ''", (since,)
        )
        changed = dict(found.fetchall())
        told_since = changed.pop("", since + 1)
        return set(changed) if told_since <= since <= self.revision() else None

    def identity(self) -> str:
        """See the port."""
        row = self._connection().execute("SELECT value FROM settings WHERE key = 'catalog_id'").fetchone()
        return str(row[0]) if row else ""

    def sketches(self) -> list[tuple[DocumentId, str, bytes]]:
        """See the port."""
        return list(self._connection().execute("SELECT id, path, sketch FROM documents WHERE retired = 0 ORDER BY path"))

    def sketches_of(self, documents: Collection[DocumentId]) -> dict[DocumentId, bytes]:
        """See the port."""
        return dict(self._select("SELECT id, sketch FROM documents WHERE retired = 0 AND id IN", sorted(documents)))

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

    def live_rows(self, documents: Collection[DocumentId] | None = None) -> Iterator[tuple[Passage, NDArray[np.float32]]]:
        """See the port."""
        listing = rows.LIVE_PATHS.format(by=rows.BY_LIST if self._tells_changes and documents is None else "")
        live = self._connection().execute(listing) if documents is None else self._select(f"{listing} AND id IN", list(documents))
        in_order = [identity for identity, _ in sorted(live, key=lambda pair: pair[1])]
        # some hundred documents at a time: to sort all rows at once, SQLite would write them to disk first
        found = self._select(f"{rows.LIVE_ROWS} AND d.id IN", in_order, rows.IN_ORDER)
        for row in found:
            yield rows.to_passage(row), np.frombuffer(row[-1], np.float32)

    def n_live(self) -> int:
        """See the port."""
        return int(self._connection().execute("SELECT COUNT(*) FROM passages WHERE retired = 0").fetchone()[0])

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
            db.execute("INSERT INTO settings VALUES ('catalog_id', hex(randomblob(8)))")
            db.execute("DELETE FROM changes")
            self._grow(db, "")  # of what was before, nothing is told

    def purge(self) -> None:
        """See the port."""
        with self._write() as db:
            keys = db.execute("SELECT DISTINCT vector_key FROM passages WHERE retired = 1").fetchall()
            db.execute("DELETE FROM passages WHERE retired = 1")
            db.execute("DELETE FROM documents WHERE retired = 1")
            db.executemany("DELETE FROM vectors WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM passages WHERE vector_key = ?1)", keys)

    @staticmethod
    def _grow(db: sqlite3.Connection, changed: str) -> None:
        db.execute(
            "INSERT INTO settings VALUES ('catalog_revision', '1')"
            " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )
        db.execute(rows.MARK_CHANGED, (changed,))

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
        return dict(
            self._connection().execute("SELECT key, value FROM settings WHERE key NOT IN ('catalog_revision', 'catalog_id')")
        )

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

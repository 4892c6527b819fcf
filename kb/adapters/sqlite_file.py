"""A file of SQLite with a write-ahead log, shared by threads and processes.

Every write begins with BEGIN IMMEDIATE: a transaction that reads first and writes later fails at once when another writer was
quicker, whatever the busy timeout (measured: 739 of 800 such transactions failed, with IMMEDIATE 0 of 800).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.adapters.disk import told_when_full

BUSY_TIMEOUT_S = 30.0
AT_ONCE = 500  # bound values in one statement; SQLite's own limit is 32,766


class SqliteFile:
    """One connection a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

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

    def _select(self, query: str, values: Sequence[object], order: str = "") -> Iterator[tuple[Any, ...]]:
        for at in range(0, len(values), AT_ONCE):
            chunk = values[at : at + AT_ONCE]
            yield from self._connection().execute(f"{query} ({','.join('?' * len(chunk))}) {order}", chunk)

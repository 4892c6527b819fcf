"""Records in one SQLite file.

It writes ahead to a log and begins every transaction with BEGIN IMMEDIATE: who reads first and writes later would fail when
another was quicker, whatever the timeout (see :mod:`kb.adapters.sqlite_catalog`). Its log is flushed at every commit, which is
SQLite's default: what a member entered is the only copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError

from kb.adapters.disk import told_when_full
from kb.errors import SettingsError, UnusableRecords

BUSY_TIMEOUT_S = 30.0


class SqliteFile:
    """Answers :class:`kb.adapters.records.unit_of_work.Database`.

    Raises:
        SettingsError: if ``url`` names no file.
    """

    def __init__(self, url: URL) -> None:
        if url.database in (None, "", ":memory:"):
            raise SettingsError("KB_DATABASE_URL names no file: records in memory would be lost. Write sqlite:///FILE.")
        self._url = url
        self.place = url.database or ""

    def engine(self) -> Engine:
        """See the protocol. Makes the folder where it is absent."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnusableRecords(f"The records in {self.place} cannot be used: {error}.") from error
        # isolation_level None: the driver begins nothing by itself, _begin_immediate does
        arguments = {"timeout": BUSY_TIMEOUT_S, "isolation_level": None}
        engine = create_engine(self._url, connect_args=arguments, hide_parameters=True)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin_immediate)
        return engine

    @contextmanager
    def own_errors(self) -> Iterator[None]:
        """See the protocol."""
        try:
            with told_when_full(self._folder), _in_the_drivers_words():
                yield
        except _DriverError as error:
            raise UnusableRecords(_told(self.place, str(error))) from error

    @property
    def _folder(self) -> Path:
        return Path(self.place).absolute().parent


class _DriverError(RuntimeError):
    """The driver's own words, so that :func:`told_when_full` can read them."""


@contextmanager
def _in_the_drivers_words() -> Iterator[None]:
    try:
        yield
    except IntegrityError:  # a value of ours that the tables refuse: a bug, with its traceback
        raise
    except DBAPIError as error:
        raise _DriverError(str(error.orig)) from error


def _told(place: str, reason: str) -> str:
    words = reason.lower()
    if "locked" in words:
        return f"The records in {place} are being written by another process. Try again in a moment."
    if "malformed" in words or "not a database" in words:
        return f"{place} is damaged ({reason}). Restore it from a backup, or move it away to begin anew."
    return f"The records in {place} cannot be used: {reason}."


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")

"""Opens the database of members' records and gives one transaction at a time.

SQLite writes ahead to a log and begins every transaction with BEGIN IMMEDIATE: who reads first and writes later would fail when
another was quicker, whatever the timeout (see :mod:`kb.adapters.sqlite_catalog`). Its log is flushed at every commit, which is
SQLite's default: what a member entered is the only copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from kb.adapters.disk import told_when_full
from kb.adapters.records.migrating import migrate
from kb.adapters.records.rows import JudgementRows, SavedSearchRows
from kb.errors import SettingsError, UnusableRecords

FILE = "kb.sqlite"
BUSY_TIMEOUT_S = 30.0


class SqlRecords:
    """Gives units of work; safe to share between threads. Made once for each process, it brings the tables up to date.

    Raises:
        SettingsError: if ``url`` names no database that can be reached from here.
        UnusableRecords: if the database is damaged, cannot be opened or is a newer version's.
    """

    def __init__(self, url: str, corpus: Path) -> None:
        """Open ``url``, or ``kb.sqlite`` in ``corpus`` where it is empty."""
        self._url = _parsed(url) if url else URL.create("sqlite", database=str(corpus / FILE))
        self._place = self._url.database or "" if self._is_sqlite else self._url.render_as_string(hide_password=True)
        self._folder = Path(self._place).absolute().parent if self._is_sqlite else corpus
        self._engine = self._opened()
        try:
            with self.transaction() as connection:
                migrate(connection, self._place)
        except BaseException:
            self._engine.dispose()
            raise

    def __call__(self) -> SqlUnitOfWork:
        """A unit of work of one's own."""
        return SqlUnitOfWork(self)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @property
    def _is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    def _opened(self) -> Engine:
        try:
            if not self._is_sqlite:
                return create_engine(self._url)
            self._folder.mkdir(parents=True, exist_ok=True)
            # isolation_level None: the driver begins nothing by itself, _begin_immediate does
            engine = create_engine(self._url, connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None})
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise SettingsError(f"KB_DATABASE_URL names {self._url.drivername}, for which no driver is installed.") from error
        except OSError as error:
            raise UnusableRecords(f"The records in {self._place} cannot be used: {error}.") from error
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin_immediate)
        return engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection within a transaction; foreign errors are told as ours."""
        try:
            with told_when_full(self._folder), _own_error(), self._engine.begin() as connection:
                yield connection
        except _DriverError as error:
            raise UnusableRecords(_told(self._place, str(error))) from error


class SqlUnitOfWork:
    """Answers the port :class:`kb.services.records.UnitOfWork`."""

    judgements: JudgementRows
    saved_searches: SavedSearchRows

    def __init__(self, records: SqlRecords) -> None:
        self._records = records
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Begin."""
        connection = self._open.enter_context(self._records.transaction())
        self.judgements = JudgementRows(connection)
        self.saved_searches = SavedSearchRows(connection)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep all of it, or after an error nothing."""
        self._open.__exit__(kind, error, trace)


class _DriverError(RuntimeError):
    """The driver's own words, so that :func:`told_when_full` can read them."""


@contextmanager
def _own_error() -> Iterator[None]:
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


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            "KB_DATABASE_URL is no address of a database such as sqlite:///FILE or postgresql://HOST/NAME."
        ) from error
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SettingsError("KB_DATABASE_URL names no file: records in memory would be lost. Write sqlite:///FILE.")
    return parsed


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")

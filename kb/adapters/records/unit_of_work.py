"""Opens the database of members' records and gives one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from kb.adapters.records.assessment_rows import AssessmentRows, RubricRows
from kb.adapters.records.draft_rows import DraftRows
from kb.adapters.records.history_rows import HistoryRows
from kb.adapters.records.journal_rows import JournalRows
from kb.adapters.records.member_rows import MemberRows
from kb.adapters.records.migrating import migrate
from kb.adapters.records.postgresql import DRIVERS, PostgresDatabase
from kb.adapters.records.rows import JudgementRows, SavedSearchRows
from kb.adapters.records.sqlite_file import SqliteFile
from kb.adapters.records.tag_rows import DecisionRows, GivenTagRows
from kb.errors import SettingsError, UnusableRecords

FILE = "kb.sqlite"


class Database(Protocol):
    """What SQLite and PostgreSQL do in ways of their own."""

    @property
    def place(self) -> str:
        """Where it is, for a sentence; without the password."""
        ...

    def engine(self) -> Engine:
        """Its pool of connections, whose transactions come one after another."""
        ...

    def own_errors(self) -> AbstractContextManager[None]:
        """Tells its errors as ours."""
        ...


class SqlRecords:
    """Gives units of work; safe to share between threads. Made once for each process, it brings the tables up to date.

    Raises:
        SettingsError: if ``url`` names no database that can be used from here.
        UnusableRecords: if the database is damaged, cannot be opened, does not answer or is a newer version's.
    """

    def __init__(self, url: str, corpus: Path) -> None:
        """Open ``url``, or ``kb.sqlite`` in ``corpus`` where it is empty."""
        self._database = _database(_parsed(url) if url else URL.create("sqlite", database=str(corpus / FILE)))
        self._engine = self._database.engine()
        try:
            with self.transaction() as connection:
                migrate(connection, self._database.place)
        except BaseException:
            self._engine.dispose()
            raise

    def __call__(self) -> SqlUnitOfWork:
        """A unit of work of one's own."""
        return SqlUnitOfWork(self)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection within a transaction; foreign errors are told as ours."""
        try:
            with self._database.own_errors(), self._engine.begin() as connection:
                yield connection
        except PoolTimeoutError as error:
            place = self._database.place
            raise UnusableRecords(f"The records in {place} are being written by another process. Try again in a moment.") from error


class SqlUnitOfWork:
    """Answers the port :class:`kb.services.records.UnitOfWork`."""

    judgements: JudgementRows
    saved_searches: SavedSearchRows
    history: HistoryRows
    tags: GivenTagRows
    suggestions: DecisionRows
    drafts: DraftRows
    members: MemberRows
    assessments: AssessmentRows
    rubrics: RubricRows
    journal: JournalRows

    def __init__(self, records: SqlRecords) -> None:
        self._records = records
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Begin."""
        connection = self._open.enter_context(self._records.transaction())
        self.judgements = JudgementRows(connection)
        self.saved_searches = SavedSearchRows(connection)
        self.history = HistoryRows(connection)
        self.tags = GivenTagRows(connection)
        self.suggestions = DecisionRows(connection)
        self.drafts = DraftRows(connection)
        self.members = MemberRows(connection)
        self.assessments = AssessmentRows(connection)
        self.rubrics = RubricRows(connection)
        self.journal = JournalRows(connection)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep all of it, or after an error nothing."""
        self._open.__exit__(kind, error, trace)


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError(  # from None: what could not be parsed may hold the password
            "KB_DATABASE_URL is no address of a database such as sqlite:///FILE or postgresql://HOST/NAME."
        ) from None


def _database(url: URL) -> Database:
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return SqliteFile(url)
    if url.drivername in DRIVERS:
        return PostgresDatabase(url)
    raise SettingsError(f"KB_DATABASE_URL names {url.drivername}. Records are kept in sqlite:///FILE or postgresql://HOST/NAME.")

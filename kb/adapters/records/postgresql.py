"""Records in a PostgreSQL database, reached with psycopg.

Every transaction takes one advisory lock first and holds it to its end, so that units of work come one after another, as on SQLite:
who reads first and writes later overwrites nobody, and nothing has to be tried twice. READ COMMITTED goes with that: each statement
sees what was committed before it, so all that follow the lock see all that came before. REPEATABLE READ and SERIALIZABLE would keep
the picture of the moment before the wait. Source: PostgreSQL's manual, chapters 13.2 and 13.3.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from kb.errors import SettingsError, UnusableRecords

DRIVERS = ("postgresql", "postgres", "postgresql+psycopg")
TURN = int.from_bytes(b"kb.recor")  # of the advisory lock: any number that other programs in the same database do not use
LOCK_TIMEOUT_S = 30
STALLED_TIMEOUT_S = 60  # a process that hangs within a unit of work loses it, and the others go on
CONNECT_TIMEOUT_S = 5  # a page waits for it where the server is away
POOL_SIZE = 5  # connections of one process that are kept; units come one after another, so more would only wait


class PostgresDatabase:
    """Answers :class:`kb.adapters.records.unit_of_work.Database`.

    Raises:
        SettingsError: if ``url`` cannot be a database's.
    """

    def __init__(self, url: URL, *, lock_timeout_s: int = LOCK_TIMEOUT_S) -> None:
        """Of ``url``; whoever waits for another writer for ``lock_timeout_s`` is told so."""
        if "@" in (url.host or ""):
            raise SettingsError("KB_DATABASE_URL has an @ within the password. Write it as %40.")
        self._url = url.set(drivername="postgresql+psycopg")
        self._lock_timeout_s = lock_timeout_s
        self.place = URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()

    def engine(self) -> Engine:
        """See the protocol. A connection that lay in the pool is tried before it is used: the server may have been restarted."""
        arguments: dict[str, object] = {
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "kb",
            "client_encoding": "utf8",
            "prepare_threshold": None,  # a pooler between us and the server may forget prepared statements
        }
        engine = create_engine(
            self._url,
            isolation_level="READ COMMITTED",
            connect_args={name: value for name, value in arguments.items() if name not in self._url.query},
            pool_pre_ping=True,
            pool_size=POOL_SIZE,
            hide_parameters=True,  # what members wrote does not belong into a log
        )
        event.listen(engine, "begin", self._take_turn)
        return engine

    @contextmanager
    def own_errors(self) -> Iterator[None]:
        """See the protocol."""
        try:
            yield
        except (IntegrityError, DataError):  # a value of ours that the tables refuse: a bug, with its traceback
            raise
        except DBAPIError as error:
            raise UnusableRecords(self._told(getattr(error.orig, "sqlstate", None) or "", self._reason(error))) from error

    def _take_turn(self, connection: Connection) -> None:
        connection.exec_driver_sql(  # one journey; LOCAL, so that a pooler may lend the connection to others afterwards
            f"SET LOCAL lock_timeout = '{self._lock_timeout_s}s'; "
            f"SET LOCAL idle_in_transaction_session_timeout = '{STALLED_TIMEOUT_S}s'; "
            f"SELECT pg_advisory_xact_lock({TURN})"
        )

    def _reason(self, error: DBAPIError) -> str:
        # libpq adds lines of hints, and psycopg one for every address that it tried
        reason = next((line.strip() for line in str(error.orig).splitlines() if line.strip()), "no reason given").rstrip(".")
        reason = reason.removeprefix("connection failed: ").removeprefix("connection is bad: ")
        secrets = [self._url.password, self._url.query.get("password")]
        for secret in (str(each) for each in secrets if each):
            reason = reason.replace(secret, "***")
        return reason

    def _told(self, state: str, reason: str) -> str:
        # a failed connection has no SQLSTATE (psycopg, "OperationalError"), only the server's words, which may be translated
        words = reason.lower()
        if state == "55P03":  # lock_not_available
            return f"The records in {self.place} are being written by another process. Try again in a moment."
        if "password authentication failed" in words or "no password supplied" in words:
            return f"The database {self.place} refuses the user or the password of KB_DATABASE_URL."
        if "does not exist" in words and "database " in words:
            return f"There is no database “{self._url.database}” at {self.place}. Make it, or correct KB_DATABASE_URL."
        if state == "42501":  # insufficient_privilege
            return f"The user of KB_DATABASE_URL may not use {self.place} ({reason}). Make this user the owner of the database."
        if not state or state.startswith(("08", "57P")):  # connection exceptions; shutdowns
            return f"The database {self.place} does not answer ({reason}). Start its server, or correct KB_DATABASE_URL."
        return f"The records in {self.place} cannot be used: {reason}."

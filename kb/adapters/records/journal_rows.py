"""Entries of the journal as rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.columns import without_id
from kb.adapters.records.tables import journal
from kb.services.records import SequenceTakenError, StoredEntry


class JournalRows:
    """Answers the port :class:`kb.services.records.Journal`. Triggers refuse to change a row, or to delete a real one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: StoredEntry) -> StoredEntry:
        """See the port."""
        try:
            with self._connection.begin_nested():  # PostgreSQL refuses all that follows an error, back to a savepoint
                added = self._connection.execute(journal.insert().returning(journal.c.id), without_id(entry))
                return replace(entry, id=added.scalar_one())
        except IntegrityError as error:
            raise SequenceTakenError(entry.subject) from error

    def of(self, stream: str, subject: str) -> list[StoredEntry]:
        """See the port."""
        return self._found(select(journal).where(journal.c.stream == stream, journal.c.subject == subject))

    def everyone(self, stream: str, kinds: Sequence[str] = ()) -> list[StoredEntry]:
        """See the port."""
        wanted = select(journal).where(journal.c.stream == stream)
        return self._found(wanted.where(journal.c.kind.in_(kinds)) if kinds else wanted)

    def stamp(self, stream: str) -> tuple[int, int]:
        """See the port."""
        asked = select(func.count(), func.coalesce(func.max(journal.c.id), 0)).where(journal.c.stream == stream)
        count, last = self._connection.execute(asked).one()
        return count, last

    def remove_demo(self) -> int:
        """See the port."""
        return self._connection.execute(journal.delete().where(journal.c.is_demo)).rowcount

    def _found(self, wanted: Select[Any]) -> list[StoredEntry]:
        # sorted here: databases differ in how they order letters
        rows = (StoredEntry(*row) for row in self._connection.execute(wanted.with_only_columns(*_IN_ORDER)))
        return sorted(rows, key=lambda entry: (entry.subject, entry.seq))


_IN_ORDER = [journal.c[name] for name in StoredEntry.__dataclass_fields__]  # by place: twice as quick as by name

"""The history as rows and back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, func, select

from kb.adapters.records.columns import without_id
from kb.adapters.records.tables import changes
from kb.services.records import Change


class HistoryRows:
    """Answers the port :class:`kb.services.records.History`. Triggers refuse to change or delete a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, change: Change) -> Change:
        """See the port."""
        added = self._connection.execute(changes.insert().returning(changes.c.id), without_id(change))
        return replace(change, id=added.scalar_one())

    def of_subject(self, kind: str, subject: str) -> list[Change]:
        """See the port."""
        wanted = select(changes).where(changes.c.kind == kind, changes.c.subject == subject).order_by(changes.c.id)
        return [Change(**row._mapping) for row in self._connection.execute(wanted)]

    def last(self, kind: str, subject: str) -> Change | None:
        """See the port."""
        wanted = select(changes).where(changes.c.kind == kind, changes.c.subject == subject).order_by(changes.c.id.desc()).limit(1)
        row = self._connection.execute(wanted).first()
        return Change(**row._mapping) if row else None

    def newest(self, n: int, *, kinds: tuple[str, ...] = (), before_id: int = 0) -> list[Change]:
        """See the port."""
        wanted = select(changes)
        if kinds:
            wanted = wanted.where(changes.c.kind.in_(kinds))
        if before_id:
            wanted = wanted.where(changes.c.id < before_id)
        return [Change(**row._mapping) for row in self._connection.execute(wanted.order_by(changes.c.id.desc()).limit(n))]

    def count(self) -> int:
        """See the port."""
        return self._connection.execute(select(func.count()).select_from(changes)).scalar_one()

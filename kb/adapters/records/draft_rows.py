"""Drafts as rows and back."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.tables import drafts
from kb.services.records import Draft


class DraftRows:
    """Answers the port :class:`kb.services.records.Drafts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, draft: Draft) -> Draft | None:
        """See the port."""
        newer = replace(draft, version=draft.version + 1)
        if draft.version:
            same = _same(draft.member, draft.kind, draft.subject) & (drafts.c.version == draft.version)
            written = self._connection.execute(drafts.update().where(same).values(asdict(newer)))
            return newer if written.rowcount else None
        try:
            with self._connection.begin_nested():  # PostgreSQL refuses all that follows an error, back to a savepoint
                self._connection.execute(drafts.insert(), asdict(newer))
        except IntegrityError:
            return None
        return newer

    def get(self, member: str, kind: str, subject: str) -> Draft | None:
        """See the port."""
        row = self._connection.execute(select(drafts).where(_same(member, kind, subject))).first()
        return Draft(**row._mapping) if row else None

    def of_member(self, member: str) -> list[Draft]:
        """See the port. Sorted here: databases differ in how they order letters."""
        rows = self._connection.execute(select(drafts).where(drafts.c.member == member))
        return sorted((Draft(**row._mapping) for row in rows), key=lambda draft: (draft.kind, draft.subject))

    def remove(self, member: str, kind: str, subject: str) -> bool:
        """See the port."""
        return bool(self._connection.execute(drafts.delete().where(_same(member, kind, subject))).rowcount)


def _same(member: str, kind: str, subject: str) -> ColumnElement[bool]:
    return (drafts.c.member == member) & (drafts.c.kind == kind) & (drafts.c.subject == subject)

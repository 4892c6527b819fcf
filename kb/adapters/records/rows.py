"""Judgements and saved searches as rows and back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.columns import without_id
from kb.adapters.records.tables import judgements, saved_searches
from kb.errors import UnusableRecords
from kb.retrieval.answer import Filters
from kb.retrieval.passage import DocumentId, PassageId
from kb.services.records import MemberJudgement, NameTakenError, Relevance, SavedSearch


class JudgementRows:
    """Answers the port :class:`kb.services.records.Judgements`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, judgement: MemberJudgement) -> MemberJudgement:
        """See the port."""
        values = without_id(judgement) | {"relevance": int(judgement.relevance)}
        added = self._connection.execute(judgements.insert().returning(judgements.c.id), values)
        return replace(judgement, id=added.scalar_one())

    def of_member(self, member: str, question_key: str = "") -> list[MemberJudgement]:
        """See the port."""
        wanted = select(judgements).where(judgements.c.member == member)
        if question_key:
            wanted = wanted.where(judgements.c.question_key == question_key)
        return [_judgement(row) for row in self._connection.execute(wanted.order_by(judgements.c.id))]

    def everyone(self) -> list[MemberJudgement]:
        """See the port."""
        return [_judgement(row) for row in self._connection.execute(select(judgements).order_by(judgements.c.id))]

    def count(self, member: str) -> int:
        """See the port."""
        counted = select(func.count()).select_from(judgements).where(judgements.c.member == member)
        return self._connection.execute(counted).scalar_one()


class SavedSearchRows:
    """Answers the port :class:`kb.services.records.SavedSearches`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, saved: SavedSearch) -> SavedSearch:
        """See the port."""
        try:
            with self._connection.begin_nested():  # PostgreSQL refuses all that follows an error, back to a savepoint
                added = self._connection.execute(saved_searches.insert().returning(saved_searches.c.id), _from_saved(saved))
                return replace(saved, id=added.scalar_one())
        except IntegrityError as error:
            raise NameTakenError(saved.name) from error

    def of_member(self, member: str) -> list[SavedSearch]:
        """See the port. Sorted here: databases differ in how they order letters."""
        wanted = select(saved_searches).where(saved_searches.c.member == member)
        return sorted(map(_saved, self._connection.execute(wanted)), key=lambda saved: saved.name_key)

    def change(self, saved: SavedSearch) -> SavedSearch | None:
        """See the port."""
        table = saved_searches.c
        newer = replace(saved, version=saved.version + 1)
        same = (table.id == saved.id) & (table.member == saved.member) & (table.version == saved.version)
        try:
            with self._connection.begin_nested():
                written = self._connection.execute(saved_searches.update().where(same).values(_from_saved(newer)))
        except IntegrityError as error:
            raise NameTakenError(saved.name) from error
        return newer if written.rowcount else None

    def remove(self, member: str, saved_id: int) -> bool:
        """See the port."""
        table = saved_searches.c
        removed = self._connection.execute(saved_searches.delete().where((table.id == saved_id) & (table.member == member)))
        return bool(removed.rowcount)


def _judgement(row: Row[Any]) -> MemberJudgement:
    values = dict(row._mapping)
    return MemberJudgement(
        **values
        | {
            "relevance": Relevance(values["relevance"]),
            "document_id": DocumentId(values["document_id"]),
            "passage_id": PassageId(values["passage_id"]),
        }
    )


def _from_saved(saved: SavedSearch) -> dict[str, Any]:
    chosen = {name: list(values) for name, values in vars(saved.filters).items() if values}
    return without_id(saved) | {"filters": json.dumps(chosen, ensure_ascii=False), "seen": json.dumps(saved.seen)}


def _saved(row: Row[Any]) -> SavedSearch:
    values = dict(row._mapping)
    chosen = {name: tuple(each) for name, each in json.loads(values["filters"]).items()}
    if unknown := sorted(set(chosen) - {field.name for field in fields(Filters)}):
        raise UnusableRecords(
            f"The saved search “{values['name']}” has filters that this version does not know ({', '.join(unknown)}). "
            "Update the program."
        )
    return SavedSearch(**values | {"filters": Filters(**chosen), "seen": tuple(map(PassageId, json.loads(values["seen"])))})

"""Given tags, and what was decided about suggested ones, as rows and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.columns import without_id
from kb.adapters.records.tables import decisions, given_tags
from kb.retrieval.passage import PassageId
from kb.services.records import AlreadyGivenError, Decision, GivenTag, Verdict


class GivenTagRows:
    """Answers the port :class:`kb.services.records.GivenTags`. A trigger refuses to delete a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, given: GivenTag) -> GivenTag:
        """See the port."""
        try:
            with self._connection.begin_nested():  # PostgreSQL refuses all that follows an error, back to a savepoint
                added = self._connection.execute(given_tags.insert().returning(given_tags.c.id), without_id(given))
                return replace(given, id=added.scalar_one())
        except IntegrityError as error:
            raise AlreadyGivenError(given.tag) from error

    def one(self, given_id: int) -> GivenTag | None:
        """See the port."""
        return next(iter(self._found(select(given_tags).where(given_tags.c.id == given_id))), None)

    def of_practice(self, practice: str) -> list[GivenTag]:
        """See the port."""
        return self._found(select(given_tags).where(given_tags.c.practice == practice))

    def everyone(self) -> list[GivenTag]:
        """See the port."""
        return self._found(select(given_tags))

    def change(self, given: GivenTag) -> GivenTag | None:
        """See the port."""
        newer = replace(given, version=given.version + 1)
        same = (given_tags.c.id == given.id) & (given_tags.c.version == given.version)
        try:
            with self._connection.begin_nested():
                written = self._connection.execute(given_tags.update().where(same).values(without_id(newer)))
        except IntegrityError as error:
            raise AlreadyGivenError(given.tag) from error
        return newer if written.rowcount else None

    def _found(self, wanted: Select[Any]) -> list[GivenTag]:
        return [_given(row) for row in self._connection.execute(wanted.order_by(given_tags.c.id))]


class DecisionRows:
    """Answers the port :class:`kb.services.records.Decisions`. Triggers refuse to change or delete a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decision: Decision) -> Decision:
        """See the port."""
        values = without_id(decision) | {"verdict": decision.verdict.value}  # psycopg would write an enum's name
        added = self._connection.execute(decisions.insert().returning(decisions.c.id), values)
        return replace(decision, id=added.scalar_one())

    def of_practice(self, practice: str) -> list[Decision]:
        """See the port."""
        return self._found(select(decisions).where(decisions.c.practice == practice))

    def everyone(self) -> list[Decision]:
        """See the port."""
        return self._found(select(decisions))

    def _found(self, wanted: Select[Any]) -> list[Decision]:
        return [_decision(row) for row in self._connection.execute(wanted.order_by(decisions.c.id))]


def _given(row: Row[Any]) -> GivenTag:
    values = dict(row._mapping)
    return GivenTag(**values | {"passage_id": PassageId(values["passage_id"])})


def _decision(row: Row[Any]) -> Decision:
    values = dict(row._mapping)
    return Decision(**values | {"passage_id": PassageId(values["passage_id"]), "verdict": Verdict(values["verdict"])})

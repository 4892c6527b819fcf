"""Events of assessments, and the rubrics that they were opened with, as rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, case, func, select
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.columns import without_id
from kb.adapters.records.tables import assessment_events, kept_rubrics
from kb.services.records import Head, KeptRubric, SequenceTakenError, StoredEvent

CONCLUDED = "concluded"  # kind of the event that ends an assessment well


class AssessmentRows:
    """Answers the port :class:`kb.services.records.Assessments`. Triggers refuse to change a row, or to delete a real one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, event: StoredEvent) -> StoredEvent:
        """See the port."""
        try:
            with self._connection.begin_nested():  # PostgreSQL refuses all that follows an error, back to a savepoint
                added = self._connection.execute(assessment_events.insert().returning(assessment_events.c.id), without_id(event))
                return replace(event, id=added.scalar_one())
        except IntegrityError as error:
            raise SequenceTakenError(event.assessment) from error

    def of(self, assessment: str) -> list[StoredEvent]:
        """See the port."""
        return self._found(select(assessment_events).where(assessment_events.c.assessment == assessment))

    def everyone(self, kinds: Sequence[str] = ()) -> list[StoredEvent]:
        """See the port."""
        every = select(assessment_events)
        return self._found(every.where(assessment_events.c.kind.in_(kinds)) if kinds else every)

    def heads(self) -> dict[str, Head]:
        """See the port."""
        columns = assessment_events.c
        asked = select(columns.assessment, func.count(), func.max(columns.id)).group_by(columns.assessment)
        return {name: Head(n_events, last) for name, n_events, last in self._connection.execute(asked)}

    def of_concluded(self, kinds: Sequence[str], bodies: Sequence[str]) -> list[StoredEvent]:
        """See the port."""
        columns = assessment_events.c
        concluded = select(columns.assessment).where(columns.kind == CONCLUDED)
        shown = case((columns.kind.in_(bodies), columns.body), else_="").label("body")
        others = (column for column in columns if column is not columns.body)
        return self._found(select(*others, shown).where(columns.kind.in_(kinds), columns.assessment.in_(concluded)))

    def remove_demo(self) -> int:
        """See the port."""
        return self._connection.execute(assessment_events.delete().where(assessment_events.c.is_demo)).rowcount

    def _found(self, wanted: Select[Any]) -> list[StoredEvent]:
        # sorted here: databases differ in how they order letters
        rows = (StoredEvent(**row._mapping) for row in self._connection.execute(wanted))
        return sorted(rows, key=lambda event: (event.assessment, event.seq))


class RubricRows:
    """Answers the port :class:`kb.services.records.Rubrics`. Triggers refuse to change a row, or to delete a real one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, rubric: KeptRubric) -> KeptRubric:
        """See the port. Units come one after another, so that nobody keeps it between the two steps."""
        there = self.get(rubric.name, rubric.version)
        if there and (rubric.is_demo or not there.is_demo):
            return there
        if there:
            self._connection.execute(kept_rubrics.delete().where(kept_rubrics.c.id == there.id))
        added = self._connection.execute(kept_rubrics.insert().returning(kept_rubrics.c.id), without_id(rubric))
        return replace(rubric, id=added.scalar_one())

    def remove_demo(self) -> int:
        """See the port."""
        return self._connection.execute(kept_rubrics.delete().where(kept_rubrics.c.is_demo)).rowcount

    def get(self, name: str, version: int) -> KeptRubric | None:
        """See the port."""
        one = select(kept_rubrics).where(kept_rubrics.c.name == name, kept_rubrics.c.version == version)
        return next(iter(self._found(one)), None)

    def versions(self, name: str) -> list[KeptRubric]:
        """See the port."""
        return self._found(select(kept_rubrics).where(kept_rubrics.c.name == name))

    def everyone(self) -> list[KeptRubric]:
        """See the port."""
        return self._found(select(kept_rubrics))

    def _found(self, wanted: Select[Any]) -> list[KeptRubric]:
        rows = (KeptRubric(**row._mapping) for row in self._connection.execute(wanted))
        return sorted(rows, key=lambda rubric: (rubric.name, rubric.version))

"""What is only added to cannot be rewritten by any program that reaches the database; the demonstration may be taken out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from kb.adapters.records.tables import metadata
from kb.adapters.records.unit_of_work import SqlRecords
from kb.services.permission import Role
from kb.services.records import KeptRubric, RegisteredMember, StoredEntry, StoredEvent

AT = "2026-11-22T10:00:00+00:00"
ELA = RegisteredMember("ela", "a city", "IT", (Role.MEMBER,), (), False, AT, "local")
OPENED = StoredEvent("bees-1", 1, "ela", AT, "opened", "{}", False)
RUBRIC = KeptRubric("plp", 1, "a" * 64, "{}", AT, "ela")
ENTRY = StoredEntry("monitoring", "bees", 1, "ela", AT, "indicator-set", "{}", False)
NEW_TABLES = ("journal", "kept_rubrics", "assessment_events", "members")

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ANYWHERE = [
    "UPDATE assessment_events SET body = ''",
    "UPDATE assessment_events SET is_demo = (1 = 1) WHERE NOT is_demo",
    "UPDATE assessment_events SET body = '' WHERE is_demo",
    "DELETE FROM assessment_events",
    "DELETE FROM assessment_events WHERE NOT is_demo",
    "UPDATE kept_rubrics SET text = ''",
    "DELETE FROM kept_rubrics",
    "DELETE FROM kept_rubrics WHERE NOT is_demo",
    "UPDATE kept_rubrics SET is_demo = (1 = 1) WHERE NOT is_demo",
    "UPDATE journal SET body = ''",
    "UPDATE journal SET body = '' WHERE is_demo",
    "UPDATE journal SET is_demo = (1 = 1) WHERE NOT is_demo",
    "DELETE FROM journal",
    "DELETE FROM journal WHERE NOT is_demo",
    "DELETE FROM members",
    "DELETE FROM members WHERE NOT is_demo",
    "UPDATE members SET is_demo = (1 = 1)",
    "UPDATE members SET name = 'bo' WHERE name = 'ela'",
    "UPDATE members SET name_key = 'bo' WHERE name = 'ela'",
    "UPDATE members SET added_by = ''",
    "UPDATE members SET added_at_utc = ''",
]
REPLACING = [
    "REPLACE INTO assessment_events SELECT * FROM assessment_events",
    "REPLACE INTO assessment_events SELECT NULL, assessment, seq, member, at_utc, kind, 'x', is_demo FROM assessment_events",
    "REPLACE INTO assessment_events SELECT id, 'other', 99, member, at_utc, kind, 'x', is_demo FROM assessment_events",
    "REPLACE INTO kept_rubrics SELECT * FROM kept_rubrics",
    "REPLACE INTO kept_rubrics SELECT NULL, name, version, '', '', at_utc, member, is_demo FROM kept_rubrics",
    "REPLACE INTO journal SELECT * FROM journal",
    "REPLACE INTO journal SELECT NULL, stream, subject, seq, member, at_utc, kind, 'x', is_demo FROM journal",
    "REPLACE INTO journal SELECT id, 'other', subject, 99, member, at_utc, kind, 'x', is_demo FROM journal",
    "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
    "REPLACE INTO members SELECT * FROM members",
    "UPDATE OR REPLACE assessment_events SET seq = 1 WHERE seq = 2",
    "UPDATE OR REPLACE members SET name_key = 'ela'",
]
EMPTYING = [f"TRUNCATE {table}" for table in NEW_TABLES]
REFUSED = [
    *((kind, statement) for kind in (SQLITE, POSTGRESQL) for statement in ANYWHERE),
    *((SQLITE, statement) for statement in REPLACING),
    *((POSTGRESQL, statement) for statement in EMPTYING),
]


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def any_records(request: pytest.FixtureRequest) -> SqlRecords:
    """Both databases, one at a time."""
    return request.getfixturevalue(request.param)


def add_some(records: SqlRecords) -> None:
    """Of each kind one that stays and one of the demonstration."""
    with records() as unit:
        unit.members.add(ELA)
        unit.members.add(replace(ELA, name="Demo one", is_demo=True))
        unit.assessments.append(OPENED)
        unit.assessments.append(replace(OPENED, seq=2))
        unit.assessments.append(replace(OPENED, assessment="demo-1", is_demo=True))
        unit.rubrics.keep(RUBRIC)
        unit.rubrics.keep(replace(RUBRIC, version=2, is_demo=True))
        unit.journal.append(ENTRY)
        unit.journal.append(replace(ENTRY, seq=2))
        unit.journal.append(replace(ENTRY, stream="ladder", is_demo=True))


def everything(records: SqlRecords) -> Iterator[object]:
    with records() as unit:
        yield from (unit.members.everyone(), unit.assessments.everyone(), unit.rubrics.everyone())
        yield from (unit.journal.everyone("monitoring"), unit.journal.everyone("ladder"))


@pytest.mark.parametrize(("kind", "statement"), REFUSED)
def test_what_is_only_added_to_cannot_be_rewritten(request: pytest.FixtureRequest, kind: str, statement: str) -> None:
    records: SqlRecords = request.getfixturevalue(kind)
    add_some(records)
    before = list(everything(records))

    with pytest.raises(IntegrityError, match="is only added to"), records.transaction() as connection:
        connection.exec_driver_sql(statement)

    assert list(everything(records)) == before


def test_what_was_made_for_the_demonstration_may_be_deleted(any_records: SqlRecords) -> None:
    add_some(any_records)

    with any_records.transaction() as connection:
        for table in NEW_TABLES:
            assert connection.exec_driver_sql(f"DELETE FROM {table} WHERE is_demo").rowcount == 1

    with any_records() as unit:
        assert [event.seq for event in unit.assessments.everyone()] == [1, 2]
        assert unit.members.everyone() == [ELA]
        assert [rubric.version for rubric in unit.rubrics.everyone()] == [1]
        assert [entry.seq for entry in unit.journal.everyone("monitoring")] == [1, 2]
        assert unit.journal.everyone("ladder") == []


def test_a_database_of_the_version_before_assessments_gets_its_tables_and_guards(
    any_records: SqlRecords, database_url: str, tmp_path: Path
) -> None:
    url = "" if any_records._engine.dialect.name == SQLITE else database_url  # to open it once more
    with any_records.transaction() as connection:
        for table in NEW_TABLES:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('ela', 'practice', 'bees', 'half a sheet', '', '', 1)")

    with closing(SqlRecords(url, tmp_path)) as records:
        add_some(records)
        with records() as unit:
            assert [draft.text for draft in unit.drafts.of_member("ela")] == ["half a sheet"]
        with pytest.raises(IntegrityError, match="is only added to"), records.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM assessment_events")


def test_a_database_of_the_version_before_the_journal_keeps_its_assessments(
    any_records: SqlRecords, database_url: str, tmp_path: Path
) -> None:
    url = "" if any_records._engine.dialect.name == SQLITE else database_url
    with any_records() as unit:
        kept = unit.assessments.append(OPENED)
    with any_records.transaction() as connection:
        connection.exec_driver_sql("DROP TABLE journal")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")

    with closing(SqlRecords(url, tmp_path)) as records:
        with records() as unit:
            assert unit.assessments.everyone() == [kept]
            unit.journal.append(ENTRY)
        with pytest.raises(IntegrityError, match="is only added to"), records.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM journal")


def test_every_table_is_guarded_or_known_to_be_changed_and_deleted_from() -> None:
    """A new table is a decision: who may rewrite what."""
    guarded = {"changes", "decisions", "given_tags", *NEW_TABLES}
    free = {"judgements", "saved_searches", "drafts"}  # ports only add to the first; the others are their member's own to delete

    assert set(metadata.tables) == guarded | free

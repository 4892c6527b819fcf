"""What the file of members' records keeps and refuses beyond the contract, and what is told when it cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kb.adapters.records.tables import metadata
from kb.adapters.records.unit_of_work import FILE, SqlRecords
from kb.errors import NoSpace, SettingsError, UnusableRecords
from kb.services.records import Change, Decision, GivenTag, UnitOfWork, Verdict

AT = "2026-11-22T10:00:00+00:00"
MADE = Change("ela", AT, "practice", "bees", "created")


def add_one_of_each(unit: UnitOfWork) -> None:
    unit.history.add(MADE)
    unit.tags.add(GivenTag("bees", "sdg:15", "ela", AT, ""))
    unit.suggestions.add(Decision("bees", "sdg:15", Verdict.REJECTED, "ela", AT))


def test_the_migrations_make_the_tables_that_the_code_uses(sqlite: SqlRecords) -> None:
    with sqlite.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL: a commit outlives a power cut


def test_a_grade_that_does_not_exist_is_refused_by_the_table_too(tmp_path: Path) -> None:
    SqlRecords("", tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE)

    with pytest.raises(sqlite3.IntegrityError, match="ck_judgements_grade"):
        connection.execute("INSERT INTO judgements VALUES (1, '', '', '', '', '', '', '', '', '', 3, 0)")
    connection.close()


def test_records_outlive_the_program(tmp_path: Path) -> None:
    with closing(SqlRecords("", tmp_path)) as records, records() as unit:
        kept = unit.history.add(MADE)

    with closing(SqlRecords("", tmp_path)) as records, records() as unit:
        assert unit.history.newest(9) == [kept]


def test_another_file_can_be_named(tmp_path: Path) -> None:
    place = tmp_path / "new folder" / "r?.sqlite"
    url = f"sqlite:///{place.as_posix().replace('?', '%3F')}"
    with closing(SqlRecords(url, tmp_path / "corpus")) as records, records() as unit:
        unit.history.add(MADE)

    assert [path.name for path in place.parent.glob("*.sqlite")] == ["r?.sqlite"]
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("kb.sqlite", "is no address of a database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql+nothing://u:secret@host/name", "names mysql\\+nothing. Records are kept in"),
        ("postgresql+asyncpg://u:secret@host/name", "names postgresql\\+asyncpg. Records are kept in"),
        ("postgresql://u:secret@host:port/name", "is no address of a database"),
        ("postgresql://u:se@cret@host/name", "has an @ within the password. Write it as %40."),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence_without_the_password(tmp_path: Path, url: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        SqlRecords(url, tmp_path)

    assert "cret" not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "content", [b"garbage " * 1000, b"SQLite format 3\0" + b"\xff" * 4096], ids=["no-database", "broken-header"]
)
def test_a_damaged_file_is_one_sentence_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(UnusableRecords, match=r"kb\.sqlite is damaged .*Restore it from a backup"):
        SqlRecords("", tmp_path)

    assert (tmp_path / FILE).read_bytes() == content


def test_damage_that_comes_later_is_one_sentence_too(tmp_path: Path) -> None:
    with closing(SqlRecords("", tmp_path)) as records, records() as unit:
        for _ in range(200):
            unit.history.add(MADE)
    data = bytearray((tmp_path / FILE).read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (tmp_path / FILE).write_bytes(data)

    with pytest.raises(UnusableRecords, match="is damaged"), SqlRecords("", tmp_path)() as unit:
        unit.history.newest(9)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    SqlRecords("", tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(UnusableRecords, match=r"newer version of this program \(schema 9999\)\. Update it\.$"):
        SqlRecords("", tmp_path)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(UnusableRecords, match=r"The records in .* cannot be used"):
        SqlRecords("", tmp_path / "file" / "corpus")


def test_a_full_disk_is_told_as_such(sqlite: SqlRecords) -> None:
    with pytest.raises(NoSpace, match="no room left"), sqlite.transaction() as connection:  # noqa: PT012  # the last line fails
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE filler AS SELECT randomblob(100000)")

    with sqlite() as unit:
        assert unit.history.newest(9) == []


def test_a_database_of_the_first_version_keeps_what_it_has(tmp_path: Path) -> None:
    """What was judged before there was a history is still there, and the history begins."""
    with closing(SqlRecords("", tmp_path)) as records, records.transaction() as connection:
        for table in ("journal", "kept_rubrics", "assessment_events", "members", "drafts", "decisions", "given_tags", "changes"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        connection.exec_driver_sql("INSERT INTO judgements VALUES (7, 'ela', '', '', '', '', '', '', '', '', 2, 0)")

    with closing(SqlRecords("", tmp_path)) as records, records() as unit:
        assert [said.id for said in unit.judgements.everyone()] == [7]
        assert unit.history.add(MADE) == unit.history.last("practice", "bees")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE changes SET why = ''", "DELETE FROM changes", "UPDATE decisions SET why = ''", "DELETE FROM decisions",
     "DELETE FROM given_tags", "REPLACE INTO changes SELECT id, 'bo', at_utc, kind, subject, '', '', '', '' FROM changes",
     "REPLACE INTO decisions SELECT * FROM decisions", "REPLACE INTO given_tags SELECT * FROM given_tags"],
)  # fmt: skip
def test_what_is_only_added_to_cannot_be_rewritten_by_any_program(sqlite: SqlRecords, tmp_path: Path, statement: str) -> None:
    with sqlite() as unit:
        add_one_of_each(unit)

    with closing(sqlite3.connect(tmp_path / FILE)) as connection, pytest.raises(sqlite3.IntegrityError, match="is only added to"):
        connection.execute(statement)

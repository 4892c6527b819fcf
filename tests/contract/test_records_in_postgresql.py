"""What a PostgreSQL database keeps and refuses beyond the contract, and what is told when it cannot be used. On a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from postgres import PASSWORD, Postgres, running_postgres
from sqlalchemy import make_url
from sqlalchemy.exc import DataError

from kb.adapters.records.postgresql import POOL_SIZE, PostgresDatabase
from kb.adapters.records.tables import metadata
from kb.adapters.records.unit_of_work import SqlRecords
from kb.errors import KBError, UnusableRecords
from kb.services.records import Change, Decision, GivenTag, Verdict

AT = "2026-11-22T10:00:00+00:00"
MADE = Change("ela", AT, "practice", "bees", "created")


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """One that a test may stop."""
    with running_postgres() as server:
        yield server


def told(url: str, tmp_path: Path) -> str:
    """What is said when ``url`` cannot be used."""
    with pytest.raises(KBError) as raised:
        SqlRecords(url, tmp_path)
    return str(raised.value)


def test_the_migrations_make_the_tables_that_the_code_uses(postgresql: SqlRecords) -> None:
    with postgresql.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"


def test_records_outlive_the_program_and_nothing_lies_in_the_corpus(database_url: str, tmp_path: Path) -> None:
    with closing(SqlRecords(database_url, tmp_path / "corpus")) as records, records() as unit:
        kept = unit.history.add(MADE)

    with closing(SqlRecords(database_url, tmp_path / "corpus")) as records, records() as unit:
        assert unit.history.newest(9) == [kept]
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("spelt", ["postgres", "postgresql+psycopg"])
def test_an_address_may_be_spelt_as_providers_do(database_url: str, tmp_path: Path, spelt: str) -> None:
    with closing(SqlRecords(database_url.replace("postgresql", spelt, 1), tmp_path)) as records, records() as unit:
        assert unit.history.count() == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE changes SET why = ''", "DELETE FROM changes", "TRUNCATE changes", "UPDATE decisions SET why = ''",
     "DELETE FROM decisions", "TRUNCATE decisions", "DELETE FROM given_tags", "TRUNCATE given_tags"],
)  # fmt: skip
def test_what_is_only_added_to_cannot_be_rewritten_by_any_program(
    database_url: str, postgresql: SqlRecords, statement: str
) -> None:
    with postgresql() as unit:
        unit.history.add(MADE)
        unit.tags.add(GivenTag("bees", "sdg:15", "ela", AT, ""))
        unit.suggestions.add(Decision("bees", "sdg:15", Verdict.REJECTED, "ela", AT))

    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.IntegrityError, match="is only added to"):
        connection.execute(statement)


def test_a_value_that_does_not_fit_is_a_bug_and_keeps_its_traceback(postgresql: SqlRecords) -> None:
    with pytest.raises(DataError) as raised, postgresql() as unit:
        unit.tags.add(GivenTag("bees", "x" * 101, "ela", AT, "private words"))

    assert "private words" not in str(raised.value)  # what members wrote does not belong into a log


# what is told ------------------------------------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_user_are_told_alike(postgres: Postgres, tmp_path: Path) -> None:
    told_wrong = told(postgres.address("kb1", password="secret-1"), tmp_path)
    told_unknown = told(postgres.address("kb1", user="who"), tmp_path)

    assert told_wrong == "The database postgresql://kb@/kb1 refuses the user or the password of KB_DATABASE_URL."
    assert told_unknown == told_wrong.replace("kb@", "who@")


def test_a_database_that_does_not_exist_is_told(postgres: Postgres, tmp_path: Path) -> None:
    assert told(postgres.address("absent"), tmp_path) == (
        "There is no database “absent” at postgresql://kb@/absent. Make it, or correct KB_DATABASE_URL."
    )


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    reason = f'connection to server on socket "{tmp_path}/.s.PGSQL.5432" failed: No such file or directory'

    assert told(f"postgresql://kb:secret-1@/kb?host={tmp_path}", tmp_path) == (
        f"The database postgresql://kb@/kb does not answer ({reason}). Start its server, or correct KB_DATABASE_URL."
    )


def test_a_user_who_may_not_make_tables_is_told(postgres: Postgres, tmp_path: Path) -> None:
    assert "(permission denied for schema public). Make this user the owner" in told(postgres.new_database(""), tmp_path)


def test_a_database_without_all_letters_is_refused(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database("OWNER kb TEMPLATE template0 ENCODING 'LATIN1'")

    assert "keeps text as LATIN1, which lacks letters. Make it anew with ENCODING 'UTF8'." in told(url, tmp_path)


@pytest.mark.parametrize(
    "address",
    ["postgresql://kb:secret-1@/kb?host=/absent", "postgresql:///kb?host=/absent&password=secret-1",
     "postgresql://kb:secret-1@/kb?host=/absent&sslmode=secret-1"],
)  # fmt: skip
def test_no_sentence_has_the_password(tmp_path: Path, address: str) -> None:
    sentence = told(address, tmp_path)

    assert "does not answer" in sentence
    assert "\n" not in sentence
    assert "secret-1" not in sentence


def test_a_newer_schema_is_refused_and_left_alone(database_url: str, postgresql: SqlRecords, tmp_path: Path) -> None:
    with postgresql.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    assert "was written by a newer version of this program (schema 9999). Update it." in told(database_url, tmp_path)


# who waits, and who goes on ----------------------------------------------------------------------------------------------


def test_a_connection_that_lay_in_the_pool_is_tried_before_it_is_used(own_server: Postgres, tmp_path: Path) -> None:
    """The server was restarted between two clicks: the second one works."""
    with closing(SqlRecords(own_server.new_database(), tmp_path)) as records:
        with records() as unit:
            kept = unit.history.add(MADE)
        own_server.stop()
        with pytest.raises(UnusableRecords, match=r"does not answer .* Start its server"), records() as unit:
            unit.history.count()
        own_server.start()

        with records() as unit:
            assert unit.history.newest(9) == [kept]


def test_a_server_that_goes_away_within_a_unit_is_told(own_server: Postgres, tmp_path: Path) -> None:
    with closing(SqlRecords(own_server.new_database(), tmp_path)) as records:
        with pytest.raises(UnusableRecords, match="does not answer"), records() as unit:  # noqa: PT012  # the last line fails
            unit.history.add(MADE)
            own_server.stop()
            unit.history.add(MADE)
        own_server.start()

        with records() as unit:
            assert unit.history.count() == 0


def test_who_waits_too_long_for_another_writer_is_told(postgresql: SqlRecords, database_url: str) -> None:
    database = PostgresDatabase(make_url(database_url), lock_timeout_s=1)
    engine = database.engine()
    sentence = "The records in .* are being written by another process. Try again in a moment."

    with postgresql() as unit:
        unit.history.add(MADE)
        with pytest.raises(UnusableRecords, match=sentence), database.own_errors(), engine.begin():
            pass
    engine.dispose()


def test_two_that_open_an_empty_database_together_make_its_tables_once(database_url: str, tmp_path: Path) -> None:
    begun, opened = threading.Barrier(4), []

    def open_it() -> None:
        begun.wait()
        with closing(SqlRecords(database_url, tmp_path)) as records, records() as unit:
            opened.append(unit.history.add(MADE).id)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(opened) == [1, 2, 3, 4]


def test_more_threads_than_connections_take_turns(postgresql: SqlRecords) -> None:
    def add_some() -> None:
        for _ in range(5):
            with postgresql() as unit:
                unit.history.add(MADE)

    threads = [threading.Thread(target=add_some) for _ in range(3 * POOL_SIZE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with postgresql() as unit:
        assert unit.history.count() == 15 * POOL_SIZE


def test_the_tests_password_needs_every_kind_of_escape() -> None:
    """Else the addresses above would prove little."""
    assert set("@:/?#%ö") <= set(PASSWORD)

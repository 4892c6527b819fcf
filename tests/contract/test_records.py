"""What keeps members' records promises: all of a unit or nothing, nobody else's, nothing overwritten unseen. Then SQLite."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fakes import FakeRecords

from kb.adapters.records.tables import metadata
from kb.adapters.records.unit_of_work import FILE, SqlRecords
from kb.errors import NoSpace, SettingsError, UnusableRecords
from kb.retrieval.answer import Filters
from kb.retrieval.passage import DocumentId, PassageId
from kb.services.records import MemberJudgement, NameTakenError, Relevance, SavedSearch, UnitOfWork

AT = "2026-11-22T10:00:00+00:00"
SAID = MemberJudgement(
    "ela", AT, "Wann? 什么时候 ’; DROP TABLE judgements", "0" * 16, "de", DocumentId("d" * 16), PassageId("1" * 16), "a/ä.md",
    "in 1972 🐝", Relevance.ANSWERS,
)  # fmt: skip
EVERY_FILTER = Filters(("guide",), ("IN", "IT"), ("fr",), ("w",), (1972, 2026), ("Ça & „Co“",), (DocumentId("d" * 16),))
SAVED = SavedSearch("ela", "Bees", "bees", "bee route", EVERY_FILTER, 7, AT, AT, (PassageId("1" * 16),), AT, AT)


@pytest.fixture(params=["fake", "sqlite"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], UnitOfWork]:
    return FakeRecords() if request.param == "fake" else SqlRecords("", tmp_path)


# the contract ------------------------------------------------------------------------------------------------------------


def test_what_is_added_comes_back_whole_with_an_id(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        said, saved = unit.judgements.add(SAID), unit.saved_searches.add(SAVED)

    assert said == replace(SAID, id=said.id)
    assert saved == replace(SAVED, id=saved.id)
    assert said.id > 0
    with records() as unit:
        assert unit.judgements.everyone() == [said]
        assert unit.saved_searches.of_member("ela") == [saved]


def test_a_unit_that_fails_leaves_nothing(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        kept = unit.saved_searches.add(SAVED)

    with pytest.raises(ZeroDivisionError), records() as unit:  # noqa: PT012  # what came before the error is the claim
        unit.judgements.add(SAID)
        unit.saved_searches.change(replace(kept, name="Other"))
        unit.saved_searches.add(replace(SAVED, name="New", name_key="new"))
        _ = 1 / 0

    with records() as unit:
        assert unit.judgements.everyone() == []
        assert unit.saved_searches.of_member("ela") == [kept]


def test_judgements_keep_their_order_and_are_told_by_member_and_question(records: Callable[[], UnitOfWork]) -> None:
    other = replace(SAID, question_key="1" * 16)
    with records() as unit:
        first, second = unit.judgements.add(SAID), unit.judgements.add(replace(SAID, member="bo"))
        third, fourth = unit.judgements.add(other), unit.judgements.add(replace(SAID, withdrawn=True))

    with records() as unit:
        assert unit.judgements.everyone() == [first, second, third, fourth]
        assert first.id < second.id < third.id < fourth.id
        assert unit.judgements.of_member("ela") == [first, third, fourth]
        assert unit.judgements.of_member("ela", "1" * 16) == [third]
        assert unit.judgements.of_member("nobody") == []
        assert (unit.judgements.count("ela"), unit.judgements.count("bo"), unit.judgements.count("nobody")) == (3, 1, 0)


def test_a_name_is_taken_for_its_member_only(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        mine = unit.saved_searches.add(SAVED)
        theirs = unit.saved_searches.add(replace(SAVED, member="bo"))
        second = unit.saved_searches.add(replace(SAVED, name="All", name_key="all"))

    with pytest.raises(NameTakenError), records() as unit:
        unit.saved_searches.add(replace(SAVED, name="BEES"))
    with pytest.raises(NameTakenError), records() as unit:
        unit.saved_searches.change(replace(second, name_key="bees"))

    with records() as unit:
        assert unit.saved_searches.of_member("ela") == [second, mine]  # by name
        assert unit.saved_searches.of_member("bo") == [theirs]


def test_a_change_is_written_over_the_version_that_was_read_and_no_other(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        read = unit.saved_searches.add(SAVED)

    with records() as unit:
        changed = unit.saved_searches.change(replace(read, name="Bienen", name_key="bienen", seen=()))
    assert changed == replace(read, name="Bienen", name_key="bienen", seen=(), version=read.version + 1)

    with records() as unit:
        assert unit.saved_searches.change(replace(read, name="Late")) is None
        assert unit.saved_searches.change(replace(changed, member="bo")) is None
        assert unit.saved_searches.change(replace(changed, id=999)) is None
    with records() as unit:
        assert unit.saved_searches.of_member("ela") == [changed]


def test_only_its_member_can_remove_a_saved_search(records: Callable[[], UnitOfWork]) -> None:
    with records() as unit:
        kept = unit.saved_searches.add(SAVED)

    with records() as unit:
        assert unit.saved_searches.remove("bo", kept.id) is False
        assert unit.saved_searches.of_member("ela") == [kept]
        assert unit.saved_searches.remove("ela", kept.id) is True
        assert unit.saved_searches.remove("ela", kept.id) is False
        assert unit.saved_searches.of_member("ela") == []


def test_threads_that_read_first_and_write_later_lose_nothing(records: Callable[[], UnitOfWork]) -> None:
    errors: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(25):
                with records() as unit:
                    (saved,) = unit.saved_searches.of_member("ela")
                    assert unit.saved_searches.change(replace(saved, k=saved.k + 1)) is not None
        except BaseException as error:  # noqa: BLE001  # told to the main thread
            errors.append(error)

    with records() as unit:
        unit.saved_searches.add(replace(SAVED, k=0))
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    with records() as unit:
        (saved,) = unit.saved_searches.of_member("ela")
    assert (saved.k, saved.version) == (100, 101)


# SQLite ------------------------------------------------------------------------------------------------------------------


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    with SqlRecords("", tmp_path).transaction() as connection:
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
    with SqlRecords("", tmp_path)() as unit:
        kept = unit.judgements.add(SAID)

    with SqlRecords("", tmp_path)() as unit:
        assert unit.judgements.everyone() == [kept]


def test_another_file_can_be_named(tmp_path: Path) -> None:
    place = tmp_path / "new folder" / "r?.sqlite"
    with SqlRecords(f"sqlite:///{place.as_posix().replace('?', '%3F')}", tmp_path / "corpus")() as unit:
        unit.judgements.add(SAID)

    assert [path.name for path in place.parent.glob("*.sqlite")] == ["r?.sqlite"]
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("kb.sqlite", "is no address of a database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("unheardof://host/name", "for which no driver is installed"),
        ("mysql+nothing://u:secret@host/name", "for which no driver is installed"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence_without_the_password(tmp_path: Path, url: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        SqlRecords(url, tmp_path)

    assert "secret" not in str(raised.value)
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
    records = SqlRecords("", tmp_path)
    with records() as unit:
        for _ in range(200):
            unit.judgements.add(SAID)
    records.close()
    data = bytearray((tmp_path / FILE).read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (tmp_path / FILE).write_bytes(data)

    with pytest.raises(UnusableRecords, match="is damaged"), SqlRecords("", tmp_path)() as unit:
        unit.judgements.everyone()


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


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    records = SqlRecords("", tmp_path)
    with pytest.raises(NoSpace, match="no room left"), records.transaction() as connection:  # noqa: PT012  # the last line fails
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE filler AS SELECT randomblob(100000)")

    with records() as unit:
        assert unit.judgements.everyone() == []


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from contract.test_records import SAID, SqlRecords
records = SqlRecords("", Path(sys.argv[1]))
for i in range(50):
    with records() as unit:
        n = unit.judgements.count("all")
        unit.judgements.add(replace(SAID, member="all", quote=f"{n}"))
        unit.judgements.add(replace(SAID, member=sys.argv[2], quote=f"{i}"))
"""


def test_four_processes_that_start_together_migrate_once_and_lose_nothing(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[1])
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(i), tests],
            stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": tests},
        )
        for i in range(4)
    ]  # fmt: skip
    errors = [writer.communicate(timeout=60)[1] for writer in writers]

    assert errors == [""] * 4
    with SqlRecords("", tmp_path)() as unit:
        assert [said.quote for said in unit.judgements.of_member("all")] == [str(n) for n in range(200)]
        assert all([said.quote for said in unit.judgements.of_member(str(i))] == [str(n) for n in range(50)] for i in range(4))

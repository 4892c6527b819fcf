"""Four processes write members' records at once: no error, no lost update, and a history that has every change in its order."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from records_driver import AT, OWNER

from kb.adapters.records.unit_of_work import SqlRecords
from kb.retrieval.answer import Filters
from kb.services.records import SavedSearch

DRIVER = Path(__file__).with_name("records_driver.py")
PROCESSES, WRITES = 4, 500
COUNTER = SavedSearch(OWNER, "counter", "counter", "how many", Filters(), 0, AT, AT)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_four_processes_of_500_writes_lose_nothing(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> None:
    """They also start together on an empty database: its tables are made once."""
    url = request.getfixturevalue("database_url") if database == "postgresql" else ""
    writers = [
        subprocess.Popen(
            [sys.executable, DRIVER, url, tmp_path, f"writer-{i}", str(WRITES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for i in range(PROCESSES)
    ]  # fmt: skip
    with closing(SqlRecords(url, tmp_path)) as records:
        with records() as unit:
            unit.saved_searches.add(COUNTER)
        for line in ("read\n", "go\n"):
            for writer in writers:
                assert writer.stdin is not None
                writer.stdin.write(line)
                writer.stdin.flush()
            for writer in writers if line == "read\n" else ():
                assert writer.stdout is not None
                assert writer.stdout.readline() == line
        said = [writer.communicate(timeout=300) for writer in writers]

        with records() as unit:
            (counter,) = unit.saved_searches.of_member(OWNER)
            counted, changes = unit.history.of_subject("counter", "k"), unit.history.newest(2 * PROCESSES * WRITES)
            given = [(tag.member, tag.tag) for tag in unit.tags.everyone()]
    total = PROCESSES * WRITES // 2
    assert [errors for _, errors in said] == [""] * PROCESSES
    assert (counter.k, counter.version) == (total, total + 1)
    assert [(change.before, change.after) for change in counted] == [(str(n), str(n + 1)) for n in range(total)]
    assert len(changes) == PROCESSES * WRITES
    for writer in (f"writer-{i}" for i in range(PROCESSES)):
        assert [int(change.why) for change in reversed(changes) if change.member == writer] == list(range(WRITES))
        assert [tag for member, tag in given if member == writer] == [f"tag {n}" for n in range(1, WRITES, 2)]
    assert sum(int(retries) for retries, _ in said) >= PROCESSES - 1  # all began with the same count: they got in each other's way

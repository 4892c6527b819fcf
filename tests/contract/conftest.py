"""Records of members on all that answers their port: the fake, SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.adapters.records.unit_of_work import SqlRecords
from kb.services.records import UnitOfWork


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqlRecords]:
    """Records in a file of the test's own."""
    with closing(SqlRecords("", tmp_path)) as records:
        yield records


@pytest.fixture
def postgresql(database_url: str, tmp_path: Path) -> Iterator[SqlRecords]:
    """Records in a PostgreSQL database of the test's own."""
    with closing(SqlRecords(database_url, tmp_path / "unused")) as records:
        yield records


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def records(request: pytest.FixtureRequest) -> Callable[[], UnitOfWork]:
    """Each of them."""
    return FakeRecords() if request.param == "fake" else request.getfixturevalue(request.param)

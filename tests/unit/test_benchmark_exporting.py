"""The profile of a practice as a table: a row for each criterion and peer, nothing filled in, nothing ranked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import NotFound
from kb.peers.benchmark.reasons import Basis
from kb.services.benchmarking.exporting import COLUMNS, export
from kb.services.knowledge_base import KnowledgeBase
from kb.services.tables import TableFormat
from tests import panels
from tests.benchmarked import SAM, a_base, assessed, sheet


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Four practices of one theme; "near" shares more tags with "own" than the others do."""
    base = a_base(tmp_path, FakeRecords())
    sheet(base, "own", tags=["theme:care", "group:women"])
    sheet(base, "near", tags=["theme:care", "group:women"])
    for name in ("far", "further"):
        sheet(base, name, tags=["theme:care", "theme:food", "theme:energy"])
    return base


def rows_of(kb: KnowledgeBase) -> list[dict[str, str]]:
    content = export(kb, "own", Basis.THEME, TableFormat.CSV, actor=SAM).content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_criterion_has_a_row_a_peer_nearest_first_and_its_interval(kb: KnowledgeBase) -> None:
    """Scores 2, 3, 4: mean 3, s = 1, t(2) = 4.303: 3 ± 4.303/√3 = 3 ± 2.484, within the scale 0 … 5."""
    assessed(kb, "own", 5, 1, 4, 4, None)
    for name, score in (("near", 4), ("far", 2), ("further", 3)):
        assessed(kb, name, score, 4, 3, None, None)

    rows = rows_of(kb)
    first = [row for row in rows if row["criterion"] == panels.RUBRIC.criterion_names[0]]

    assert tuple(rows[0]) == COLUMNS
    assert [(row["peer"], float(row["peer_score"])) for row in first] == [("near", 4), ("far", 2), ("further", 3)]
    assert {(float(row["own_score"]), row["peers_with_score"], float(row["peers_mean"])) for row in first} == {(5, "3", 3)}
    assert float(first[0]["interval_low"]) == pytest.approx(3 - 2.484, abs=1e-3)
    assert float(first[0]["interval_high"]) == 5
    assert {row["demonstration"] for row in rows} == {""}


def test_who_has_no_score_is_not_filled_in(kb: KnowledgeBase) -> None:
    assessed(kb, "own", 5, 1, 4, 4, None)
    assessed(kb, "near", 4, 4, 3, None, None)

    last = [row for row in rows_of(kb) if row["criterion"] in panels.RUBRIC.criterion_names[3:]]

    assert [(row["own_score"], row["peers_with_score"], row["peers_mean"], row["peer"], row["beside"]) for row in last] == [
        ("4.0", "0", "", "", "no-peers"),
        ("", "0", "", "", "not-scored"),
    ]


def test_where_nothing_was_assessed_the_table_has_its_head_only(kb: KnowledgeBase) -> None:
    assert rows_of(kb) == []


def test_a_practice_that_is_not_there_has_no_table(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        export(kb, "nothing", Basis.THEME, TableFormat.XLSX, actor=SAM)

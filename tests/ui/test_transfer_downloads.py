"""What can be taken along from the pages of transferability and benchmark: buttons, and files that say what the reader may see."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.tables import TableFormat
from kb.services.transfer_files.wording import TransferWording
from kb.settings import Settings
from kb.ui import state
from kb.ui.components.transferring import downloads
from tests.transferred import ID, PRACTICE, a_base, begun, concluded, handed_in, who
from tests.ui.test_members_page import act_as

OpenApp = Callable[..., AppTest]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


def test_a_test_has_a_button_for_each_form(kb: KnowledgeBase, open_app: OpenApp, built_kb: Settings) -> None:
    concluded(kb, 1, 1, 1, 1, 1, 1)

    app = act_as(open_app(built_kb, "transfer_test", id=ID), "sam")

    assert not app.exception
    assert [each.proto.label for each in app.get("download_button")] == ["PDF", "Word", "Excel", "CSV", "JSON"]


def test_the_matrix_has_buttons_once_there_is_something_in_it(kb: KnowledgeBase, open_app: OpenApp, built_kb: Settings) -> None:
    before = act_as(open_app(built_kb, "transfers"), "sam")
    concluded(kb, 1, 1, 1, 1, 1, 1)
    after = act_as(open_app(built_kb, "transfers"), "sam")

    assert not before.get("download_button")
    assert [each.proto.label for each in after.get("download_button")] == ["Excel", "CSV"]


def test_what_a_button_hands_out_is_what_its_reader_may_see(kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    handed_in(kb, ID, "ann", 2, 2, 2, 2, 2, 2, secret="zebrafish")

    own, other = (
        json.loads(downloads._of_test(kb, who(kb, name), ID, TransferWording(), "en", ReportForm.JSON)) for name in ("ann", "bo")
    )
    table = downloads._of_matrix(kb, who(kb, "bo"), (PRACTICE,), ("PT",), TableFormat.CSV)

    assert "zebrafish" in json.dumps(own)
    assert "zebrafish" not in json.dumps(other) + table.decode()
    assert other["reached"] is None

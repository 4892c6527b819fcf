"""Buttons under overviews: each form, and files that say what their reader may see, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.peers.ladder import Rung
from kb.services.benchmarking.grid import WhyNot
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.overview_files.wording import OverviewWording
from kb.settings import Settings
from kb.ui import overview_files, state
from tests import benchmarked, transferred
from tests.benchmarked import assessed, sheet
from tests.ui.test_members_page import act_as

OpenApp = Callable[..., AppTest]
FORMS = ["PDF", "Word", "Excel", "CSV", "JSON"]


def buttons(app: AppTest) -> list[str]:
    assert not app.exception
    return [each.proto.label for each in app.get("download_button")]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """Three practices, of which none is assessed."""
    made = benchmarked.a_base(tmp_path, FakeRecords())
    for name in ("a", "b", "c"):
        sheet(made, name)
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


def test_the_grid_has_buttons_once_there_is_a_point(kb: KnowledgeBase, open_app: OpenApp, built_kb: Settings) -> None:
    before = open_app(built_kb, "benchmark", b_view="grid")
    assessed(kb, "b", 3, 0, 4, 3, None)
    after = open_app(built_kb, "benchmark", b_view="grid")

    assert (buttons(before), buttons(after)) == ([], FORMS)


def test_side_by_side_has_a_button_for_each_form(kb: KnowledgeBase, open_app: OpenApp, built_kb: Settings) -> None:
    assessed(kb, "b", 3, 0, 4, 3, None)

    assert buttons(open_app(built_kb, "benchmark", b_view="side", compare=["a", "b"])) == FORMS


def test_both_orders_of_transferability_have_buttons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_app: OpenApp, built_kb: Settings
) -> None:
    made = transferred.a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    transferred.concluded(made, 1, 1, 1, 1, 1, 1)

    place = act_as(open_app(built_kb, "transfers", t_view="in", t_place="PT"), "sam")
    practice = act_as(open_app(built_kb, "transfers", t_view="of", t_practice=transferred.PRACTICE), "sam")

    assert (buttons(place), buttons(practice)) == (FORMS, FORMS)


def test_english_words_are_those_of_the_service() -> None:
    """What the command line writes and what the app writes is the same in English."""
    told, said = vars(overview_files.wording()), vars(OverviewWording())
    own = {"citing", "countries"}

    assert {name: told[name] for name in said if name not in own} == {name: said[name] for name in said if name not in own}
    assert set(OverviewWording().why_not) == set(WhyNot)
    assert set(OverviewWording().rungs) == set(Rung)
    assert len(FORMS) == len(ReportForm)

"""The page of transfer cases: the board, one case step by step, and what the practice's page shows of it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.peers.learning.case import CaseState
from kb.peers.transfer.state import Certainty
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import case_evaluating, case_planning, lessons, transfer_cases
from kb.services.transferring.loading import transfer_for
from kb.settings import Settings
from kb.ui import state
from kb.ui.i18n import translations
from tests.transferred import ID, PRACTICE, SOURCES, a_base, concluded, who
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x] </div>"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, built_kb: Settings) -> Open:
    """Open the page as a member: ``visit("ann", case="case-1")``."""

    def come(name: str, page: str = "cases", **query: str) -> AppTest:
        app = open_app(built_kb, page, **query)
        return act_as(app, name) if name else app

    return come


def considered(kb: KnowledgeBase, why: str = "Lisbon asks.") -> str:
    concluded(kb, 1, 1, 1, 1, 1, 1)
    return transfer_cases.consider(kb, ID, why=why, actor=who(kb, "ann")).id


def in_use(kb: KnowledgeBase, said: str = "Ask keepers.") -> str:
    case, ann = considered(kb, said), who(kb, "ann")
    transfer_cases.move(kb, case, "understand", learned=said, actor=ann)
    case_planning.plan(
        kb, case, core_kept=[said], adapted=[{"element": said, "how": said}], milestones=[{"what": said, "due": "2026-01-31"}],
        local_group=[{"organisation": "House of Ann", "name": "", "role": said}], costs=said, funding=said, actor=ann,
    )  # fmt: skip
    for step in ("adapt", "re-use"):
        transfer_cases.move(kb, case, step, learned=said, actor=ann)
    return case


def test_without_a_case_the_page_says_where_one_begins(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("ann")

    assert "begins on a test of transferability that is concluded" in app.info[0].value
    assert "To the tests of transferability" in [each.label for each in app.get("page_link")]


def test_the_board_has_a_column_for_each_state_and_filters(visit: Open, kb: KnowledgeBase) -> None:
    case = in_use(kb)
    app = visit("sam")
    words = html_of(app)
    assert "In use (1)" in words
    assert "Adopted (0)" in words
    assert f"cases?case={case}" in words
    assert "1 milestone overdue" in words
    assert "Slovenia → Portugal" in words

    assert app.selectbox(key="lt_target").options == ["All places", "Portugal"]
    assert "Bee paths for a city" not in html_of(visit("sam", lt_organisation="Nobody", lt_target="IE")).split("kb-board")[0]


def test_a_case_that_is_not_there_is_told(visit: Open, kb: KnowledgeBase) -> None:
    assert "There is no transfer case" in visit("ann", case="case-99").error[0].value.replace("\\", "")


def test_a_case_goes_on_step_by_step_and_says_what_is_lacking(visit: Open, kb: KnowledgeBase) -> None:
    case = considered(kb)
    app = visit("ann", case=case)
    assert "By the sheet of the practice" in html_of(app)
    assert "Beekeepers are asked first" in html_of(app)
    assert "learned: " in press(app, "Go on").error[0].value.replace("\\", "")
    app.text_area(key=f"learned_{case}_understand").set_value("Keepers are the key.")
    press(app, "Go on")
    assert "the plan names the local group" in html_of(app)

    key = f"case_plan_{case}_0"
    assert app.text_area(key=f"{key}_core").value == "Bees bring people together.\nBeekeepers are asked first", "as the sheet says"
    app.text_input(key=f"{key}_group_0_organisation").set_value("House of Ann")
    app.text_area(key=f"{key}_adapted_0_element").set_value("The path")
    app.text_area(key=f"{key}_adapted_0_how").set_value("Over roofs.")
    press(app, "Another milestone")
    for at, (what, due) in enumerate((("Ten hives", "2026-03-01"), ("A school year", "2199-07-01"))):
        app.text_input(key=f"{key}_milestones_{at}_what").set_value(what)
        app.text_input(key=f"{key}_milestones_{at}_due").set_value(due)
    press(app, "Keep the plan")

    plan = transfer_cases.case(kb, case, actor=who(kb, "ann")).plan
    assert plan is not None
    assert [(each.key, each.what) for each in plan.milestones] == [("m1", "Ten hives"), ("m2", "A school year")]
    assert "the plan names the local group" not in html_of(app)
    assert "overdue" in html_of(app)
    app.selectbox(key="reach_milestone").select("m1")
    app.text_input(key="reach_on").set_value(today())
    press(app, "Keep it")
    assert "reached on" in html_of(app)
    assert [each.key for each in transfer_cases.case(kb, case, actor=who(kb, "ann")).overdue(today())] == []


def test_a_facilitator_tells_how_it_went_and_the_opener_adopts_it(visit: Open, kb: KnowledgeBase) -> None:
    case = in_use(kb)
    assert "Write it down" not in [each.label for each in visit("ann", case=case).button]
    app = visit("fay", case=case)
    app.text_input(key=f"case_went_{case}_on").set_value(today())
    app.text_area(key=f"case_went_{case}_what").set_value("Ten hives stand.")
    assert "name what bears it out" in press(app, "Write it down").error[0].value
    app.text_input(key=f"case_went_{case}_sources_0_source").set_value("Report of the city")
    app.text_input(key=f"case_went_{case}_sources_0_date").set_value("2026-11")
    press(app, "Write it down")
    found = transfer_cases.case(kb, case, actor=who(kb, "ann"))
    assert found.evaluated is not None
    assert (found.evaluated.core_kept, found.evaluated.adapted[0].how) == (("Ask keepers.",), "Ask keepers."), "as planned"
    assert "Source: Report of the city" in html_of(app)
    assert transfer_for(kb, ID, actor=who(kb, "sam")).certainty is Certainty.CONFIRMED

    app = visit("ann", case=case)
    app.text_area(key=f"how_{case}").set_value("The council decided so.")
    press(app, "Adopt it")
    assert transfer_cases.case(kb, case, actor=who(kb, "ann")).state is CaseState.ADOPTED
    assert "The council decided so." in html_of(app)


def test_who_does_not_lead_a_case_sees_it_and_changes_nothing(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("sam", case=in_use(kb))

    assert "Ask keepers." in html_of(app)
    assert not {each.label for each in app.button} & {"Go on", "Keep the plan", "Stop", "Keep it", "Write it down"}


def test_the_practices_page_shows_what_came_of_it(visit: Open, kb: KnowledgeBase) -> None:
    case = in_use(kb)
    fay, ann = who(kb, "fay"), who(kb, "ann")
    lesson = lessons.note(kb, "Schools join when it fits their plan.", level="policy", practices=[PRACTICE], actor=ann)
    assert "Nobody has told" not in html_of(visit("sam", "practice", id=PRACTICE))
    case_evaluating.evaluate(kb, case, outcome="worked", on=today(), what="Ten hives.", sources=SOURCES, actor=fay)
    transfer_cases.adopt(kb, case, how="So.", actor=ann)
    words = html_of(visit("sam", "practice", id=PRACTICE))

    assert "What came of it" in words
    assert f"lessons?lesson={lesson.id}" in words
    assert words.count(f"cases?case={case}") == 2, "in the section, and beside what the sheet says of adopters"
    assert "By transfer cases here:" in words


def test_what_members_typed_is_text(visit: Open, kb: KnowledgeBase) -> None:
    case = in_use(kb, HOSTILE)
    case_evaluating.evaluate(
        kb, case, outcome="partly", on=today(), what=HOSTILE, sources=[(HOSTILE, "2026")], actor=who(kb, "fay")
    )
    transfer_cases.stop(kb, case, why=HOSTILE, actor=who(kb, "ann"))
    for query in ({"case": case}, {}):
        assert Tags(html_of(visit("ann", **query))).names <= {*OUR_TAGS, "h2", "h3", "strong", "section"}


def test_every_word_of_the_page_is_there_in_french(visit: Open, kb: KnowledgeBase) -> None:
    case = in_use(kb)
    french = translations("fr").gettext
    words = html_of(visit("", case=case, locale="fr-FR"))

    for said in ("The plan", "Milestones", "Kept as it is", "Done otherwise", "What was learned on the way", "Taken over by"):
        assert french(said) != said
        assert escape(french(said)) in words

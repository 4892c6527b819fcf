"""Lessons and recommendations: noted, confirmed, issued, answered and implemented on their page; for a second member; hostile."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import members
from kb.services.learning import lessons, recommendations, sessions
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from kb.ui import state
from tests.ui.conftest import HOSTILE
from tests.ui.test_contexts_page import rows, shown
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
CORPUS = Path(__file__).parents[2] / "corpus"
BEES = "cesena-bee-path"


@pytest.fixture
def two(built_kb: Settings, tmp_path: Path) -> Settings:
    """The sample index beside one sheet, with records of the test's own and two members of two organisations."""
    settings = replace(built_kb, corpus=tmp_path / "corpus", database_url=f"sqlite:///{tmp_path / 'records.sqlite'}")
    settings.practices.mkdir(parents=True)
    shutil.copy(CORPUS / "practices" / f"{BEES}.yaml", settings.practices)
    kb = open_kb(settings)
    for name, organisation in (("ann", "House of Ann"), ("bo", "House of Bo")):
        members.add(kb, name, organisation=organisation, country="PT", roles=set[Role](), actor=LOCAL_MEMBER)
    return settings


def who(settings: Settings, name: str) -> Member:
    found = members.acting_as(open_kb(settings), name)
    assert found is not None
    return found


def acting(app: AppTest, name: str) -> AppTest:
    app.session_state[state.ACTING_AS] = name
    return app.run()


def submit(app: AppTest, label: str) -> None:
    """Press the button of the form that says so."""
    next(button for button in app.button if button.label == label and "Form" in (button.key or "")).click().run()


def told(boxes: object) -> str:
    return " ".join(each.value.replace("\\", "") for each in boxes)  # type: ignore[attr-defined]


def test_with_nothing_there_the_page_says_what_a_lesson_is_and_takes_the_first(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "lessons")
    assert "No lesson here yet." in told(app.info)

    app.text_area(key="lesson_new_text").set_value("Mow later.")
    app.selectbox(key="lesson_new_level").set_value("policy")
    app.multiselect(key="lesson_new_practices").set_value([BEES])
    submit(app, "Note it")

    assert not app.exception
    assert "Noted. Somebody else may confirm it." in told(app.success)
    assert app.query_params["lesson"] == "lesson-1"
    said = shown(app)
    assert [part in said for part in ("Noted", "A policy", "Mow later.")] == [True] * 3
    app.button(key="back_to_list").click().run()
    assert app.title[0].value == "Lessons"
    assert rows(app, "Lessons, the last noted first")[0][0].startswith("Mow later.")


def test_all_faults_of_a_lesson_are_said_together_and_nothing_typed_is_lost(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "lessons")
    app.text_input(key="lesson_new_from").set_value("House of Bo")
    submit(app, "Note it")

    assert "The lesson was not noted: text: is empty" in told(app.error)
    assert app.text_input(key="lesson_new_from").value == "House of Bo"


def test_another_member_confirms_a_lesson(open_app: OpenApp, two: Settings) -> None:
    lessons.note(open_kb(two), "Mow later.", level="policy", actor=who(two, "ann"))
    app = acting(open_app(two, "lessons", lesson="lesson-1"), "bo")
    app.text_area(key="lesson_how").set_value("Our bees came back.")
    submit(app, "Confirm")

    said = shown(app)
    assert "Confirmed by bo, House of Bo" in said
    assert "Our bees came back." in said
    assert [row[1:3] for row in rows(app, "Newest first")] == [["bo", "confirmed the lesson"], ["ann", "noted the lesson"]]


def test_a_text_that_names_who_was_there_is_refused_until_a_facilitator_says_why(open_app: OpenApp, two: Settings) -> None:
    kb = open_kb(two)
    planned = {
        "format": "seminar", "title": "Paths", "begins": "2026-03-02T10:00", "ends": "2026-03-02T12:00", "where": "Lisbon",
        "host": {"organisation": "Elsewhere", "country": "PT"}, "chatham_house": True,
    }  # fmt: skip
    session = sessions.plan(kb, planned, actor=LOCAL_MEMBER).id
    sessions.join(kb, session, actor=who(two, "bo"))
    sessions.held(kb, session, actor=LOCAL_MEMBER)
    for thing, button in (("lesson", "Note it"), ("recommendation", "Issue it")):
        app = open_app(two, "lessons")
        app.text_area(key=f"{thing}_new_text").set_value("At House of Bo they mow later.")
        app.multiselect(key=f"{thing}_new_exchanges").set_value([session])
        if thing == "recommendation":
            app.text_input(key="recommendation_new_to").set_value("House of Cy")
        submit(app, button)
        assert "The text names who was there, against the Chatham House Rule: House of Bo." in told(app.error)
        app.text_input(key=f"{thing}_new_despite").set_value("They published it.")
        submit(app, button)
        assert app.query_params[thing] == f"{thing}-1"
        assert "They published it." in html_of(app)
        assert "They published it." not in html_of(acting(open_app(two, "lessons", **{thing: f"{thing}-1"}), "ann"))
    assert "lesson_new_despite" not in [each.key for each in acting(open_app(two, "lessons"), "ann").text_input]


def test_who_learned_it_under_the_chatham_house_rule_is_withheld_from_who_was_not_there(open_app: OpenApp, two: Settings) -> None:
    kb, bo = open_kb(two), who(two, "bo")
    planned = {
        "format": "seminar", "title": "Paths", "begins": "2026-03-02T10:00", "ends": "2026-03-02T12:00", "where": "Lisbon",
        "host": {"organisation": "Elsewhere", "country": "PT"}, "chatham_house": True,
    }  # fmt: skip
    session = sessions.plan(kb, planned, actor=LOCAL_MEMBER).id
    sessions.join(kb, session, actor=bo)
    sessions.held(kb, session, actor=LOCAL_MEMBER)
    lessons.note(kb, "Mow later.", level="policy", exchanges=[session], actor=bo)
    recommendations.issue(kb, "Mow later.", to="House of Cy", exchanges=[session], actor=bo)

    for name, is_told in (("bo", True), ("ann", False)):
        for address in ({}, {"lesson": "lesson-1"}, {"recommendation": "recommendation-1"}):
            app = acting(open_app(two, "lessons", **address), name)
            assert ("House of Bo" in html_of(app)) is is_told
            assert ("Names withheld (Chatham House Rule)" in shown(app)) is not is_told


def test_a_recommendation_is_answered_by_whom_it_is_for_and_implemented_with_a_source(open_app: OpenApp, two: Settings) -> None:
    recommendations.issue(open_kb(two), "Keep a register.", to="House of Bo", actor=who(two, "ann"))
    app = acting(open_app(two, "lessons", recommendation="recommendation-1"), "bo")
    app.radio(key="answer_response").set_value("partly")
    submit(app, "Answer")
    assert "say why it is accepted in part only, or rejected" in told(app.error)

    app.text_area(key="answer_reason").set_value("For hives only.")
    submit(app, "Answer")
    assert "Accepted in part" in shown(app)
    app.text_input(key="implement_on").set_value("2026-06-30")
    app.text_area(key="implement_what").set_value("It is kept.")
    app.button(key="implement").click().run()
    assert "name a source, or a passage, that shows it" in told(app.error)
    app.text_input(key="implement_source").set_value("The register, page 1")
    app.button(key="implement").click().run()

    assert not app.exception
    assert "The recommendation is implemented." in told(app.success)
    assert "Source: The register, page 1" in shown(app)
    assert [row[2] for row in rows(app, "Newest first")] == [
        "told how it was implemented", "answered it", "issued the recommendation",
    ]  # fmt: skip


def test_a_passage_is_found_and_taken_as_evidence(open_app: OpenApp, two: Settings) -> None:
    kb, bo = open_kb(two), who(two, "bo")
    recommendations.issue(kb, "Keep a register.", to="House of Bo", actor=who(two, "ann"))
    recommendations.answer(kb, "recommendation-1", response="accept", actor=bo)
    app = acting(open_app(two, "lessons", recommendation="recommendation-1"), "bo")
    app.text_input(key="recommendation_evidence_find").set_value("bees in the city").run()
    take = next(button for button in app.button if (button.key or "").startswith("recommendation_evidence_take_"))
    take.click().run()
    app.text_input(key="implement_on").set_value("2026-06-30")
    app.text_area(key="implement_what").set_value("It is kept.")
    app.button(key="implement").click().run()

    assert not app.exception
    done = recommendations.recommendation(kb, "recommendation-1", actor=bo).implemented
    assert done is not None
    assert len(done.pins) == 1
    assert done.pins[0].quote.split()[0] in shown(app)


def test_who_may_do_nothing_is_offered_nothing(open_app: OpenApp, two: Settings) -> None:
    recommendations.issue(open_kb(two), "Keep a register.", to="Elsewhere", actor=who(two, "ann"))
    app = acting(open_app(two, "lessons", recommendation="recommendation-1"), "bo")

    keys = [button.key or "" for button in app.button]
    assert [key for key in keys if "step_" in key or key == "implement"] == []


def test_the_list_is_chosen_from_and_the_choice_stands_in_the_address(open_app: OpenApp, two: Settings) -> None:
    kb, ann = open_kb(two), who(two, "ann")
    lessons.note(kb, "Mow later.", level="policy", practices=[BEES], actor=ann)
    lessons.note(kb, "Ask first.", level="individual", actor=ann)
    recommendations.issue(kb, "Keep a register.", to="House of Bo", actor=ann)
    app = open_app(two, "lessons", ll_level="individual")
    assert [row[0] for row in rows(app, "Lessons, the last noted first")] == ["Ask first."]
    assert "No recommendation fits." in told(app.info)

    app.selectbox(key="ll_organisation").set_value("House of Bo").run()
    assert "No lesson fits." in told(app.info)
    assert app.query_params["ll_organisation"] == "House of Bo"
    app.button(key="ll_clear").click().run()
    assert len(rows(app, "Lessons, the last noted first")) == 2
    assert len(rows(app, "Recommendations, the last issued first")) == 1


def test_what_is_not_there_is_said(open_app: OpenApp, two: Settings) -> None:
    app = open_app(two, "lessons", lesson="lesson-9")

    assert "There is no lesson “lesson-9”." in told(app.error)
    assert app.button(key="back_to_list")


def test_nothing_of_a_lesson_becomes_markup(open_app: OpenApp, two: Settings) -> None:
    kb, ann = open_kb(two), who(two, "ann")
    lessons.note(kb, HOSTILE, level="policy", from_whom=HOSTILE[:250], actor=ann)
    recommendations.issue(kb, HOSTILE, to=HOSTILE[:250], exchanges=["lesson-1"], actor=ann)
    for query in ({}, {"lesson": "lesson-1"}, {"recommendation": "recommendation-1"}):
        app = open_app(two, "lessons", **query)
        tags = Tags(html_of(app))

        assert tags.names <= OUR_TAGS | {"h2", "strong"}
        assert tags.attributes <= {"class", "dir", "lang", "href", "scope", "role", "tabindex", "aria-label", "aria-hidden", "id"}

"""Sessions: none yet, one from its plan to its debrief, for others who look on, hostile, in French."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kb import open_kb
from kb.services import members
from kb.services.learning import debriefs, lessons, rounds, sessions
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from kb.ui import state
from tests.directories import partnership, write
from tests.ui.conftest import HOSTILE
from tests.ui.test_contexts_page import rows, shown
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
PLAN = {
    "format": "seminar", "title": "Paths for bees", "zone": "Europe/Lisbon", "begins": "2026-03-02T10:00",
    "ends": "2026-03-02T12:00", "where": "Lisbon", "host": {"organisation": "House of Ann", "country": "PT"}, "capacity": 12,
    "agenda": [{"at": "10:00", "title": "Welcome", "who": "Ann"}],
}  # fmt: skip


@pytest.fixture
def small(built_kb: Settings, tmp_path: Path) -> Settings:
    """The sample index without practices, with records of the test's own; ann and sam are members."""
    settings = replace(built_kb, corpus=tmp_path / "corpus", database_url=f"sqlite:///{tmp_path / 'records.sqlite'}")
    settings.documents.mkdir(parents=True)
    kb = open_kb(settings)
    for name, organisation, country in (("ann", "House of Ann", "PT"), ("sam", "Elsewhere", "DE")):
        members.add(kb, name, organisation=organisation, country=country, roles=[Role.CONTRIBUTOR], actor=LOCAL_MEMBER)
    return settings


def plan(settings: Settings, **changed: object) -> str:
    return sessions.plan(open_kb(settings), {**PLAN, **changed}, actor=LOCAL_MEMBER).id


def submit(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def as_member(app: AppTest, name: str) -> AppTest:
    return app.selectbox(key=state.ACTING_AS).set_value(name).run()


def said(app: AppTest) -> str:
    boxes = [*app.success, *app.error, *app.info, *app.warning]
    return " ".join(box.value.replace("\\", "") for box in boxes)


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_without_a_session_the_page_says_who_plans_the_first(open_app: OpenApp, small: Settings) -> None:
    app = open_app(small, "sessions")

    assert "No session is planned yet." in said(app)
    assert app.expander[-1].label == "Plan a session"


def test_a_session_is_planned_in_the_form_and_opens(open_app: OpenApp, small: Settings) -> None:
    app = open_app(small, "sessions")
    submit(app, "Plan it")
    assert "The session was not planned: title: " in said(app)

    values = {"title": "Looms", "begins_day": "2099-12-01", "begins_at": "10:00", "ends_day": "2099-12-01", "ends_at": "12:00"}
    for name, value in {**values, "where": "Rome", "host": "Loom Union"}.items():
        app.text_input(key=f"sp_0_{name}").set_value(value)
    app.selectbox(key="sp_0_country").set_value("IT")
    app.selectbox(key="sp_0_zone").set_value("Europe/Rome")
    app.text_area(key="sp_0_agenda").set_value("10:00 | Welcome\n2099-12-01 11:00 | Looms | Ida (Loom Union)")
    submit(app, "Plan it")

    assert "Planned: “Looms”." in said(app)
    assert app.query_params["session"] == "session-1"
    assert "December 1, 2099, 10:00 AM – 12:00 PM (Europe/Rome)" in shown(app)
    assert "December 1, 2099, 9:00 AM – 11:00 AM UTC" in shown(app)
    assert rows(app, "By the clocks there") == [["10:00", "Welcome", ""], ["December 1, 2099, 11:00", "Looms", "Ida (Loom Union)"]]


def test_a_session_from_joining_to_its_debrief(open_app: OpenApp, small: Settings) -> None:
    session = plan(small)
    app = as_member(open_app(small, "sessions", session=session), "ann")
    submit(app, "Take part")
    assert rows(app, "1 person has joined.") == [["ann", "House of Ann", "Portugal"]]
    app.number_input(key="sh_n").set_value(11)
    submit(app, "Say that it was held")
    assert "days overdue. It is due on March 9, 2026." in said(app)

    key = f"sd_{session}_0"
    app.text_area(key=f"{key}_decisions").set_value("Meet again\n\nWrite to the city")
    app.text_area(key=f"{key}_0_text").set_value("Ask the schools first")
    app.selectbox(key=f"{key}_0_level").set_value("organisation")
    submit(app, "Keep the draft, one more lesson")
    assert app.text_area(key=f"sd_{session}_1_0_text").value == "Ask the schools first"
    app.text_area(key=f"sd_{session}_1_1_text").set_value("Pay the keepers")
    app.checkbox(key=f"sd_{session}_1_1_is_noted").uncheck()
    submit(app, "Share the debrief")

    told = shown(app)
    assert "What was decided Meet again Write to the city" in told
    assert "Pay the keepers" in told
    assert "Shared by ann" in told
    (noted,) = lessons.lessons(open_kb(small), exchange=session, actor=LOCAL_MEMBER)
    assert (noted.noted.text, noted.noted.level) == ("Ask the schools first", "organisation")
    app.button(key="all_sessions").click().run()
    assert rows(app, "Held and cancelled sessions, the latest first")[0][3:] == ["Debriefed"]


def test_a_session_tells_the_round_whose_answers_it_discusses_to_those_who_may_know_of_it(
    open_app: OpenApp, small: Settings
) -> None:
    kb = open_kb(small)
    made = rounds.draft(kb, "Who pays <b>for</b> bees?", questions=["Who?"], due="2099-12-20", actor=LOCAL_MEMBER)
    session = plan(small, round=made.id)
    link = f'Answers to</dt><dd><a href="rounds?round={made.id}&amp;lang=en">Who pays &lt;b&gt;for&lt;/b&gt; bees?</a>'

    assert link in html_of(open_app(small, "sessions", session=session))
    assert made.id not in html_of(as_member(open_app(small, "sessions", session=session), "sam"))  # it is a draft
    rounds.send(kb, made.id, actor=LOCAL_MEMBER)
    assert link in html_of(as_member(open_app(small, "sessions", session=session), "sam"))


def test_who_looks_on_may_join_and_nothing_else(open_app: OpenApp, small: Settings) -> None:
    app = as_member(open_app(small, "sessions", session=plan(small)), "sam")

    assert "Take part" in labels(app)
    assert not labels(app) & {"Say that it was held", "Cancel the session", "Save"}
    assert [button.proto.label for button in app.get("download_button")] == ["Calendar file"]


def test_who_was_not_there_reads_the_debrief_and_writes_none(open_app: OpenApp, small: Settings) -> None:
    session, kb = plan(small), open_kb(small)
    sessions.held(kb, session, n_participants=3, actor=LOCAL_MEMBER)

    app = as_member(open_app(small, "sessions", session=session), "sam")

    assert not labels(app) & {"Share the debrief", "Add the notes"}
    assert "Those who took part and those who run the session write it." in shown(app)


def test_under_the_chatham_house_rule_others_see_how_many_and_not_who(open_app: OpenApp, small: Settings) -> None:
    session, kb = plan(small, chatham_house=True), open_kb(small)
    sessions.join(kb, session, actor=replace(LOCAL_MEMBER, name="Rosa Quill"))

    app = as_member(open_app(small, "sessions", session=session), "sam")

    assert "1 person has joined. Under the Chatham House Rule only those who take part" in shown(app)
    assert "Rosa" not in html_of(app)


def test_a_debrief_under_embargo_says_until_when(open_app: OpenApp, small: Settings) -> None:
    session, kb = plan(small, embargo_until="2099-01-01"), open_kb(small)
    sessions.held(kb, session, n_participants=3, actor=LOCAL_MEMBER)
    kept = debriefs.keep(kb, session, {"decisions": ["The secret plan"]}, version=0, actor=LOCAL_MEMBER)
    debriefs.share(kb, session, version=kept.version, actor=LOCAL_MEMBER)

    app = as_member(open_app(small, "sessions", session=session), "sam")

    assert "kept to those who took part until January 1, 2099" in said(app)
    assert "secret plan" not in html_of(app)


def test_notes_are_handed_in_and_told_to_be_on_their_way(
    open_app: OpenApp, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched = []
    monkeypatch.setattr("kb.bootstrap._launch", lambda job, settings: launched.append(job))
    session = plan(small)
    sessions.held(open_kb(small), session, n_participants=3, actor=LOCAL_MEMBER)
    app = open_app(small, "sessions", session=session)
    submit(app, "Add the notes")
    assert "The notes were not taken in: they are empty." in said(app)

    app.text_area(key="sn_0_text").set_value("The looms were saved.")
    submit(app, "Add the notes")

    assert len(launched) == 1
    assert "1 note cannot be read yet" in shown(app)
    assert (small.documents / "conference-notes" / "sessions" / f"{session}.md").read_text(encoding="utf-8").endswith("saved.\n")


def test_notes_of_a_made_up_session_are_kept_and_read_on_its_page(
    open_app: OpenApp, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched = []
    monkeypatch.setattr("kb.bootstrap._launch", lambda job, settings: launched.append(job))
    kb, roles = open_kb(small), [Role.FACILITATOR, Role.CONTRIBUTOR]
    dee = members.add(kb, "Demo Dee", organisation="Network", country="BE", roles=roles, actor=LOCAL_MEMBER, is_demo=True)
    actor = members.acting_as(kb, dee.name)
    assert actor
    session = sessions.plan(kb, PLAN, actor=actor).id
    sessions.held(kb, session, n_participants=3, actor=actor)
    app = as_member(open_app(small, "sessions", session=session), dee.name)
    assert "so is all that you do as this member" in " ".join(caption.value for caption in app.caption)

    app.text_area(key="sn_0_text").set_value(f"The looms were saved.\n\n{HOSTILE}")
    submit(app, "Add the notes")

    assert "The notes are kept." in said(app)
    told = shown(as_member(open_app(small, "sessions", session=session), "sam"))
    assert "The looms were saved." in told
    assert "Notes of a session that is made up are kept here: no search finds them." in told
    assert "cannot be read yet" not in told
    assert "<script>alert" not in html_of(app)
    assert (launched, list(small.documents.rglob("*.md"))) == ([], [])


def test_notes_that_name_who_was_there_are_refused_until_a_facilitator_says_why(
    open_app: OpenApp, small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.bootstrap._launch", lambda job, settings: None)
    session, kb = plan(small, chatham_house=True), open_kb(small)
    sessions.join(kb, session, actor=replace(LOCAL_MEMBER, name="Rosa Quill", organisation="Loom Union"))
    sessions.held(kb, session, n_participants=3, actor=LOCAL_MEMBER)
    app = open_app(small, "sessions", session=session)
    app.text_area(key="sn_0_text").set_value("The looms were saved.\nMs Quill of the Loom Union told how.")
    submit(app, "Add the notes")
    assert "Each name with its lines (0 is the title): Rosa Quill (2); Loom Union (2)." in said(app)

    app.text_input(key="sn_0_despite").set_value("The Loom Union published it.")
    submit(app, "Add the notes")

    assert "The notes are being read in" in said(app)
    assert "The Loom Union published it." in html_of(app)
    assert "The Loom Union published it." not in html_of(as_member(open_app(small, "sessions", session=session), "sam"))


def test_who_is_no_facilitator_is_not_asked_why_notes_may_name_anybody(open_app: OpenApp, small: Settings) -> None:
    session, kb = plan(small, chatham_house=True), open_kb(small)
    sessions.join(kb, session, actor=members.acting_as(kb, "sam"))
    sessions.held(kb, session, actor=LOCAL_MEMBER)

    of_sam, of_ann = (as_member(open_app(small, "sessions", session=session), name) for name in ("sam", "ann"))

    assert "sn_0_text" in [each.key for each in of_sam.text_area]
    assert "sn_0_despite" not in [each.key for each in of_sam.text_input]
    assert "sn_0_text" not in [each.key for each in of_ann.text_area]  # she is of the host, and was not there


def test_a_debrief_that_names_who_was_there_is_refused_until_a_facilitator_says_why(open_app: OpenApp, small: Settings) -> None:
    session, kb = plan(small, chatham_house=True), open_kb(small)
    sessions.join(kb, session, actor=replace(LOCAL_MEMBER, name="Rosa Quill", organisation="Loom Union"))
    sessions.held(kb, session, n_participants=3, actor=LOCAL_MEMBER)
    app = open_app(small, "sessions", session=session)
    app.text_area(key=f"sd_{session}_0_decisions").set_value("Ms Quill of the Loom Union goes on.")
    submit(app, "Share the debrief")
    assert "against the Chatham House Rule: Rosa Quill; Loom Union." in said(app)
    assert app.text_area(key=f"sd_{session}_1_decisions").value == "Ms Quill of the Loom Union goes on."

    app.text_input(key=f"sd_{session}_1_despite").set_value("The Loom Union published it.")
    submit(app, "Share the debrief")

    assert "The debrief is shared with everybody." in said(app)
    assert "The Loom Union published it." in html_of(app)
    assert "The Loom Union published it." not in html_of(as_member(open_app(small, "sessions", session=session), "sam"))


def test_under_the_rule_a_host_who_was_not_there_is_told_who_writes_the_debrief(open_app: OpenApp, small: Settings) -> None:
    session, kb = plan(small, chatham_house=True), open_kb(small)
    sessions.join(kb, session, actor=members.acting_as(kb, "sam"))
    sessions.held(kb, session, actor=LOCAL_MEMBER)

    of_sam, of_ann = (as_member(open_app(small, "sessions", session=session), name) for name in ("sam", "ann"))

    assert "Share the debrief" in labels(of_sam)
    assert f"sd_{session}_0_despite" not in [each.key for each in of_sam.text_input]
    assert "Share the debrief" not in labels(of_ann)
    assert "Those who took part, who planned the session, and facilitators write it." in shown(of_ann)


def test_what_is_unusual_is_said_and_a_cancelled_session_says_why(open_app: OpenApp, small: Settings) -> None:
    session = plan(small, format="matchmaking", ends="2026-03-02T13:30")
    assert "Matchmaking takes two hours; this one takes 3.5." in said(open_app(small, "sessions", session=session))

    app = open_app(small, "sessions", session=session)
    app.text_area(key="sc_why").set_value("*Nobody* comes")
    submit(app, "Cancel the session")

    assert "Cancelled: *Nobody* comes" in said(app)
    assert "Take part" not in labels(app)


def test_a_plan_is_changed_by_who_runs_it(open_app: OpenApp, small: Settings) -> None:
    session = plan(small)
    app = as_member(open_app(small, "sessions", session=session), "ann")
    app.text_input(key=f"sp_{session}_1_title").set_value("Paths")
    submit(app, "Save")

    told = sessions.session(open_kb(small), session, actor=LOCAL_MEMBER)
    assert (told.title, told.planned.begins, told.planned.agenda[0].who) == ("Paths", "2026-03-02T10:00+00:00", "Ann")


def test_an_unknown_session_is_said_so_above_the_others(open_app: OpenApp, small: Settings) -> None:
    plan(small)
    app = open_app(small, "sessions", session="session-9`")

    assert "There is no session “session-9`”." in said(app)
    assert "session" not in app.query_params
    assert [header.value for header in app.header][:1] == ["To come"]


def test_markup_in_what_members_typed_stays_text(open_app: OpenApp, small: Settings) -> None:
    line = HOSTILE.replace('"', "'")[:250]
    write(small.partnerships, partnership("sly", title=line))
    kb = open_kb(small)
    session = plan(
        small, title=line, where=line, partnership="sly", host={"organisation": line, "country": "PT"}, chatham_house=True,
        agenda=[{"at": "10:00", "title": line, "who": line}],
    )  # fmt: skip
    sessions.join(kb, session, actor=LOCAL_MEMBER)
    for query in ({}, {"session": session}):
        check(open_app(small, "sessions", **query))
    sessions.held(kb, session, actor=LOCAL_MEMBER)
    lesson = {"text": line, "level": "policy", "is_noted": False}
    kept = debriefs.keep(kb, session, {"decisions": [line], "lessons": [lesson]}, version=0, actor=LOCAL_MEMBER)
    debriefs.share(kb, session, version=kept.version, despite=line, actor=LOCAL_MEMBER)
    for query in ({}, {"session": session}):
        check(open_app(small, "sessions", **query))


def check(app: AppTest) -> None:
    found = Tags(html_of(app))
    assert found.names <= {*OUR_TAGS, "h2", "h3"}
    assert not {name for name in found.attributes if name.startswith("on")}
    boxes = [element.value for kind in ("markdown", "caption", "error", "warning", "info", "header") for element in app.get(kind)]
    assert not [text for text in [*boxes, *labels(app)] if re.search(r"(?<!\\)[<!$]", text) and "script" in text]


def test_the_page_speaks_french(open_app: OpenApp, small: Settings) -> None:
    session = plan(small, format="peer-review", capacity=6)
    app = open_app(small, "sessions", locale="fr-FR", session=session)

    assert "Revue par les pairs" in shown(app)
    assert "2 mars 2026" in shown(app)
    assert {"Participer", "Annuler la session"} <= labels(app)

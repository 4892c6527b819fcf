"""Question rounds in the app: written, sent, answered with evidence, asked about, closed and concluded; by several members."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import answering, exchanging, rounds
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from kb.ui import state
from kb.ui.answering import case_of
from tests.assessed import a_base, who
from tests.directories import partnership, write
from tests.ui.conftest import HOSTILE
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
SEWA = "sewa-cooperative-federation"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """One practice with two documents; fay leads, ann and bo answer; the local member may do everything."""
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def real(practices_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """The sheets and documents of the corpus, which can be searched; records of its own."""
    made = replace(practices_kb, records=FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, empty_kb: Settings) -> Open:
    """Open the page as a member, the local one by default: ``visit("ann", round=…)``."""

    def come(name: str = "", **query: str) -> AppTest:
        app = open_app(empty_kb, "rounds", **query)
        return acting(app, name) if name else app

    return come


def sent(kb: KnowledgeBase, *, title: str = "Laws of bees", asked: tuple[str, ...] = ()) -> str:
    made = rounds.draft(
        kb, title, questions=["Which law helped?", "Who pays?"], due="2099-12-20", axis="Laws", intro="We ask.", asked=asked,
        actor=LOCAL_MEMBER,
    )  # fmt: skip
    return rounds.send(kb, made.id, actor=LOCAL_MEMBER).id


def answered(kb: KnowledgeBase, told: str, name: str, **said: object) -> int:
    values = {"title": f"Case of {name}", "language": "en", "answers": {"q1": f"{name} knows a law."}, **said}
    desk = answering.keep(kb, told, values, version=0, actor=who(kb, name))
    return answering.submit(kb, told, version=desk.version, actor=who(kb, name)).answers[-1].seq


def shown(app: AppTest) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", html_of(app))).split())


def bound(app: AppTest, name: str) -> str:
    """Key of the widget of the form or the desk that ends so."""
    drawn = (*app.text_input, *app.text_area, *app.selectbox, *app.button)
    return next(str(each.key) for each in drawn if str(each.key).startswith("rv_") and str(each.key).endswith(f"_{name}"))


def acting(app: AppTest, name: str) -> AppTest:
    app.session_state["acting_as"] = name
    return app.run()


def test_without_a_round_the_page_says_how_to_begin(visit: Open, kb: KnowledgeBase) -> None:
    app = visit()

    assert "There are no question rounds yet" in [each.value for each in app.header]


def test_a_facilitator_writes_a_round_adds_and_takes_out_questions_and_sends_it(visit: Open, kb: KnowledgeBase) -> None:
    app = visit()
    app.button(key="new_round").click().run()
    app.text_input(key=bound(app, "title")).set_value("Laws of bees")
    app.text_area(key=bound(app, "text0")).set_value("Which law helped?")
    app.button(key=bound(app, "title").replace("_title", "_add")).click().run()
    app.button(key=bound(app, "title").replace("_title", "_add")).click().run()
    app.text_area(key=bound(app, "text1")).set_value("Who pays?")
    app.text_area(key=bound(app, "text2")).set_value("Too much?")
    app.button(key=bound(app, "title").replace("_title", "_out2")).click().run()
    app.button(key=bound(app, "title").replace("_title", "_save")).click().run()
    assert "is no date" in app.error[0].value  # all it said stays, and can be mended
    app.text_input(key=bound(app, "due")).set_value("2099-12-20")
    app.button(key=bound(app, "title").replace("_title", "_save")).click().run()

    made = rounds.rounds(kb, actor=LOCAL_MEMBER)[0]
    assert [(each.key, each.text) for each in made.drafted.questions] == [("q1", "Which law helped?"), ("q2", "Who pays?")]
    assert app.query_params["round"] == made.id
    app.button(key="round_send").click().run()
    assert rounds.round_(kb, made.id, actor=LOCAL_MEMBER).state == "sent"
    assert not app.exception


def test_a_member_answers_with_passages_of_the_practice_and_submits(visit: Open, real: KnowledgeBase) -> None:
    told = sent(real)
    app = visit(round=told, r_case="new")
    app.selectbox(key=bound(app, "practice")).set_value(SEWA).run()
    assert "SEWA" in app.text_input(key=bound(app, "title")).value
    assert app.button(key="submit_case").disabled
    app.text_area(key=bound(app, "answer_q1")).set_value("The members came first.").run()
    app.selectbox(key=bound(app, "language")).set_value("en").run()
    next(each for each in app.button if str(each.key).startswith("pin_case_q1")).click().run()
    desk = answering.desk(real, told, actor=LOCAL_MEMBER)
    assert len(desk.draft.pins["q1"]) == 1
    app.button(key="submit_case").click().run()

    case = rounds.round_(real, told, actor=LOCAL_MEMBER).answers[0]
    assert (case.practice, case.answers, case.n_pins) == (SEWA, {"q1": "The members came first."}, 1)
    assert "The members came first." in shown(app)
    assert not app.exception


def test_a_second_window_is_told_that_the_case_was_kept_elsewhere(visit: Open, kb: KnowledgeBase) -> None:
    told = sent(kb)
    app = visit(round=told, r_case="new")
    answering.keep(kb, told, {"title": "Elsewhere"}, version=0, actor=LOCAL_MEMBER)
    app.run()
    assert "kept in another window" in app.warning[0].value

    app.button(key="case_reopen").click().run()
    assert app.text_input(key=bound(app, "title")).value == "Elsewhere"


def test_questions_replies_and_interest_stand_with_the_case(visit: Open, kb: KnowledgeBase) -> None:
    told = sent(kb)
    case = answered(kb, told, "ann")
    exchanging.ask(kb, told, case, "Which year?", actor=who(kb, "bo"))
    app = visit(round=told)
    app.button(key=f"vote_{case}").click().run()
    assert "interests 1 member: local" in shown(app)
    app.text_area(key=f"ask_text_{case}").set_value("And who pays?")
    next(each for each in app.button if each.label == "Ask").click().run()
    assert [each.text for each in rounds.round_(kb, told, actor=LOCAL_MEMBER).asked] == ["Which year?", "And who pays?"]
    assert "bo, House of Bo asks: Which year?" in shown(app)

    acting(app, "ann")
    assert f"vote_{case}" not in [each.key for each in app.button]
    number = rounds.round_(kb, told, actor=LOCAL_MEMBER).asked[0].seq
    app.text_area(key=f"reply_text_{number}").set_value("1999.")
    next(each for each in app.button if each.label == "Reply").click().run()
    assert "ann, House of Ann replies: 1999." in shown(app)


def test_the_list_says_what_waits_for_whom(visit: Open, kb: KnowledgeBase) -> None:
    told = sent(kb, asked=("House of Ann",))
    case = answered(kb, told, "ann")
    exchanging.ask(kb, told, case, "Which year?", actor=who(kb, "bo"))
    sent(kb, title="Only for Bo", asked=("House of Bo",))
    app = visit("ann")
    assert [each.value for each in app.caption if "question" in each.value] == ["1 question on your case"]
    acting(app, "bo")
    assert any(each.value.startswith("Your case is asked for") for each in app.caption)
    assert "new_round" not in [each.key for each in app.button]


def test_a_closed_round_has_a_brief_for_everybody_and_conclusions_stand_with_their_questions(
    visit: Open, kb: KnowledgeBase
) -> None:
    told = sent(kb)
    answered(kb, told, "ann")
    app = visit("bo", round=told)
    assert "compiled from the answers once the round is closed" in shown(app)
    acting(app, "")
    app.button(key="round_close").click().run()
    app.text_area(key="conclude_q1").set_value("Laws help.")
    next(each for each in app.button if each.label == "Conclude the round").click().run()

    assert "Conclusion: Laws help." in shown(app)
    acting(app, "bo")
    assert len(app.get("download_button")) == 5
    assert not app.exception


def test_answers_are_shown_question_by_question_where_the_address_says_so(visit: Open, kb: KnowledgeBase) -> None:
    told = sent(kb)
    for name in ("ann", "bo"):
        answered(kb, told, name)
    app = visit(round=told, r_view="question")

    assert shown(app).index("ann knows a law.") < shown(app).index("bo knows a law.") < shown(app).index("No case says anything")


def test_nothing_that_members_typed_becomes_markup(visit: Open, kb: KnowledgeBase) -> None:
    write(kb.partnerships.folder, partnership("sly", title=HOSTILE))
    made = rounds.draft(
        kb, HOSTILE[:300], questions=[HOSTILE, "Who pays?"], due="2099-12-20", axis=HOSTILE[:300], intro=HOSTILE,
        asked=[HOSTILE[:300]], partnership="sly", actor=LOCAL_MEMBER,
    )  # fmt: skip
    rounds.send(kb, made.id, actor=LOCAL_MEMBER)
    case = answered(kb, made.id, "ann", title=HOSTILE[:300], answers={"q1": HOSTILE})
    exchanging.ask(kb, made.id, case, HOSTILE, actor=who(kb, "bo"))
    for query in ({}, {"round": made.id}, {"round": made.id, "r_view": "question"}, {"round": made.id, "r_case": "new"}):
        app = visit(**query)
        tags = Tags(html_of(app))
        assert tags.names <= {*OUR_TAGS, "h2", "h3", "h4", "ol", "strong"}, query
        assert not {name for name in tags.attributes if name.startswith("on")}
        for element in (*app.markdown, *app.caption, *app.info):
            assert "![x]" not in element.value, query


def test_who_may_not_know_a_round_is_told_that_there_is_none(visit: Open, kb: KnowledgeBase) -> None:
    made = rounds.draft(kb, "Secret", questions=["?"], due="2099-12-20", actor=LOCAL_MEMBER)
    app = visit("ann")
    app.query_params["round"] = made.id
    app.run()

    assert "There is no question round" in app.error[0].value
    assert "Secret" not in shown(app)


def test_it_is_there_in_french(visit: Open, kb: KnowledgeBase) -> None:
    told = sent(kb)
    answered(kb, told, "ann")

    app = visit(locale="fr-FR", round=told)
    assert "Écrire votre cas" in [each.label for each in app.button]
    assert "Cas 1" in shown(app)


def test_the_address_names_a_case_by_its_figures_and_nothing_else() -> None:
    assert [case_of(said) for said in ("12", "", "new", "-1", "²", "1²", "1" * 30)] == [12, 0, 0, 0, 0, 0, 0]

"""Reviews side by side until they are concluded; how far panels agree; the rubrics they score with."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords
from sheets import SOUND
from streamlit.testing.v1 import AppTest

from kb.adapters.versioned_folder import rubrics_in
from kb.peers.agreement.estimate import Estimate, Why
from kb.peers.agreement.leniency import Leniency
from kb.peers.assessment.review import GateVerdict
from kb.peers.assessment.state import Stage
from kb.services.assessing import agreeing, concluding, opening, replying, reviewing, seats
from kb.services.assessing import reconciling as reconciling_service
from kb.services.assessing.loading import assessment_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from kb.ui import state
from kb.ui.components.assessing import agreement_words, leniency
from tests.assessed import DUE, RUBRIC, a_base, begun, draft, submitted, who
from tests.panels import RAW, review
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of
from tests.ui.test_work_pages import headers

ROOT = Path(__file__).parents[2]
OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x] </div>"
MORE_TAGS = {"h2", "h3", "h4", "strong", "ol"}


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, built_kb: Settings) -> Open:
    """Open a page as a member: ``visit("fay", "reconcile", id=…)``."""

    def come(name: str, page: str, *, locale: str = "en-GB", **query: str) -> AppTest:
        return act_as(open_app(built_kb, page, locale=locale, **query), name)

    return come


def reconciling(kb: KnowledgeBase, *, reply: str = "") -> str:
    """Two reviews: far apart on equity, and only one could tell reach."""
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 4, 4.5, 4, 4, 4)
    submitted(kb, told, "bo", 4, 1, None, 4, 3.5)
    if reply:
        replying.reply(kb, told, comments={"equity": reply}, general="", actor=who(kb, "olu"))
    replying.close_reply(kb, told, actor=who(kb, "fay"), why="no time")
    return told


def settle(app: AppTest, item: str, said: str, why: str) -> AppTest:
    next(each for each in app.get("button_group") if f"_{item}_" in str(each.key)).set_value(said)
    next(each for each in app.text_area if f"_{item}_" in str(each.key)).set_value(why)
    form = next(
        button for button in app.button if button.label == "Settle" and f"_{item}_" in str(button.key) + str(button.proto.form_id)
    )
    return form.click().run()


# reconcile


def test_without_an_assessment_the_way_to_the_list_is_shown(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    app = visit("ann", "reconcile")

    assert "No assessment was chosen" in app.info[0].value
    assert "All assessments" in labels_of(app)


def test_nobody_sees_a_review_before_the_own_one_is_there(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    version = draft(kb, told, "bo", review(1, 1, 1, 1, 1, secret="a secret of bo"))
    reviewing.submit(kb, told, version=version, actor=who(kb, "bo"))

    for name, sentence in (("ann", "once you have submitted yours"), ("fay", "no review to see"), ("sam", "no review to see")):
        app = visit(name, "reconcile", id=told)
        assert sentence in app.info[0].value
        assert "a secret of bo" not in html_of(app)


def test_those_far_apart_come_first_and_the_others_are_folded(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("fay", "reconcile", id=reconciling(kb, reply="We asked all."))

    words = html_of(app)
    assert "far apart on 1 question" in app.warning[0].value
    assert words.index("section-wide") < words.index("section-mixed") < words.index("section-rest")
    assert words.index("section-wide") < words.index("How is equity?") < words.index("section-mixed")
    assert words.index("section-mixed") < words.index("How is reach?") < words.index("section-rest")
    assert "3.5 points apart: 1 and 4.5" in words
    assert "We asked all." in words
    folded = [each.label for each in app.expander]
    assert "effectiveness\\: 4 · 4" in folded
    assert "relevance\\: Yes · Yes" in folded


def test_what_is_settled_says_who_and_why_and_then_it_is_concluded(visit: Open, kb: KnowledgeBase) -> None:
    told = reconciling(kb)
    app = visit("fay", "reconcile", id=told)
    assert "To be settled before: equity." in html_of(app)
    settle(app, "equity", "3.5", "")
    assert app.error

    settle(app, "equity", "3.5", "The figures of 2025 convince both.")
    words = html_of(app)
    assert "The figures of 2025 convince both." in words
    assert "fay · " in words
    assert "is settled" in app.success[1].value
    assert "Promising" in words or "Validated" in words or "Candidate" in words
    assert "Stages of evidence" in words
    press(app, "Conclude it now")

    assert assessment_for(kb, told, actor=who(kb, "fay")).stage is Stage.CONCLUDED
    assert any("Concluded on" in each.value for each in app.success)
    assert not [button for button in app.button if button.label in ("Settle", "Conclude it now")]


def test_a_gate_answered_yes_and_no_is_settled_by_the_panel(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    for name, verdict in (("ann", GateVerdict.YES), ("bo", GateVerdict.NO)):
        version = draft(kb, told, name, review(4, 4, 4, 4, 4, gates=(GateVerdict.YES, verdict)))
        reviewing.submit(kb, told, version=version, actor=who(kb, name))
    replying.close_reply(kb, told, actor=who(kb, "fay"), why="no time")
    app = visit("ann", "reconcile", id=told)

    settle(app, "ethics", "yes", "Consent is in the annex.")

    settled = assessment_for(kb, told, actor=who(kb, "ann")).settled["ethics"]
    assert (settled.settled.verdict, settled.member) == (GateVerdict.YES, "ann")
    assert "A facilitator concludes it." in html_of(app)


def test_a_result_that_changed_meanwhile_is_not_concluded(visit: Open, kb: KnowledgeBase) -> None:
    told = reconciling(kb)
    reconciling_service.settle(kb, told, "equity", rating="scored", score=4, reason="Talked.", actor=who(kb, "ann"))
    app = visit("fay", "reconcile", id=told)
    reconciling_service.settle(kb, told, "equity", rating="scored", score=0.5, reason="Talked again.", actor=who(kb, "bo"))

    press(app, "Conclude it now")

    assert app.error
    assert assessment_for(kb, told, actor=who(kb, "fay")).stage is Stage.RECONCILING


def test_a_third_reviewer_is_asked_and_awaited(visit: Open, kb: KnowledgeBase) -> None:
    told = reconciling(kb)
    app = visit("fay", "reconcile", id=told)
    app.session_state["third"] = True
    app.run()
    assert set(app.selectbox(key="third_reviewer").options) == {"cy", "local"}

    app.selectbox(key="third_reviewer").select("cy").run()
    app.button(key="third_invite").click().run()

    seat = assessment_for(kb, told, actor=who(kb, "fay")).seat("cy")
    assert seat is not None
    assert seat.is_third
    assert "Reviews are awaited of cy." in html_of(app)
    assert "once you have submitted yours" in visit("cy", "reconcile", id=told).info[0].value


def test_who_is_of_no_panel_changes_nothing(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("olu", "reconcile", id=reconciling(kb))

    assert "Reviewer 1" in html_of(app)
    assert "House of Ann" not in html_of(app)
    assert ">ann<" not in html_of(app)
    assert not [button for button in app.button if button.label in ("Settle", "Conclude it now", "Invite")]


def test_what_members_typed_stays_text(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 4, 4.5, 4, 4, 4, secret=HOSTILE)
    submitted(kb, told, "bo", 4, 1, None, 4, 4, secret=HOSTILE)
    replying.reply(kb, told, comments={"equity": HOSTILE}, general="", actor=who(kb, "olu"))
    replying.close_reply(kb, told, actor=who(kb, "fay"))

    app = visit("fay", "reconcile", id=told)

    assert "&lt;img src=x" in html_of(app)
    assert Tags(html_of(app)).names <= OUR_TAGS | MORE_TAGS
    assert not [each.value for each in app.markdown if "onerror" in each.value]


# agreement


def panels(kb: KnowledgeBase, n: int) -> None:
    """``n`` practices, each scored by ann and bo: alike on effectiveness, bo a point lower on equity."""
    fay = who(kb, "fay")
    for at in range(n):
        name = f"bee-path-{at}" if at else "bee-path"
        if at:
            sheet = SOUND.replace("practice: bee-path", f"practice: {name}")
            (kb.practices.folder / f"{name}.yaml").write_text(sheet, encoding="utf-8")
        told = opening.open_assessment(kb, name, RUBRIC, due=DUE, actor=fay)
        for reviewer in ("ann", "bo"):
            opening.invite(kb, told, reviewer, actor=fay)
            seats.accept(kb, told, actor=who(kb, reviewer))
        opening.begin(kb, told, actor=fay)
        for reviewer, less in (("ann", 0), ("bo", 1)):
            scores = (float(at % 5), 4.0 - at % 2 - less, 3.0, 3.0, None)
            said = review(*scores)
            actor = who(kb, reviewer)
            desk = reviewing.desk(kb, told, actor=actor)
            for item, answer in {**said.gates, **said.answers}.items():
                bare = answer.model_copy(update={"pins": ()})
                desk = reviewing.keep_answer(kb, told, item, bare, version=desk.version, actor=actor)
            reviewing.submit(kb, told, version=desk.version, actor=actor)


def test_before_the_first_assessment_agreement_says_what_it_needs(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("fay", "agreement")

    assert "There is no assessment yet" in app.info[0].value


def test_one_practice_tells_nothing_and_that_is_said(visit: Open, kb: KnowledgeBase) -> None:
    panels(kb, 1)
    app = visit("fay", "agreement")

    assert "only one practice" in app.info[0].value
    assert "Only one practice was scored by two" in html_of(app)
    assert not app.get("vega_lite_chart")
    assert any("It needs two practices" in each.value for each in app.markdown)


def test_agreement_is_told_as_chart_words_and_table_with_the_same_numbers(visit: Open, kb: KnowledgeBase) -> None:
    panels(kb, 4)
    app = visit("fay", "agreement")

    found = {each.criterion: each for each in agreeing.agreement(kb, RUBRIC, actor=who(kb, "fay")).criteria}
    words = html_of(app)
    (chart,) = app.get("vega_lite_chart")
    told = agreement_words.figure(found["equity"].alpha)
    assert found["effectiveness"].alpha.value == pytest.approx(1)
    assert "They agree well" in words
    assert f"equity: {told}" in chart.proto.alt
    assert f">{told}<" in words
    assert "Everybody gave the same score throughout" in words
    assert "−1" in words
    assert "+1" in words
    assert "It rests on 4 practices in 4 assessments." in [each.value for each in app.markdown]


def test_who_knows_no_reviewer_sees_no_pair_and_no_difference(visit: Open, kb: KnowledgeBase) -> None:
    panels(kb, 2)
    for told in ("bee-path-1", "bee-path-1-1"):
        replying.close_reply(kb, told, actor=who(kb, "fay"), why="no time")
        concluding.conclude(kb, told, actor=who(kb, "fay"))

    app = visit("sam", "agreement")

    assert "ann" not in html_of(app)
    assert any("you know no reviewer by name" in each.value for each in app.caption)
    assert not app.expander


@pytest.mark.parametrize(
    ("estimate", "sentence", "caution"),
    [
        (Estimate(0.9, 0.85, 0.95, 20, 20), "They agree well", ""),
        (Estimate(0.9, 0.5, 0.95, 20, 20), "They agree well", "It may be as low as 0.5."),
        (Estimate(0.7, 0.68, 0.75, 20, 20), "They agree fairly", ""),
        (Estimate(0.2, None, None, 20, 20), "They disagree too much", ""),
        (Estimate(None, why=Why.ALIKE), "The practices do not differ", ""),
        (Estimate(None, why=Why.NO_PAIRS), "No two reviewers", ""),
    ],
)
def test_a_coefficient_is_told_in_plain_words(estimate: Estimate, sentence: str, caution: str) -> None:
    assert agreement_words.meaning(estimate).startswith(sentence)
    assert agreement_words.caution(estimate) == caution
    assert agreement_words.figure(Estimate(0.8125, 0.6, 0.95)) == "0.81 (0.6 to 0.95)"
    assert agreement_words.figure(Estimate(None)) == "–"


@pytest.mark.parametrize(("value", "told"), [(0.5, "+0.5"), (-0.254, "−0.25"), (0.0, "0"), (-0.001, "0"), (2.0, "+2")])
def test_a_difference_has_its_sign(value: float, told: str) -> None:
    assert leniency.signed(value) == told


@pytest.mark.parametrize(
    ("value", "css"), [(2.0, "kb-above-3"), (-2.0, "kb-below-3"), (9.0, "kb-above-3"), (0.7, "kb-above-1"), (0.1, "")]
)
def test_a_shade_says_what_the_number_says(value: float, css: str) -> None:
    cell = leniency._cell(Leniency("ann", value, 3), 2.0)

    assert (css in cell) if css else ("kb-above" not in cell)
    assert math.isclose(abs(value), abs(float(cell.split(">")[1].split("<")[0].replace("−", "-"))), abs_tol=0.01)


# rubrics


def test_rubrics_are_listed_with_version_use_and_faults(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    (kb.rubrics.folder / "broken.yaml").write_text("rubric: broken\n", encoding="utf-8")
    app = visit("fay", "rubrics")

    words = html_of(app)
    assert "Version 1" in words
    assert "In use by 1 assessment" in words
    assert "In no assessment yet" in words
    assert any("cannot be used before" in each.value for each in app.warning)
    app.button(key="open_small").click().run()
    assert app.query_params["rubric"] == "small"
    assert "A small rubric" in html_of(app)


def test_a_rubric_is_shown_whole(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    words = html_of(visit("fay", "rubrics", rubric="small"))

    for said in (
        *("Does ethics hold?", "How is equity?", "nothing", "Every gate is answered yes.", "No scored criterion is below 3."),
        *(
            "The mean of “Core” is at least 3.5.",
            "Every criterion of “Core” is scored.",
            "At least 80 % of all criteria are scored.",
        ),
        *("A gate is answered no: Not recommended", "set by the editors on November 22, 2026", "Impact at least", "A grid"),
        *("scores from 0 to 5 in steps of 0.5", "about 10 minutes", "reviewers 2 points apart have to talk"),
    ):
        assert said in words, said
    assert Tags(words).names <= OUR_TAGS | MORE_TAGS


def test_the_version_in_use_and_the_changed_one_are_both_there(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    changed = json.dumps({**RAW, "version": 2, "title": "A larger rubric"})
    (kb.rubrics.folder / "small.yaml").write_text(changed, encoding="utf-8")

    assert "A larger rubric" in html_of(visit("fay", "rubrics", rubric="small"))
    app = visit("fay", "rubrics", rubric="small", version="1")
    assert "A small rubric" in html_of(app)
    assert any("never changed" in each.value for each in app.caption)


def test_a_rubric_in_use_that_was_changed_says_so(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    (kb.rubrics.folder / "small.yaml").write_text(json.dumps({**RAW, "minutes": 11}), encoding="utf-8")

    app = visit("fay", "rubrics", rubric="small")

    assert "cannot be used before it is mended" in app.warning[0].value
    assert "is in use since" in html_of(app)


def test_without_a_rubric_the_page_says_where_they_lie(
    visit: Open, kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = replace(kb, rubrics=rubrics_in(tmp_path / "none"))
    monkeypatch.setattr(state, "kb", lambda: bare)

    app = visit("fay", "rubrics")

    assert "There are no rubrics yet" in headers(app)
    assert "kb rubric check" in app.code[0].value


@pytest.mark.parametrize(("page", "title"), [("agreement", "Accord"), ("rubrics", "Grilles")])
def test_the_pages_speak_french(visit: Open, kb: KnowledgeBase, page: str, title: str) -> None:
    panels(kb, 2)
    app = visit("fay", page, locale="fr-FR")

    assert app.title[0].value.startswith(title)
    assert LOCAL_MEMBER.name not in html_of(app)

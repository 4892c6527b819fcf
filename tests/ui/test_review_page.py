"""A member's own review: one question at a time, kept at each change, submitted when nothing is missing, then read only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.adapters.versioned_folder import rubrics_in
from kb.peers.assessment.review import Confidence, GateVerdict, Rating, Stance
from kb.peers.assessment.state import SeatState, Stage
from kb.services import members
from kb.services.assessing import opening, reviewing, seats
from kb.services.assessing.loading import assessment_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from kb.ui import state
from kb.ui.components.assessing.review_steps import END
from tests.assessed import DUE, PRACTICE, RUBRIC, a_base, begun, draft, who
from tests.panels import review
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of
from tests.ui.test_work_pages import headers

ROOT = Path(__file__).parents[2]
OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x] </div>"
CESENA = "cesena-bee-path"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def real(practices_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """The sheets, documents and rubrics of the corpus, ingested, and a panel of two for a practice; records of the test's own."""
    made = replace(practices_kb, records=FakeRecords(), rubrics=rubrics_in(ROOT / "corpus" / "rubrics"))
    monkeypatch.setattr(state, "kb", lambda: made)
    for name in ("ann", "bo"):
        members.add(made, name, organisation=f"House of {name}", country="PT", roles=[Role.REVIEWER], actor=LOCAL_MEMBER)
    told = opening.open_assessment(made, CESENA, "plp-good-practice", due=DUE, actor=LOCAL_MEMBER)
    for name in ("ann", "bo"):
        opening.invite(made, told, name, actor=LOCAL_MEMBER)
        seats.accept(made, told, actor=who(made, name))
    opening.begin(made, told, actor=LOCAL_MEMBER)
    return made


@pytest.fixture
def visit(open_app: OpenApp, built_kb: Settings) -> Open:
    """Open the page as a member: ``visit("ann", id=…, item=…)``."""

    def come(name: str, *, locale: str = "en-GB", **query: str) -> AppTest:
        return act_as(open_app(built_kb, "review", locale=locale, **query), name)

    return come


def desk(kb: KnowledgeBase, assessment: str, name: str = "ann") -> reviewing.Desk:
    return reviewing.desk(kb, assessment, actor=who(kb, name))


def widget(app: AppTest, item: str, field: str) -> Any:
    kinds = ("button_group", "text_area", "checkbox", "selectbox")
    return next(each for kind in kinds for each in app.get(kind) if str(each.key).endswith(f"_{item}_{field}"))


def choose(app: AppTest, item: str, field: str, value: str) -> AppTest:
    return widget(app, item, field).set_value(value).run()


def write(app: AppTest, item: str, words: str) -> AppTest:
    return widget(app, item, "reason").set_value(words).run()


def progress(app: AppTest) -> str:
    return str(app.get("progress")[0].proto.text)


# none


def test_without_an_assessment_the_way_to_the_list_is_shown(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")
    app = visit("ann")

    assert "No assessment was chosen" in app.info[0].value
    assert "All assessments" in labels_of(app)


@pytest.mark.parametrize(("name", "sentence"), [("cy", "no seat on the panel"), ("sam", "this needs the role reviewer")])
def test_who_has_no_seat_is_told_so(visit: Open, kb: KnowledgeBase, name: str, sentence: str) -> None:
    app = visit(name, id=begun(kb, "ann", "bo"))

    assert sentence in app.error[0].value.replace("\\", "")


# writing


def test_it_begins_with_the_first_question_and_turns_to_the_next(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("ann", id=begun(kb, "ann", "bo"))
    assert "Does relevance hold?" in html_of(app)
    assert progress(app).startswith("0 of 7 answered")
    assert app.button(key="step_back_top").disabled

    app.button(key="step_on_top").click().run()
    assert "Does ethics hold?" in html_of(app)
    assert app.query_params["item"] == "ethics"
    app.button(key=f"outline_1_{END}").click().run()
    assert "Submit" in headers(app)
    assert app.button(key="step_on_top").disabled


def test_every_change_is_kept_at_once_and_comes_back(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    app = visit("ann", id=told, item="equity")
    choose(app, "equity", "score", "3.5")
    write(app, "equity", "They say so.")
    choose(app, "equity", "confidence", "high")
    kept = desk(kb, told).review.answers["equity"]
    assert (kept.rating, kept.score, kept.reason, kept.confidence) == (Rating.SCORED, 3.5, "They say so.", Confidence.HIGH)
    assert progress(app).startswith("1 of 7 answered")

    app.button(key="step_on_top").click().run()
    app.button(key="step_back_top").click().run()
    assert widget(app, "equity", "reason").value == "They say so."
    again = visit("ann", id=told, item="equity")
    assert widget(again, "equity", "reason").value == "They say so."


def test_a_gate_is_answered_and_a_score_taken_back(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    app = visit("ann", id=told, item="ethics")
    choose(app, "ethics", "verdict", "no")
    assert desk(kb, told).review.gates["ethics"].verdict is GateVerdict.NO

    app.button(key="outline_1_reach").click().run()
    choose(app, "reach", "score", "2")
    widget(app, "reach", "score").set_value(None).run()
    assert desk(kb, told).review.answers["reach"].rating is None
    choose(app, "reach", "score", "not-assessable")
    answer = desk(kb, told).review.answers["reach"]
    assert (answer.rating, answer.score) == (Rating.NOT_ASSESSABLE, None)


def test_the_levels_beside_a_score_are_marked(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("ann", id=begun(kb, "ann", "bo"), item="equity")
    assert "kb-chosen" not in html_of(app)

    choose(app, "equity", "score", "5")
    assert html_of(app).count('class="kb-chosen"') == 1
    choose(app, "equity", "score", "3.5")

    assert html_of(app).count('class="kb-chosen"') == 2
    assert html_of(app).count("Your score: 3.5") == 2


def test_one_review_in_two_windows_loses_nothing(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    app = visit("ann", id=told, item="equity")
    write(app, "equity", "From this window.")
    before = desk(kb, told)
    reviewing.keep_answer(kb, told, "reach", {"reason": "From the other."}, version=before.version, actor=who(kb, "ann"))

    write(app, "equity", "Changed here.")
    assert "kept elsewhere meanwhile" in app.error[0].value
    assert "kept in another window" in app.warning[0].value
    assert widget(app, "equity", "reason").value == "Changed here."
    assert desk(kb, told).review.answers["equity"].reason == "From this window."

    app.button(key="review_reopen").click().run()
    assert widget(app, "equity", "reason").value == "From this window."
    write(app, "equity", "Changed at last.")
    assert desk(kb, told).review.answers["equity"].reason == "Changed at last."
    assert desk(kb, told).review.answers["reach"].reason == "From the other."


def test_a_draft_of_another_member_is_never_seen(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    draft(kb, told, "bo", review(1, 1, 1, 1, 1, secret="a secret of bo"))

    for item in ("ethics", "equity", END):
        app = visit("ann", id=told, item=item)
        assert "a secret of bo" not in html_of(app)
        assert "a secret of bo" not in [each.value for each in app.text_area]


def test_without_an_index_the_review_goes_on_without_passages(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("ann", id=begun(kb, "ann", "bo"), item="equity")

    assert any("as soon as documents are read" in each.value for each in app.info)
    assert widget(app, "equity", "reason") is not None


# passages


def test_passages_are_found_pinned_and_taken_out(visit: Open, real: KnowledgeBase) -> None:
    told = f"{CESENA}-1"
    app = visit("ann", id=told, item="effectiveness")
    found = [button for button in app.button if str(button.key).startswith("pin_for_")]
    assert len(found) > 1
    assert html_of(app).count('class="kb-quote"') == len(found)
    widget(app, "effectiveness", "none").check().run()
    assert desk(real, told).review.answers["effectiveness"].none_found

    next(button for button in app.button if str(button.key).startswith("pin_against_")).click().run()
    answer = desk(real, told).review.answers["effectiveness"]
    assert [pin.stance for pin in answer.pins] == [Stance.AGAINST]
    assert not answer.none_found
    assert "Against" in html_of(app)

    next(button for button in app.button if str(button.key).startswith("unpin_")).click().run()
    assert desk(real, told).review.answers["effectiveness"].pins == ()


def test_another_question_is_asked_of_the_practices_own_documents_only(visit: Open, real: KnowledgeBase) -> None:
    app = visit("ann", id=f"{CESENA}-1", item="effectiveness", ask="cooperatives in India")
    practice = desk(real, f"{CESENA}-1").practice
    assert practice is not None
    shown = [parse_qs(each.proto.query_string)["id"][0] for each in app.get("page_link") if "passage=" in each.proto.query_string]

    assert shown
    assert set(shown) <= {practice.document_id, *(each.id for each in practice.documents)}
    app.button(key="step_on_top").click().run()
    assert app.text_input(key="ask").value == ""


def test_the_sheet_is_quoted_and_what_it_does_not_say_is_said(visit: Open, real: KnowledgeBase) -> None:
    words = html_of(visit("ann", id=f"{CESENA}-1", item="effectiveness"))

    assert "A Cesena le tre azioni sono state realizzate" in words
    assert "arnie nei parchi di Cesena: 2 arnie" in words
    assert "Unknown" in words


def test_comparable_practices_are_told_once_they_are_asked_for(visit: Open, real: KnowledgeBase) -> None:
    app = visit("ann", id=f"{CESENA}-1", item="effectiveness")
    before = html_of(app)
    app.session_state["comparable_effectiveness"] = True
    app.run()

    assert html_of(app).count('<h3 class="kb-heading"') == 3
    assert '<h3 class="kb-heading"' not in before


# submitting


def test_what_is_missing_is_listed_and_leads_to_its_question(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    reviewing.keep_answer(kb, told, "equity", {"rating": "scored", "score": 2}, version=0, actor=who(kb, "ann"))
    app = visit("ann", id=told, item=END)

    assert "7 questions are not answered yet" in app.info[0].value
    line = app.button(key="found_lack_equity")
    assert "has no reason" in line.label
    assert "does not say how sure you are" in line.label
    assert "1 score has no passage" in app.warning[0].value
    assert app.button(key="submit_off").disabled
    line.click().run()
    assert "How is equity?" in html_of(app)


def test_a_review_is_submitted_with_a_comment_and_stays_as_it_is(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    draft(kb, told, "ann", review(4, 4, 4, None, 4))
    app = visit("ann", id=told)
    assert "Everything is answered." in [each.value for each in app.markdown]
    widget(app, END, "comment").set_value("Well done.").run()
    press(app, "Submit it now")

    now = desk(kb, told)
    assert now.is_submitted
    assert now.review.comment == "Well done."
    assert any("You submitted this review" in each.value for each in app.success)
    assert "Well done." in html_of(app)
    app.button(key="outline_1_equity").click().run()
    assert not app.text_area
    assert "as it stands" in html_of(app)
    assert not [button for button in app.button if str(button.key).startswith(("pin_", "unpin_"))]


def test_a_review_waits_for_the_reviewing_to_begin(visit: Open, kb: KnowledgeBase) -> None:
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "fay"))
    opening.invite(kb, told, "ann", actor=who(kb, "fay"))
    app = visit("ann", id=told, item=END)
    press(app, "Accept")
    seat = assessment_for(kb, told, actor=who(kb, "ann")).seat("ann")
    assert seat is not None
    assert seat.state is SeatState.ACCEPTED
    assert assessment_for(kb, told, actor=who(kb, "ann")).stage is Stage.OPENED
    assert any("has not begun yet" in each.value for each in app.info)

    draft(kb, told, "ann", review(4, 4, 4, 4, 4))
    app = visit("ann", id=told, item=END)
    assert app.button(key="submit_off").disabled


# words


def test_what_a_reviewer_typed_stays_text(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    version = draft(kb, told, "ann", review(4, 4, 4, 4, 4, secret=HOSTILE))
    reviewing.submit(kb, told, version=version, actor=who(kb, "ann"))

    for item in ("ethics", "equity", END):
        app = visit("ann", id=told, item=item)
        assert "&lt;img src=x" in html_of(app)
        assert Tags(html_of(app)).names <= OUR_TAGS | {"h2", "h3", "strong"}
        assert not [each.value for each in app.markdown if "onerror" in each.value]


def test_the_page_speaks_french(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("ann", locale="fr-FR", id=begun(kb, "ann", "bo"), item="equity")

    assert "Avis : " in html_of(app)
    assert app.button(key="step_on_top").label == "Suivant"
    assert progress(app).startswith("0 réponse sur 7")

"""Assessments and one assessment in their faces: none, each stage, each reader; in French; with hostile words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.peers.assessment.state import SeatState, Stage
from kb.retrieval.passage import Visibility
from kb.services.assessing import concluding, listing, opening, reconciling, replying, reviewing, seats, viewing
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings
from kb.ui import state
from tests.assessed import BEES, BEES_SAY, DUE, LEDGER, PRACTICE, RUBRIC, a_base, begun, draft, put, submitted, who
from tests.panels import review
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of, labels_of
from tests.ui.test_work_pages import headers

OpenApp = Callable[..., AppTest]
Open = Callable[..., AppTest]
SECRET = "sentinel-of-a-review"
HOSTILE = "<img src=x onerror=alert(1)> [go](javascript:alert(2)) :red[x] </div><style>*{}</style>"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, kb: KnowledgeBase, built_kb: Settings) -> Open:  # kb is what the app works on
    """Open a page as a member: ``visit("fay", "assessment", id=…)``."""

    def come(name: str, page: str, *, locale: str = "en-GB", **query: str | list[str]) -> AppTest:
        app = open_app(built_kb, page, locale=locale, **query)
        return act_as(app, name) if name != LOCAL_MEMBER.name else app

    return come


def whole(app: AppTest) -> str:
    """Every word that was sent to the browser, without the style sheet."""
    sent = [str(getattr(element, "proto", "")) for kind in KINDS for element in app.get(kind)]
    return "\n".join(each for each in sent if "<style>" not in each)


KINDS = (
    *("html", "markdown", "text", "caption", "header", "subheader", "title", "info", "warning", "error", "success", "button"),
    *("selectbox", "text_area", "text_input", "expander", "page_link", "multiselect", "download_button", "vega_lite_chart"),
)


def reconciling_one(kb: KnowledgeBase, *, secret: str = "as it stands") -> str:
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 4, 4, 4, 4, 4, secret=secret)
    submitted(kb, told, "bo", 4, 1, 4, None, 4, secret=secret)
    replying.reply(kb, told, comments={"equity": "We asked all schools."}, general="Thank you.", actor=who(kb, "olu"))
    replying.close_reply(kb, told, actor=who(kb, "fay"))
    return told


def concluded_one(kb: KnowledgeBase, *, secret: str = "as it stands") -> str:
    told = reconciling_one(kb, secret=secret)
    fay = who(kb, "fay")
    reconciling.settle(kb, told, "equity", rating="scored", score=3.5, reason="We looked again.", actor=fay)
    concluding.conclude(kb, told, actor=fay)
    return told


# none


def test_without_an_assessment_a_facilitator_is_led_to_the_first_one(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("fay", "assessments")
    assert "There are no assessments yet" in headers(app)

    app.selectbox(key="ao_practice").select(PRACTICE)
    app.text_input(key="ao_due").set_value(DUE)
    press(app, "Open the assessment")

    assert "Now invite the reviewers" in app.success[0].value
    (opened,) = listing.assessments(kb, actor=who(kb, "fay"))
    assert (opened.practice, opened.rubric, opened.stage) == (PRACTICE, RUBRIC, Stage.OPENED)
    assert "1 open assessment" in headers(app)
    assert "Invite the panel, then begin the reviewing." in html_of(app)


def test_without_an_assessment_a_reviewer_is_told_to_wait(visit: Open) -> None:
    app = visit("ann", "assessments")

    assert any("A facilitator opens the first one" in each.value for each in app.markdown)
    assert not app.get("form_submit_button")


def test_what_is_wrong_with_an_opening_is_said_and_nothing_is_lost(visit: Open, kb: KnowledgeBase) -> None:
    app = visit("fay", "assessments")

    app.selectbox(key="ao_practice").select(PRACTICE)
    app.text_input(key="ao_due").set_value("soon")
    press(app, "Open the assessment")

    assert "no date such as" in app.error[0].value
    assert app.selectbox(key="ao_practice").value == PRACTICE
    assert listing.assessments(kb, actor=who(kb, "fay")) == []


def test_no_assessment_chosen_and_an_unknown_one_are_said(visit: Open) -> None:
    assert "No assessment was chosen" in visit("ann", "assessment").info[0].value
    assert "There is no assessment" in visit("ann", "assessment", id="nothing-1").error[0].value


# the list


def test_what_waits_for_each_stands_first(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 4, 4, 4, 4, 4)

    assert "Your review is awaited." in html_of(visit("bo", "assessments"))
    assert "Nothing waits for you." in html_of(visit("ann", "assessments"))
    submitted(kb, told, "bo", 4, 1, 4, None, 4)
    assert "You may reply for the owner." in html_of(visit("olu", "assessments"))


def test_filters_stand_in_the_address(visit: Open, kb: KnowledgeBase) -> None:
    begun(kb, "ann", "bo")

    app = visit("fay", "assessments", a_stage=["concluded"])
    assert "No assessment matches these filters." in app.warning[0].value
    assert app.query_params["a_stage"] == "concluded"

    app.button(key="a_clear").click().run()
    assert "1 open assessment" in headers(app)


def test_a_concluded_one_is_listed_with_its_label_and_its_gaps(visit: Open, kb: KnowledgeBase) -> None:
    concluded_one(kb)

    app = visit("fay", "assessments")

    assert "1 concluded assessment" in headers(app)
    assert re.search(r'<th scope="row"><a href="assessment\?id=bee-path-1&amp;lang=en">', html_of(app))
    assert "4 of 5" in html_of(app) or "5 of 5" in html_of(app)


# one assessment: the panel


def test_a_facilitator_invites_and_begins_and_sees_who_cannot_be_asked_and_why(visit: Open, kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    app = visit("fay", "assessment", id=told)
    assert "2 more reviewers are needed." in html_of(app)
    assert re.search(r"<li>olu<br>[^/]*of the owner’s organisation", html_of(app))
    assert "olu" not in invitation(app).options

    for name in ("ann", "bo"):
        choose(app, name)
        press(app, "Invite")
    assert [seat.member for seat in viewing.assessment(kb, told, actor=fay).assessment.seats] == ["ann", "bo"]
    press(app, "Begin the reviewing")
    assert viewing.assessment(kb, told, actor=fay).assessment.stage is Stage.REVIEWING


def test_a_warning_is_said_before_somebody_is_invited_all_the_same(visit: Open, kb: KnowledgeBase) -> None:
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "cy"))
    app = visit("cy", "assessment", id=told)

    choose(app, "cy")

    assert "Think twice" in app.warning[0].value
    press(app, "Invite all the same")
    assert viewing.assessment(kb, told, actor=who(kb, "fay")).assessment.seats[0].warnings


def invitation(app: AppTest) -> object:
    return next(each for each in app.selectbox if str(each.key).startswith("invite_"))


def choose(app: AppTest, name: str) -> None:
    box = next(each for each in app.selectbox if str(each.key).startswith("invite_"))
    box.select(next(option for option in box.options if option.split(" · ")[0] == name)).run()


def test_an_invitation_is_accepted_or_declined_with_a_reason(visit: Open, kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    for name in ("ann", "bo"):
        opening.invite(kb, told, name, actor=fay)

    press(visit("ann", "assessment", id=told), "Accept")
    app = visit("bo", "assessment", id=told)
    app.text_area(key="decline_why").set_value("No time")
    press(app, "Decline")

    seats_now = viewing.assessment(kb, told, actor=fay).assessment.seats
    assert [seat.state for seat in seats_now] == [SeatState.ACCEPTED, SeatState.DECLINED]
    assert seats_now[1].why == "No time"


def test_it_is_cancelled_with_a_reason_only(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    app = visit("fay", "assessment", id=told)

    cancel = next(each for each in app.button if each.label == "Cancel the assessment")
    cancel.click().run()
    assert "Say why the assessment is cancelled" in app.error[0].value

    app.text_area(key="cancel_why").set_value("The practice has ended.")
    next(each for each in app.button if each.label == "Cancel the assessment").click().run()
    assert "The practice has ended." in html_of(app)
    assert "1 cancelled assessment" in headers(visit("fay", "assessments"))


# who sees what


@pytest.mark.parametrize("reader", ["bo", "fay", "olu", "sam", "cy", LOCAL_MEMBER.name])
@pytest.mark.parametrize("page", ["assessments", "assessment"])
def test_no_word_of_a_review_reaches_a_page_before_its_time(visit: Open, kb: KnowledgeBase, reader: str, page: str) -> None:
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 4, 4.5, 4, 4, 4, secret=SECRET)
    draft(kb, told, "bo", review(1, 1, 1, 1, 1, secret="a draft of one's own"))

    app = visit(reader, page, id=told)

    assert SECRET not in whole(app)
    assert "4.5" not in whole(app)
    assert BEES_SAY[0] not in whole(app)
    if reader != "bo":
        assert "a draft of one's own" not in whole(app)


def test_the_same_page_shows_it_to_who_wrote_it(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    submitted(kb, told, "ann", 4, 4.5, 4, 4, 4, secret=SECRET)

    app = visit("ann", "assessment", id=told)

    assert "4.5" in html_of(app)
    unfold(app)
    assert SECRET in whole(app)


def unfold(app: AppTest) -> AppTest:
    for key in [each.key for each in app.get("expander") if str(each.key or "").startswith("said_")] or [
        "said_0",
        "said_1",
        "said_2",
    ]:
        app.session_state[key] = True
    return app.run()


def test_the_owner_sees_no_reviewers_name(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(kb, told, name, 4, 4, 4, 4, 4, secret=SECRET)

    app = unfold(visit("olu", "assessment", id=told))
    words = html_of(app)

    assert SECRET in words
    assert "Reviewer 1" in words
    assert not re.search(r"\b(ann|bo|House of Ann|House of Bo)\b", words)


def test_the_owner_replies_criterion_by_criterion_and_can_change_it(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "ann", "bo")
    for name in ("ann", "bo"):
        submitted(kb, told, name, 4, 4, 4, 4, 4)
    app = visit("olu", "assessment", id=told)

    app.text_area(key="reply_general").set_value("Thank you.")
    app.text_area(key="reply_equity").set_value("We asked all schools.")
    press(app, "Send the reply")

    reply = viewing.assessment(kb, told, actor=who(kb, "fay")).assessment.reply
    assert reply is not None
    assert (reply.general, dict(reply.comments)) == ("Thank you.", {"equity": "We asked all schools."})
    assert "We asked all schools." in html_of(app)
    assert app.text_area(key="reply_equity").value == "We asked all schools."


# what it came to


def test_a_concluded_one_says_label_date_coverage_and_why_no_better(visit: Open, kb: KnowledgeBase) -> None:
    told = concluded_one(kb)
    view = viewing.assessment(kb, told, actor=who(kb, "ann"))
    assert view.outcome is not None

    words = html_of(visit("ann", "assessment", id=told))

    n, all_ = view.outcome.coverage
    assert f"{n} of {all_} criteria" in words
    assert f">{view.outcome.panel}<" in words
    assert "To be looked at again" in words
    assert "Agreed by the panel" in words
    assert 'href="#evidence-1"' in words
    assert 'id="evidence-1"' in words


def test_passages_of_a_document_that_is_not_for_the_reader_are_counted_and_not_shown(visit: Open, kb: KnowledgeBase) -> None:
    told = begun(kb, "cy", "bo")
    version = draft(kb, told, "cy", review(4, 4, 4, 4, 4), path=LEDGER)
    reviewing.submit(kb, told, version=version, actor=who(kb, "cy"))
    submitted(kb, told, "bo", 4, 4, 4, 4, 4)

    shown = whole(visit("bo", "assessment", id=told))

    assert "1 passage that you may not see" in shown
    assert "secret ledger" not in shown
    assert "secret ledger" in whole(visit("cy", "assessment", id=told))


def test_a_score_whose_document_changed_is_looked_at_again_by_its_reviewer(visit: Open, kb: KnowledgeBase) -> None:
    told = concluded_one(kb)
    assert "Scores to look at again" not in html_of(visit("ann", "assessment", id=told))
    put(kb, BEES, *BEES_SAY, "and a new line")

    assert "stale score" in " ".join(headers(visit("fay", "assessments")))
    app = visit("ann", "assessment", id=told)
    assert "Scores to look at again" in html_of(app)
    app.text_area(key="again_equity_reason").set_value("The words stand.")
    again = next(each for each in app.button if each.label == "My score stands" and "again_equity" in str(each.form_id))
    again.click().run()

    reconfirmed = viewing.assessment(kb, told, actor=who(kb, "ann")).assessment.reconfirmed
    assert ("ann", "equity") in reconfirmed
    assert not [key for key in reconfirmed if key[0] == "bo"]


def test_the_practice_says_what_its_assessment_came_to(visit: Open, kb: KnowledgeBase) -> None:
    assert "No assessment yet." in html_of(visit("sam", "practice", id=PRACTICE))
    told = concluded_one(kb)

    words = html_of(visit("sam", "practice", id=PRACTICE))

    view = viewing.assessment(kb, told, actor=who(kb, "sam"))
    assert view.outcome is not None
    assert re.search(r'<a href="assessment\?id=bee-path-1&amp;lang=en">', words)
    assert "2 reviewers" in words
    assert "Open an assessment" in labels_of(visit("fay", "practice", id=PRACTICE))


# words of others, other languages


def test_what_members_wrote_stays_text(visit: Open, kb: KnowledgeBase) -> None:
    put(kb, BEES, f"the hives {HOSTILE} are seven", visibility=Visibility.PUBLIC)
    told = concluded_one(kb, secret=HOSTILE)

    for reader in ("fay", "olu"):
        app = unfold(visit(reader, "assessment", id=told))
        assert Tags(html_of(app)).names <= {*OUR_TAGS, "h2", "h3", "strong"}
        assert Tags(html_of(app)).attributes <= {
            *("class", "dir", "lang", "href", "target", "rel", "scope", "role", "tabindex", "aria-label", "aria-hidden", "id"),
            "aria-current",
        }
        assert "javascript:" not in " ".join(re.findall(r'href="([^"]*)"', html_of(app)))


def test_a_demonstration_says_that_it_is_one(visit: Open, kb: KnowledgeBase) -> None:
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=who(kb, "fay"), is_demo=True)

    for app in (visit("sam", "assessments"), visit("sam", "assessment", id=told), visit("sam", "practice", id=PRACTICE)):
        assert "Demonstration data" in html_of(app)


def test_the_pages_speak_french(visit: Open, kb: KnowledgeBase) -> None:
    told = concluded_one(kb)

    app = visit("fay", "assessment", locale="fr-FR", id=told)
    assert all(word in html_of(app) for word in ("Résultat", "Jury", "Accord du jury", "a conclu l’évaluation"))
    assert visit("fay", "assessments", locale="fr-FR").title[0].value == "Évaluations"


def test_a_declined_seat_is_not_asked_again(visit: Open, kb: KnowledgeBase) -> None:
    fay = who(kb, "fay")
    told = opening.open_assessment(kb, PRACTICE, RUBRIC, due=DUE, actor=fay)
    opening.invite(kb, told, "ann", actor=fay)
    seats.decline(kb, told, why="No time", actor=who(kb, "ann"))

    app = visit("fay", "assessment", id=told)

    assert "a seat is offered once" in html_of(app)
    assert "No time" in html_of(app)

"""Learning: what waits, numbers that can be opened, who learned from whom, what happened lately; none, hostile, in French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeRecords
from streamlit.testing.v1 import AppTest

from kb.adapters.mail import SmtpPost
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, mailing, matches, needs, offers, policies
from kb.settings import Settings
from kb.ui import state
from tests.assessed import PRACTICE, a_base, who
from tests.ui.conftest import HOSTILE
from tests.ui.test_contexts_page import rows
from tests.ui.test_members_page import act_as, press
from tests.ui.test_pages import OUR_TAGS, Tags, html_of

OpenApp = Callable[..., AppTest]
Visit = Callable[..., AppTest]
FASTER = {
    "dimension": "efficiency", "what": "Days to decide", "unit": "days",
    "before": {"value": 90, "date": "2025", "source": "Report"}, "after": {"value": 30.5, "date": "2026-01", "source": "Report"},
}  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = replace(a_base(tmp_path, FakeRecords()), post=SmtpPost("smtp://mail.example.org", "kb@example.org"))
    monkeypatch.setattr(state, "kb", lambda: made)
    return made


@pytest.fixture
def visit(open_app: OpenApp, kb: KnowledgeBase, built_kb: Settings) -> Visit:  # kb is what the app works on
    def come(name: str, *, locale: str = "en-GB", **query: str) -> AppTest:
        return act_as(open_app(built_kb, "learning", locale=locale, **query), name)

    return come


def fill(kb: KnowledgeBase, said: str = "Soil") -> None:
    """A match that waits for ann, a lesson from bo, and a policy that changed."""
    needs.post(kb, said, "How do others keep soil?", seeks="knowledge", actor=who(kb, "ann"))
    offers.post(kb, "Worms", "We keep worms.", gives=["knowledge"], actor=who(kb, "bo"))
    matches.propose(kb, "need-1", "offer-1", actor=who(kb, "fay"))
    lessons.note(kb, f"{said} first.", level="individual", from_whom="House of Bo", actor=who(kb, "ann"))
    policies.record(
        kb, title=f"{said} law", policy="The law", organisation="House of Ann", what_changed=said, on="2026-01-31",
        attribution=said, practices=[PRACTICE], effects=[FASTER], actor=who(kb, "ann"),
    )  # fmt: skip


def firm(kb: KnowledgeBase) -> None:
    """Somebody else confirms what ann told."""
    lessons.confirm(kb, "lesson-1", actor=who(kb, "bo"))
    policies.confirm(kb, "policy-1", actor=who(kb, "bo"))


def said(app: AppTest) -> str:
    return " ".join(box.value.replace("\\", "") for box in [*app.success, *app.error, *app.info])


def test_with_nothing_there_each_way_of_looking_says_what_it_is_for(visit: Visit) -> None:
    assert "Nothing waits for you" in said(visit("ann"))
    assert "Mutual learning begins with a need" in said(visit("ann", ln_view="stands"))
    assert "Nobody learned from anybody yet" in said(visit("ann", ln_view="network"))
    assert "Nothing has happened yet" in said(visit("ann", ln_view="lately"))


def test_what_waits_stands_in_a_table_that_leads_there_and_another_member_sees_their_own(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)
    app = visit("ann")

    assert app.segmented_control[0].options[0] == "Waiting for you (1)"
    assert [row[:2] for row in rows(app, "1 thing waits for you")] == [
        ["Soil ↔ Worms", "A match is proposed for your need: do you agree?"]
    ]
    assert 'href="needs?match=match-1' in html_of(app)
    assert [row[:2] for row in rows(visit("bo"), "1 thing waits for you")] == [
        ["Soil first.", "Somebody says that they learned this from you: does it hold?"]
    ]
    assert "Nothing waits for you" in said(visit("sam"))


def test_every_number_leads_to_what_it_counts_and_back(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)
    page = html_of(visit("sam", ln_view="stands"))

    assert 'href="learning?ln_view=stands&amp;ln_number=needs-unanswered&amp;lang=en"><strong>1</strong>' in page
    assert "<strong>0</strong> <span>Question rounds open</span>" in page
    app = visit("sam", ln_view="stands", ln_number="needs-unanswered")
    assert app.title[0].value == "Needs without an answer"
    assert [row[:3] for row in rows(app, "1 thing, that of longest ago first")] == [["Soil", "House of Ann", "Open"]]
    app.button(key="back_to_list").click().run()
    assert app.title[0].value == "Learning"
    assert "There is no such number" in said(visit("sam", ln_number="nothing"))


def test_policies_are_told_before_and_after(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)
    caption = "As those who tell it measured it, each with its source on its page"
    row = ["Days to decide Efficiency", "90 days (2025)", "30.5 days (2026-01)", "−59.5 days"]

    assert rows(visit("sam", ln_view="stands"), caption) == [[*row, "Soil law Recorded"]]
    policies.confirm(kb, "policy-1", actor=who(kb, "bo"))
    app = visit("sam", ln_view="stands")
    assert rows(app, caption) == [[*row, "Soil law Confirmed"]]
    assert "<strong>1</strong> <span>Confirmed by others</span>" in html_of(app)
    assert "<strong>0</strong> <span>Told, and not confirmed yet</span>" in html_of(app)


def test_the_network_is_a_picture_told_in_words_and_a_table(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)
    firm(kb)
    app = visit("sam", ln_view="network")

    [picture] = app.get("vega_lite_chart")
    assert "House of Ann learned from House of Bo" in picture.proto.alt
    assert [row[:3] for row in rows(app, "2 arrows, the latest first")] == [
        ["House of Ann", "House of Bo", "Soil first. Lesson"], ["House of Ann", "City of Ljubljana", "Soil law Policy change"],
    ]  # fmt: skip


def test_what_nobody_else_confirmed_is_not_drawn_and_it_is_said_how_much_waits(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)
    waiting = visit("sam", ln_view="network")
    lessons.confirm(kb, "lesson-1", actor=who(kb, "bo"))
    one = visit("sam", ln_view="network")
    policies.confirm(kb, "policy-1", actor=who(kb, "bo"))

    assert "Nobody learned from anybody yet" in said(waiting)
    assert "2 more would be drawn if somebody else confirmed the lessons and policy changes." in html_of(waiting)
    assert len(rows(one, "1 arrow, the latest first")) == 1
    assert "1 more would be drawn if somebody else confirmed the lesson or the policy change." in html_of(one)
    assert "would be drawn" not in html_of(visit("sam", ln_view="network"))


def test_what_happened_lately_is_told_newest_first_in_words(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)
    told = rows(visit("sam", ln_view="lately"), "Newest first")

    assert {tuple(row[1:]) for row in told} == {
        ("ann", "posted the need", "Soil Need"), ("bo", "posted the offer", "Worms Offer"),
        ("fay", "proposed the match", "Soil ↔ Worms Match"), ("ann", "noted the lesson", "Soil first. Lesson"),
        ("ann", "recorded the policy change", "Soil law Policy change"),
    }  # fmt: skip


def test_letters_are_asked_for_with_an_address_and_ended_again(kb: KnowledgeBase, visit: Visit) -> None:
    app = visit("ann")
    app.text_input(key="ln_address").set_value("no address")
    press(app, "Send me letters")
    assert "is no mail address" in said(app)
    app.text_input(key="ln_address").set_value("ann@example.org")
    press(app, "Send me letters")

    assert "Letters of what waits are sent to you from now on." in said(app)
    assert "Letters go to ann@example.org (none sent yet)." in html_of(app)
    assert "ann@example.org" not in html_of(visit("bo"))
    again = visit("ann")
    again.button(key="letters_off").click().run()
    assert "your address is forgotten" in said(again)
    assert mailing.subscription(kb, actor=who(kb, "ann")) is None


def test_letters_are_in_the_language_of_the_page_unless_another_is_chosen_and_that_can_be_changed(
    kb: KnowledgeBase, visit: Visit
) -> None:
    def language_of(name: str) -> str:
        found = mailing.subscription(kb, actor=who(kb, name))
        return found.language if found else ""

    app = visit("ann", locale="fr-FR")
    app.text_input(key="ln_address").set_value("ann@example.org")
    press(app, "M’envoyer des courriels")
    assert language_of("ann") == "fr"
    [choice] = [each for each in app.selectbox if each.label == "Langue des courriels"]
    assert choice.value == "fr"
    choice.set_value("en").run()
    assert "Les courriels sont désormais dans cette langue." in said(app)
    assert language_of("ann") == "en"

    other = visit("bo")
    other.text_input(key="ln_address").set_value("bo@example.org")
    [choice] = [each for each in other.selectbox if each.label == "Language of the letters"]
    choice.set_value("fr")
    press(other, "Send me letters")
    assert (language_of("bo"), language_of("ann")) == ("fr", "en")


def test_without_a_mail_server_nobody_is_asked_for_an_address(open_app: OpenApp, own_records: Settings) -> None:
    assert [each.label for each in open_app(own_records, "learning").expander] == []


@pytest.mark.parametrize(
    "shown", [{}, {"ln_view": "stands"}, {"ln_view": "network"}, {"ln_view": "lately"}, {"ln_number": "policies-confirmed"}]
)
def test_what_members_write_stays_text(kb: KnowledgeBase, visit: Visit, shown: dict[str, str]) -> None:
    fill(kb, HOSTILE)
    firm(kb)
    page = html_of(visit("ann", **shown))
    found = Tags(page)

    assert found.names <= OUR_TAGS | {"h2", "ol", "strong"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert "&lt;" in page


def test_the_page_speaks_french(kb: KnowledgeBase, visit: Visit) -> None:
    fill(kb)

    assert visit("ann", locale="fr-FR").title[0].value == "Apprendre"
    page = html_of(visit("ann", locale="fr-FR", ln_view="stands"))
    assert "Besoins sans réponse" in page
    assert "Needs without an answer" not in page

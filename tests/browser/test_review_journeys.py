"""A reviewer answers a rubric by keyboard and submits it; the panel reconciles and concludes; agreement and rubrics are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from kb import open_kb
from kb.services import members
from kb.services.assessing import opening, replying, reviewing, seats
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member
from kb.settings import Settings
from tests.browser.conftest import REVIEWERS
from tests.browser.test_accessibility import faults

Visit = Callable[..., Any]
ANA, BO, CY = (name for name, _, _ in REVIEWERS)


@dataclass(frozen=True)
class Panel:
    """An assessment of the test's own, and its members."""

    kb: KnowledgeBase
    id: str

    def member(self, name: str) -> Member:
        found = members.acting_as(self.kb, name)
        assert found is not None
        return found

    def desk(self, name: str) -> reviewing.Desk:
        return reviewing.desk(self.kb, self.id, actor=self.member(name))

    def answer(self, name: str, *, score: float, but: str = "") -> None:
        """Every question of the rubric but one, without passages."""
        desk = self.desk(name)
        for item in (*desk.rubric.gate_names, *desk.rubric.criterion_names):
            said: dict[str, object] = {"reason": f"Told by {name} <b>."}
            said |= (
                {"verdict": "yes"} if item in desk.rubric.gate_names else {"rating": "scored", "score": score, "confidence": "low"}
            )
            if item != but:
                desk = reviewing.keep_answer(self.kb, self.id, item, said, version=desk.version, actor=self.member(name))

    def submit(self, name: str) -> None:
        reviewing.submit(self.kb, self.id, version=self.desk(name).version, actor=self.member(name))


@pytest.fixture
def panel(small_kb: Settings) -> Iterator[Panel]:
    kb = open_kb(small_kb)
    told = opening.open_assessment(kb, "quebec-social-economy-act", "plp-short", due="2099-12-20", actor=LOCAL_MEMBER)
    made = Panel(kb, told)
    for name in (ANA, CY):
        opening.invite(kb, told, name, actor=LOCAL_MEMBER)
        seats.accept(kb, told, actor=made.member(name))
    opening.begin(kb, told, actor=LOCAL_MEMBER)
    yield made
    if not opening_is_over(made):  # what another test counts stays as it was
        opening.cancel(kb, told, why="the test is over", actor=LOCAL_MEMBER)


def opening_is_over(panel: Panel) -> bool:
    return reviewing.desk(panel.kb, panel.id, actor=panel.member(ANA)).assessment.stage.is_final


def test_a_review_is_written_by_keyboard_and_nothing_typed_is_lost(visit: Visit, panel: Panel) -> None:
    visitor = visit(member=ANA, height=1600)
    page = visitor.open(f"/review?id={panel.id}&item=effectiveness")
    page.get_by_role("radio", name="3", exact=True).focus()
    page.keyboard.press("Space")
    visitor.wait()
    expect(page.locator(".kb-chosen")).to_have_count(1)
    page.get_by_role("textbox", name="Reason").fill("Every third member <i>earns</i> more.")
    page.keyboard.press("Shift+PageDown")  # nothing happens while one writes
    visitor.wait()
    expect(page).to_have_url(re.compile("item=effectiveness"))
    page.keyboard.press("Alt+p")
    visitor.wait()
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("Every third member <i>earns</i> more.")

    page.get_by_role("textbox", name="Reason").press("Tab")
    visitor.wait()
    page.get_by_role("radio", name="Sure", exact=True).focus()
    page.keyboard.press("Space")
    visitor.wait()
    expect(page.get_by_text("1 of 8 answered")).to_be_visible()
    page.keyboard.press("Shift+PageDown")
    visitor.wait()
    expect(page).to_have_url(re.compile("item=equity"))
    page.keyboard.press("Shift+PageUp")
    visitor.wait()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("Every third member <i>earns</i> more.")

    kept = panel.desk(ANA).review.answers["effectiveness"]
    assert (kept.score, kept.reason, len(kept.pins)) == (3.0, "Every third member <i>earns</i> more.", 1)


def test_what_is_missing_leads_to_its_question_and_then_it_is_submitted(visit: Visit, panel: Panel) -> None:
    panel.answer(ANA, score=3, but="equity")
    visitor = visit(member=ANA)
    page = visitor.open(f"/review?id={panel.id}&item=_submit")
    expect(page.get_by_text("1 question is not answered yet:")).to_be_visible()
    page.get_by_role("button", name="Equity: has no answer").press("Enter")
    visitor.wait()
    page.get_by_role("radio", name="Not assessable").click()
    visitor.wait()
    page.get_by_role("textbox", name="Reason").fill("Nothing is said.")
    page.get_by_role("button", name="Comment and submit").click()
    visitor.wait()
    expect(page.get_by_text("Everything is answered.")).to_be_visible()
    page.get_by_role("button", name="Submit the review").click()
    page.get_by_role("button", name="Submit it now").click()
    visitor.wait()

    expect(page.get_by_text("You submitted this review on")).to_be_visible()
    visitor.open(f"/review?id={panel.id}&item=equity")
    expect(page.get_by_text("Nothing is said.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reason")).to_have_count(0)
    visitor.open(f"/reconcile?id={panel.id}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reconcile")


def test_two_windows_of_one_review_never_write_over_each_other(visit: Visit, panel: Panel) -> None:
    first, second = visit(member=ANA), visit(member=ANA)
    first.open(f"/review?id={panel.id}&item=ethics")
    second.open(f"/review?id={panel.id}&item=ethics")
    first.page.get_by_role("textbox", name="Reason").fill("From the first.")
    first.page.keyboard.press("Tab")
    first.wait()
    second.page.get_by_role("textbox", name="Reason").fill("From the second.")
    second.page.keyboard.press("Tab")
    second.wait()

    expect(second.page.get_by_text("This review was kept in another window.")).to_be_visible()
    expect(second.page.get_by_role("textbox", name="Reason")).to_have_value("From the second.")
    assert panel.desk(ANA).review.gates["ethics"].reason == "From the first."
    second.page.get_by_role("button", name="Open it here").click()
    second.wait()
    expect(second.page.get_by_role("textbox", name="Reason")).to_have_value("From the first.")


def test_a_panel_far_apart_settles_and_concludes(visit: Visit, panel: Panel) -> None:
    for name, score in ((ANA, 4.0), (CY, 1.5)):
        panel.answer(name, score=score)
        panel.submit(name)
    replying.close_reply(panel.kb, panel.id, why="no time", actor=LOCAL_MEMBER)
    visitor = visit(height=2400)
    page = visitor.open(f"/reconcile?id={panel.id}")
    expect(page.get_by_text("Reviewers are far apart on 6 questions.")).to_be_visible()
    expect(page.get_by_text(f"Told by {CY} <b>.").first).to_be_visible()
    assert faults(page) == []

    for _ in range(6):
        form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Settle")).first
        form.get_by_role("radio", name="3", exact=True).click()
        form.get_by_label("Why").fill("The figures convince both.")
        form.get_by_role("button", name="Settle").click()
        visitor.wait()
    expect(page.get_by_text("Whatever reviewers were far apart on is settled.")).to_be_visible()
    page.get_by_role("button", name="Conclude", exact=True).click()
    page.get_by_role("button", name="Conclude it now").click()
    visitor.wait()

    expect(page.get_by_text("Concluded on")).to_be_visible()
    assert faults(page) == []
    visitor.open("/agreement?rubric=plp-short")
    chart = page.get_by_test_id("stVegaLiteChart")
    chart.locator("canvas, svg").first.wait_for()
    expect(page.get_by_role("table", name="Difference to the others, by criterion and reviewer")).to_contain_text(CY)
    assert faults(page) == []
    assert page.locator("[aria-label*='Alpha with its interval by criterion']").count() > 0


def test_a_rubric_is_opened_from_the_list_and_agreement_from_the_rubric(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/rubrics")
    page.get_by_role("button", name="Short look").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text("Short look")
    page.get_by_role("link", name="Labels").click()
    expect(page.locator("#section-labels")).to_be_in_viewport()
    page.get_by_role("link", name="How far reviewers agree with it").click()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agreement")
    expect(page).to_have_url(re.compile("rubric=plp-short"))

    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text("Short look")
    page.get_by_role("button", name="All rubrics").click()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rubrics")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("item", ["ethics", "effectiveness", "_submit"])
def test_axe_finds_nothing_on_a_review_and_a_phone_scrolls_only_down(visit: Visit, panel: Panel, item: str, dark: bool) -> None:
    panel.answer(ANA, score=3.5, but="equity")
    visitor = visit(member=ANA, dark=dark, height=5000)
    page = visitor.open(f"/review?id={panel.id}&item={item}")

    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stMain]')].every(each => each.scrollWidth === each.clientWidth)"
    )

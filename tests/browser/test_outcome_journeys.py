"""What came of learning: a lesson from its noting to its confirmation, a policy change with what was measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_accessibility import IS_DARK, NO_WIDER, faults

Visit = Callable[..., Any]
ANA, CY = "Ana Silva", "Cy Roux"


def look_over(visitor: Any) -> None:
    """By axe in light and in the dark; then on a phone."""
    page = visitor.page
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(IS_DARK)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(NO_WIDER)


def test_a_lesson_is_noted_by_keyboard_and_confirmed_by_another_member(visit: Visit) -> None:
    ana = visit(member=ANA, height=2400)
    page = ana.open("/lessons")
    words = page.get_by_role("textbox", name="What was learned", exact=True)
    if not words.is_visible():  # others noted one before
        page.get_by_text("Note a lesson").click()
    words.fill("Mow later: <b>the bees</b> come back.")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Note it").focus()
    page.keyboard.press("Enter")
    ana.wait()
    expect(page.get_by_text("Noted. Somebody else may confirm it.")).to_be_visible()
    assert "lesson=lesson-" in page.url
    expect(page.get_by_text("Mow later: <b>the bees</b> come back.").first).to_be_visible()
    expect(page.get_by_role("button", name="Confirm it")).to_have_count(0)

    cy = visit(member=CY, height=2400)
    theirs = cy.open(page.url.removeprefix(cy.server))
    theirs.get_by_role("button", name="Confirm it").click()
    theirs.get_by_label("How it shows with you (optional)").fill("So did ours.")
    theirs.get_by_role("button", name="Confirm", exact=True).click()
    cy.wait()
    expect(theirs.get_by_text("Confirmed by Cy Roux, RTES")).to_be_visible()
    look_over(cy)


def test_a_policy_change_is_recorded_and_its_difference_told(visit: Visit) -> None:
    visitor = visit(member=ANA, height=4200)
    page = visitor.open("/policies")
    page.get_by_text("Record a policy change").click()
    form = page.locator("[data-testid=stExpander]").filter(has_text="Record a policy change")
    for label, value in (("Title", "Permits in a week"), ("Policy or plan, by its name", "Regulation on parks"),
                         ("In effect since", "2026-06-30"),
                         ("What changed", "One office decides."), ("What was measured", "Days to a permit"),
                         ("Unit (none for words)", "days"), ("Before: value", "30"), ("Before: source", "Register"),
                         ("After: value", "7.5"), ("After: source", "Register"),
                         ("How much of it is owed to that, in your own words", "Half of it.")):  # fmt: skip
        form.get_by_label(label, exact=True).fill(value)
    form.get_by_role("combobox", name="From which practices").fill("bee")
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    form.get_by_role("button", name="Record it").click()
    visitor.wait()

    expect(page.get_by_text("Recorded. Somebody of another organisation may confirm it.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Days to a permit").last).to_contain_text("−22.5 days")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert download.value.suggested_filename.startswith("policy-")
    look_over(visitor)

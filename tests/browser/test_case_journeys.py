"""A transfer case from its test to its use, by keyboard; another member looks on, on a phone in dark; and what axe says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_accessibility import NO_WIDER, faults

Visit = Callable[..., Any]
PAGES = "[data-testid=stSidebarNavItems]"  # Streamlit 1.67 puts groups of pages in <div>s of a list
TEST, PRACTICE = "sewa-cooperative-federation-to-pt-1", "sewa-cooperative-federation"


def test_a_practice_is_taken_over_step_by_step(visit: Visit) -> None:
    visitor = visit(member="Ana Silva", height=3000)
    page = visitor.open("/cases")
    expect(page.get_by_text("No practice is being taken over yet.")).to_be_visible()
    assert faults(page) == []

    page = visitor.open(f"/transfer-test?id={TEST}")
    page.get_by_role("button", name="Take it over: open a transfer case").press("Enter")
    page.get_by_label("Why you think of taking it over").fill("Home carers ask how they could own what they work in.")
    page.get_by_role("button", name="Open a transfer case", exact=True).press("Enter")
    visitor.wait()
    page.get_by_role("link", name="Rede Alfa · Considered").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Taking over: SEWA")

    page.get_by_role("button", name="Go on: Being understood").press("Enter")
    page.get_by_label("What was learned so far, shortly").fill("Members decide, or it is another thing.")
    page.get_by_role("button", name="Go on", exact=True).press("Enter")
    visitor.wait()
    expect(page.get_by_text("Before it is adapted, the plan names the local group")).to_be_visible()
    page.get_by_text("Write the plan").click()
    expect(page.get_by_label("What is kept as it is, one a line")).not_to_be_empty()  # the core elements of the sheet
    for label, words in (
        ("Local group, organisation 1", "Rede Alfa"),
        ("How it is done here (1)", "A credit union first."),
        ("Milestone 1", "Ten carers have met"),
        ("Due on (1)", "2026-01-31"),
    ):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Keep the plan").press("Enter")
    visitor.wait()
    for state in ("Being adapted", "In use"):
        page.get_by_role("button", name=f"Go on: {state}").press("Enter")
        page.get_by_label("What was learned so far, shortly").fill("Carers trust carers.")
        page.get_by_role("button", name="Go on", exact=True).press("Enter")
        visitor.wait()
    expect(page.locator("[aria-current=step]")).to_have_text("4In use")
    expect(page.get_by_role("row").filter(has_text="Ten carers have met")).to_contain_text("overdue")
    assert faults(page) == []

    other = visit(member="Cy Roux", dark=True, width=390, height=4000)
    page = other.open("/cases")
    assert faults(page, without=PAGES) == []
    assert page.evaluate(NO_WIDER)
    page.locator(".kb-board").get_by_role("link").click()
    other.wait()
    expect(page.get_by_text("A credit union first.")).to_be_visible()
    expect(page.get_by_role("button", name="Stop it")).to_have_count(0)
    assert faults(page, without=PAGES) == []
    assert page.evaluate(NO_WIDER)
    page = other.open(f"/practice?id={PRACTICE}")
    expect(page.locator("dd").filter(has_text="Rede Alfa").last).to_contain_text("In use")

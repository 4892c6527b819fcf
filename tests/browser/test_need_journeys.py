"""A need and an offer in two languages are matched by keyboard, by consent; the host decides in the dark; a phone; and axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NO_WIDER, faults

Visit = Callable[..., Any]
TOAST = "[data-testid=stToast]"  # of Streamlit 1.67, which gives it no name


def press(visitor: Any, page: Page, name: str, *, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).press("Enter")
    visitor.wait()


def test_a_need_is_posted_proposed_to_a_host_accepted_and_told(visit: Visit) -> None:
    host = visit(member="Cy Roux", height=2600)
    page = host.open("/needs?n_view=offers")
    expect(page.get_by_text("No offer is posted yet.")).to_be_visible()
    page.get_by_label("In one line: what can you give?").fill("Des ruches avec des élèves")
    page.get_by_label("What can others learn, see or do with you, and how?", exact=False).fill(
        "Nous montrons nos ruches dans la ville."
    )
    box = page.get_by_role("combobox", name="What is given")
    box.fill("peer")
    expect(page.get_by_role("option", name="A peer visit")).to_be_visible()
    box.press("Enter")
    expect(page.get_by_text("A peer visit")).to_be_visible()
    page.keyboard.press("Escape")
    press(host, page, "Post it")
    expect(page).to_have_url(re.compile(r"/needs\?.*offer=offer-1"))
    expect(page.get_by_role("heading", name="Des ruches avec des élèves", level=1)).to_be_visible()
    expect(page.get_by_text("Nobody of another organisation looks for anything now.")).to_be_visible()

    seeker = visit(member="Ana Silva", height=2600)
    page = seeker.open("/needs")
    expect(page.get_by_text("No need is posted yet.")).to_be_visible()
    page.get_by_role("textbox", name="Place that it is for (optional)").fill("Porto")
    press(seeker, page, "Post it")
    expect(page.get_by_role("alert").filter(has_text="The need was not posted: ")).to_be_visible()
    assert faults(page, without=TOAST) == []
    page.get_by_label("In one line: what do you look for?").fill("Colmeias na escola")
    page.get_by_label("What do you want to learn, see or do, and why?", exact=False).fill(
        "Queremos ver quem cuida de abelhas com alunos."
    )
    page.get_by_role("textbox", name="Place that it is for (optional)").fill("PT")
    press(seeker, page, "Post it")
    expect(page.get_by_role("heading", name="Offers that fit")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="The nearest in meaning, of 1")).to_be_visible()
    expect(page.get_by_text("peers of 2 other countries are needed", exact=False)).to_be_visible()
    assert faults(page, without=TOAST) == []

    press(seeker, page, "Propose")
    assert faults(page, without=TOAST) == []
    press(seeker, page, "Propose it")
    expect(page.get_by_text("Waits for the decision of Cy Roux")).to_be_visible()

    host = visit(member="Cy Roux", dark=True, height=3000)
    page = host.open("/needs")
    expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    assert faults(page, without=TOAST) == []
    press(host, page, "Accept")
    expect(page.get_by_role("heading", name="Waiting for you")).to_have_count(0)
    page.get_by_role("radio", name="Matches", exact=False).press("Space")
    host.wait()
    page.get_by_role("link", name="Colmeias na escola", exact=False).press("Enter")
    host.wait()
    press(host, page, "It took place")
    page.get_by_label("What came of it?").fill("Seven hives now.")
    press(host, page, "Say so")
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
    expect(page.get_by_role("region", name="Newest first")).to_contain_text("accepted as the host")
    assert faults(page, without=TOAST) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(NO_WIDER)

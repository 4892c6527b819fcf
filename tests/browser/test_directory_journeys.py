"""From the directory to an organisation, to its partnership, and back; a facilitator moves the partnership on; by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_accessibility import faults

Visit = Callable[..., Any]


def test_from_the_directory_to_an_organisation_to_its_partnership_which_moves_on(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/directory")
    expect(page.get_by_role("heading", name="2 organisations")).to_be_visible()
    box = page.get_by_role("combobox", name="Country")
    box.press_sequentially("Fra")
    expect(page.get_by_role("option")).to_have_text(["France"])
    box.press("Escape")

    page.get_by_role("button", name="Fermes d'Avenir", exact=True).press("Enter")
    visitor.wait()
    assert re.search(r"/directory\?organisation=fermes-d-avenir$", page.url)
    expect(page.get_by_role("heading", name="Fermes d'Avenir", level=1)).to_be_visible()
    expect(page.get_by_text("With Vert d'Iris (Belgium)")).to_be_visible()

    page.get_by_role("link", name="Green partnership").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="Green partnership", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Lead first, then partners").get_by_role("row")).to_have_count(3)
    expect(page.get_by_text("Sources differ on “partners”:")).to_be_visible()

    page.locator("summary").filter(has_text="Move it on").press("Enter")
    page.get_by_role("textbox", name="On the day").fill("2026-02-03")
    page.get_by_role("button", name="Write it down").first.press("Enter")
    visitor.wait()
    expect(page.get_by_text("“Green partnership” is in the state “Active” now.")).to_be_visible()
    expect(page.get_by_text("Active: February 3, 2026")).to_be_visible()
    assert faults(page) == []

    page.get_by_role("button", name="The directory").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="2 organisations")).to_be_visible()

"""A session from its plan to its debrief, by keyboard; another member looks on, in dark and on a phone; and what axe says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import NO_WIDER, faults

Visit = Callable[..., Any]
PLAN = {
    "Title": "Paths for bees", "Begins on": "2026-03-02", "Begins at": "10:00", "Ends on": "2026-03-02", "Ends at": "12:00",
    "Place": "Lisbon",
}  # fmt: skip


def fill(page: Page, said: dict[str, str]) -> None:
    for label, words in said.items():
        page.get_by_label(label, exact=True).fill(words)


def test_a_session_is_planned_joined_held_and_debriefed(visit: Visit) -> None:
    visitor = visit(member="Ana Silva", height=2000)
    page = visitor.open("/sessions")
    expect(page.get_by_text("No session is planned yet.")).to_be_visible()
    assert faults(page) == []
    fill(page, PLAN)  # host and country are those of the member
    page.get_by_role("checkbox", name="Under the Chatham House Rule").press("Space")
    page.get_by_role("button", name="Plan it").press("Enter")
    visitor.wait()
    assert re.search(r"/sessions\?session=session-1$", page.url)
    expect(page.get_by_role("heading", name="Paths for bees", level=1)).to_be_visible()

    page.get_by_role("button", name="Take part").press("Enter")
    visitor.wait()
    expect(page.get_by_role("region", name="1 person has joined.")).to_contain_text("Rede Alfa")
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar file").press("Enter")
    assert download.value.suggested_filename == "session-1.ics"
    page.get_by_role("button", name="It was held").press("Enter")
    page.get_by_role("button", name="Say that it was held").press("Enter")
    visitor.wait()
    expect(page.get_by_text("It is due on March 9, 2026.")).to_be_visible()
    assert faults(page) == []

    fill(page, {"What was decided": "Meet again in May", "Lesson 1": "Ask the schools first", "What is open": "Who pays?"})
    page.get_by_role("button", name="Share the debrief").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="What was learned")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Meet again in May")).to_be_visible()

    other = visit(member="Cy Roux", dark=True, height=2000)
    page = other.open("/sessions")
    page.get_by_role("link", name="Paths for bees").click()
    other.wait()
    expect(page.get_by_role("heading", name="What was learned")).to_be_visible()
    expect(page.get_by_text("only those who take part and facilitators see who they are")).to_be_visible()
    expect(page.get_by_text("Rede Alfa, Portugal")).to_be_visible()  # the host is told; that Ana was there is not
    expect(page.get_by_role("button", name="Share the debrief")).to_have_count(0)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 2000})
    page.wait_for_function(NO_WIDER)

"""Would it work there: from all tests at a glance to one, from a place to what could work in it, and to a new test."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_accessibility import drawn, faults

Visit = Callable[..., Any]
SEWA, FINLAND = "sewa-cooperative-federation", "finland-extra-reviewer"


def test_from_a_cell_to_its_test_and_from_a_place_to_what_could_work_there(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/transfers")
    region = page.get_by_role("region", name=re.compile("^What tests came to"))
    row = region.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^SEWA")))
    expect(row.get_by_role("link", name="being tested")).to_be_visible()
    expect(row).to_contain_text("in the way")
    region.focus()
    page.keyboard.press("End")
    expect(row.get_by_role("rowheader")).to_be_in_viewport()  # names stay in sight

    region.get_by_role("link", name="Portugal", exact=True).click()
    visitor.wait()
    assert "t_view=in" in page.url
    blocked = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="In the way"))
    line = blocked.get_by_role("row").filter(has_text="SEWA")
    expect(line).to_contain_text("16 of 18 criteria known")
    expect(page.get_by_role("heading", name=re.compile("^Not tested yet"))).to_be_visible()

    line.get_by_role("link", name=re.compile(r" to ")).click()
    visitor.wait()
    assert f"transfer-test?id={SEWA}-to-pt-1" in page.url


def test_where_a_practice_could_work_is_reached_from_its_page(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(f"/practice?id={SEWA}")
    page.get_by_role("link", name="Where could it work").click()
    visitor.wait()

    drawn(page)
    expect(page.get_by_label(re.compile("^World map: where the practice could work"))).to_be_visible()
    expect(page.get_by_role("heading", name="Something stands in the way (1)")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Spain").get_by_role("link", name="being tested")).to_be_visible()


def test_a_test_is_opened_from_what_was_not_tested(visit: Visit) -> None:
    visitor = visit(height=2400)
    page = visitor.open("/transfers?t_view=in&t_place=PT")
    rows = page.get_by_role("row").filter(has_text=re.compile("Finland", re.IGNORECASE))
    rows.filter(has=page.get_by_role("link", name="Open a test")).get_by_role("link", name="Open a test").first.click()
    visitor.wait()
    assert f"t_new={FINLAND}" in page.url
    assert faults(page) == []

    source = page.get_by_role("combobox", name=re.compile("^Source"))
    source.click()
    source.fill("Italy")
    page.get_by_role("option", name="Italy").click()
    visitor.wait()
    page.get_by_label("Judgements are due on").fill("soon")
    page.get_by_label("Judgements are due on").press("Tab")
    visitor.wait()
    page.get_by_role("button", name="Open the test").click()
    visitor.wait()
    expect(page.get_by_role("alert").first).to_contain_text("is no date")
    expect(page.get_by_label("Judgements are due on")).to_have_value("soon")

    page.get_by_label("Judgements are due on").fill("2099-01-31")
    page.get_by_label("Judgements are due on").press("Tab")
    visitor.wait()
    page.get_by_role("button", name="Open the test").click()
    visitor.wait()
    expect(page.get_by_text("Opened: “Finland")).to_be_visible()
    page.get_by_role("link", name="To the test that was opened").click()
    visitor.wait()
    assert f"id={FINLAND}-to-pt-" in page.url

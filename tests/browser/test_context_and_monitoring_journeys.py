"""From a place to another beside it; from what is overdue to a reading more; both by keyboard, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_accessibility import faults

Visit = Callable[..., Any]
SEWA = "/monitoring?m_practice=sewa-cooperative-federation"


def test_from_all_places_to_one_and_to_another_beside_it_and_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/contexts")
    expect(page.get_by_role("heading", name="6 places")).to_be_visible()

    page.get_by_role("button", name="Portugal", exact=True).press("Enter")
    visitor.wait()
    assert re.search(r"/contexts\?place=PT$", page.url)
    expect(page.get_by_role("heading", name="Portugal", level=1)).to_be_visible()
    table = page.get_by_role("region", name="Needs and population: values, each with its source")
    note = table.get_by_role("link").first
    note.press("Enter")
    assert re.search(r"#source-\d+$", page.url)

    box = page.get_by_role("combobox", name="Compare with another place")
    box.press_sequentially("Spa")
    expect(page.get_by_role("option")).to_have_text(["Spain"])
    box.press("Enter")
    visitor.wait()
    assert re.search(r"place=PT&beside=ES", page.url)
    expect(page.get_by_role("heading", name="Portugal and Spain", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Every indicator that is known of both places")).to_be_visible()

    page.reload()
    visitor.wait()
    expect(page.get_by_role("heading", name="Portugal and Spain", level=1)).to_be_visible()
    page.get_by_role("button", name="Back to Portugal").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="Nearest places")).to_be_visible()
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", name="Portugal and Spain", level=1)).to_be_visible()


def test_from_what_is_overdue_to_a_reading_that_is_added_and_withdrawn(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/monitoring")
    page.get_by_role("region", name="Overdue readings, the longest ago first").get_by_role("link", name="Women <b>").click()
    visitor.wait()
    expect(page.get_by_role("heading", name="Women <b>", level=2)).to_be_visible()
    readings = page.get_by_role("region", name="Readings of “Women <b>”")
    expect(readings.get_by_role("row")).to_have_count(4)

    page.get_by_role("button", name="Add a reading").press("Enter")
    for field, words in {"Day that it is of": "2023-06-01", "Value in women": "1800", "Source: who says so": "Report"}.items():
        page.get_by_label(field, exact=True).fill(words)
    page.get_by_role("button", name="Add it").press("Enter")
    visitor.wait()
    expect(readings).to_contain_text("1,800 women")

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Withdraw a reading").press("Enter")
    page.get_by_role("textbox", name="Why").fill("A zero too many.")
    page.get_by_role("button", name="Withdraw it").press("Enter")
    visitor.wait()
    expect(readings).to_contain_text("A zero too many.")
    expect(page.get_by_text("Latest: 130 or 150 women")).to_be_visible()


def test_a_table_with_a_fault_is_mended_and_taken_in(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(SEWA)
    with page.expect_download() as template:
        page.get_by_role("button", name="Template to fill in").click()
    assert template.value.suggested_filename == "sewa-cooperative-federation-template.csv"

    field = page.locator("input[type=file]")
    bad = "indicator,date,value,source\nwomen,2024-06-01,many,Report\n"
    field.set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": bad.encode()})
    visitor.wait()
    expect(page.get_by_text("Line 2: value: “many” is no number")).to_be_visible()
    expect(page.get_by_role("button", name="Take in")).to_have_count(0)

    page.get_by_role("button", name=re.compile("Remove|Delete")).first.click()
    visitor.wait()
    field.set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": bad.replace("many", "170").encode()})
    visitor.wait()
    page.get_by_role("button", name="Take in 1 reading").click()
    visitor.wait()
    expect(page.get_by_text("1 reading is taken in.")).to_be_visible()
    expect(page.get_by_role("region", name="Readings of “Women <b>”")).to_contain_text("170 women")


def test_axe_finds_nothing_in_the_forms_of_an_indicator(visit: Visit) -> None:
    visitor = visit(dark=True, height=4000)
    page = visitor.open(SEWA)
    for name in ("Change the indicator", "Say what is measured"):
        page.get_by_text(name, exact=True).click()
        visitor.wait()
    told = faults(page)
    for name in ("Add a reading", "Withdraw a reading", "End it"):
        page.get_by_role("button", name=name).first.click()
        visitor.wait()
        told += faults(page)
        page.keyboard.press("Escape")
        visitor.wait()

    phone = visit(width=390)
    phone.open(SEWA).get_by_role("button", name="Add a reading").click()
    phone.wait()
    add = phone.page.get_by_role("button", name="Add it")
    add.scroll_into_view_if_needed()  # the box scrolls within the screen
    expect(add).to_be_in_viewport()

    assert told == []

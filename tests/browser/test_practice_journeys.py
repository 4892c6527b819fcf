"""What people do with practices: find one, check what it says at its source, set two side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]
SEWA, BEES = "sewa-cooperative-federation", "cesena-bee-path"


def card(page: Any, name: str) -> Any:
    return page.locator(f".st-key-document_practice_{name}")


def test_from_a_question_to_the_passage_behind_a_claim(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/practices")
    page.get_by_label("Search practices").fill("informal women workers in India")
    page.keyboard.press("Enter")
    visitor.wait()
    first = page.locator("[class*='st-key-document_practice_']").first
    expect(first).to_contain_text("SEWA")
    assert "p_q=informal" in page.url

    first.get_by_role("link").first.click()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^SEWA"))
    assert f"id={SEWA}" in page.url
    note = page.locator("a.kb-note").first
    note.press("Enter")
    expect(page.locator(note.get_attribute("href"))).to_be_in_viewport()

    proof = page.locator("[class*='st-key-hit_proof_']").filter(has_text="For: Results").first
    proof.get_by_role("link").click()
    visitor.wait()
    assert "passage=" in page.url
    expect(page.locator(".st-key-chosen mark")).to_contain_text("1.5 million informal women workers")

    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^SEWA"))
    page.get_by_role("link", name="Back to practices").click()
    visitor.wait()
    expect(page.get_by_label("Search practices")).to_have_value("informal women workers in India")


def test_two_practices_side_by_side_by_link_and_by_choice(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/practices")
    for name in (SEWA, BEES):
        card(page, name).get_by_text("Compare", exact=True).click()
        visitor.wait()
    page.get_by_role("button", name="Compare 2 practices").click()
    visitor.wait()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader", name=re.compile("SEWA"))).to_be_visible()
    expect(table.get_by_role("rowheader", name="What must be kept")).to_be_visible()
    address = page.url

    page.go_back()
    visitor.wait()
    expect(card(page, BEES).get_by_role("checkbox", name="Compare")).to_be_checked()

    stranger = visit()
    stranger.page.goto(address)
    stranger.wait()
    expect(stranger.page.get_by_role("table").get_by_role("rowheader", name="Sources", exact=True)).to_be_visible()


def test_the_texts_change_their_language_and_the_address_keeps_it(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(f"/practice?id={BEES}")
    page.get_by_role("radio", name="French").click()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "fr")
    assert "text=fr" in page.url

    page.reload()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "fr")
    expect(page.get_by_text(re.compile("texts are not there in this language"))).to_be_visible()


def test_a_practice_leads_to_one_like_it_and_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(f"/practice?id={SEWA}")
    other = page.locator("[class*='st-key-like_practice_']").first.get_by_role("button")
    title = other.inner_text()

    other.click()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^SEWA"))


def test_a_faulty_sheet_is_listed_with_its_faults_as_text(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/practices")

    expect(card(page, "broken")).to_contain_text("broken.yaml:2:")

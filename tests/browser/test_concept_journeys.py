"""From a word that misleads to what it means where, and on to those who use it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]
WARNING = "Careful (Germany): “Sozialwirtschaft” is not the same as “social economy”."


def test_from_a_false_friend_in_a_question_to_its_concept_and_on(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=Sozialwirtschaft")
    expect(page.get_by_text(WARNING)).to_be_visible()

    page.get_by_role("link", name="Read more: social economy").click()
    visitor.wait()
    assert re.search(r"/concepts\?id=social-economy$", page.url)
    expect(page.get_by_role("heading", name="social economy", exact=True, level=1)).to_be_visible()
    table = page.get_by_role("region", name="Words by country")
    expect(table.get_by_role("row").filter(has_text="ekonomia społeczna")).to_contain_text("Poland")

    page.get_by_role("button", name="cooperative", exact=True).press("Enter")
    visitor.wait()
    assert page.url.endswith("id=cooperative")
    page.go_back()
    visitor.wait()
    expect(page.get_by_text(WARNING)).to_be_visible()

    hit = page.locator("[class*='st-key-hit_']").first
    title = hit.get_by_role("link").first.inner_text()
    hit.get_by_role("link").first.click()
    visitor.wait()
    expect(page.get_by_role("heading", name=title.strip(), level=1)).to_be_visible()
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", name="social economy", exact=True, level=1)).to_be_visible()


def test_other_words_and_warnings_are_off_in_one_click_and_on_again(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=Sozialwirtschaft")

    page.get_by_role("button", name="Switch off").click()
    visitor.wait()
    assert "expand=off" in page.url
    page.get_by_role("button", name="Hide", exact=True).press("Enter")
    visitor.wait()
    assert "warn=off" in page.url
    page.reload()
    visitor.wait()
    expect(page.get_by_text(WARNING)).to_have_count(0)
    expect(page.get_by_text("Not searched, as you wished:")).to_be_visible()

    page.get_by_role("button", name="Search these words too").click()
    visitor.wait()
    page.get_by_role("button", name="Show", exact=True).click()
    visitor.wait()
    expect(page.get_by_text(WARNING)).to_be_visible()
    expect(page.get_by_text("Also searched:")).to_be_visible()
    assert "off" not in page.url


def test_the_tree_opens_by_keyboard_and_the_scheme_can_be_taken_along(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.open("/concepts")
    page.get_by_text(re.compile(r"^Gender equality \(\d+\)$")).click()
    visitor.wait()
    assert page.url.endswith("c_open=gender")
    page.reload()
    visitor.wait()
    expect(page.get_by_role("button", name="gender mainstreaming", exact=True)).to_be_visible()

    page.get_by_label("Find a word, in any language").fill("entreprise sociale")
    page.keyboard.press("Enter")
    visitor.wait()
    expect(page.get_by_text("False friend: means something else")).to_be_visible()

    with page.expect_download() as taken:
        page.get_by_role("button", name="SKOS JSON-LD").click()
    taken.value.save_as(tmp_path / "concepts.jsonld")
    graph = json.loads((tmp_path / "concepts.jsonld").read_text(encoding="utf-8"))
    assert "social-economy" in json.dumps(graph)
    with page.expect_download() as taken:
        page.get_by_role("button", name="SKOS Turtle").click()
    taken.value.save_as(tmp_path / "concepts.ttl")
    assert "skos:prefLabel" in (tmp_path / "concepts.ttl").read_text(encoding="utf-8")


def test_on_a_phone_the_meanings_are_cards(visit: Visit) -> None:
    page = visit(width=390, height=844).open("/concepts?id=social-economy")

    row = page.get_by_role("region", name="Words by country").locator("tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    expect(row.get_by_text("What it means there")).to_be_visible()

"""A practice beside its peers, the grid, two side by side down to a document, and the project's approval."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]


def test_from_a_practice_to_its_peers_by_keyboard_and_back(visit: Visit) -> None:
    visitor = visit(height=2000)
    page = visitor.open("/practice?id=cesena-bee-path")
    page.get_by_role("link", name="Beside its peers").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text("Benchmark")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("bee path")

    page.get_by_role("radio", name=re.compile("Theme and target group")).press("ArrowUp")  # the last one comes before the first
    visitor.wait()
    expect(page.get_by_role("radio", name=re.compile("Meaning"))).to_be_checked()
    assert "b_basis=text" in page.url
    expect(page.locator(".st-key-beside_peers")).to_contain_text("The nearest passages:")

    page.reload()
    visitor.wait()
    expect(page.get_by_role("radio", name=re.compile("Meaning"))).to_be_checked()
    page.locator(".st-key-beside_peers").get_by_role("link", name="Its own profile").first.click()
    visitor.wait()
    expect(page.get_by_role("heading", level=2).first).not_to_contain_text("bee path")
    for _entry in ("with the language that the link carries", "without it"):
        page.go_back()
        visitor.wait()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("bee path")


def test_the_scores_are_drawn_and_the_same_numbers_stand_in_the_table(visit: Visit) -> None:
    visitor = visit(height=3000)
    page = visitor.open("/benchmark?b_practice=cesena-bee-path")

    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    row = page.locator(".st-key-beside_criteria").get_by_role("row").nth(1)
    expect(row).to_contain_text("3.75")  # the median of 4 and 3.5
    expect(row).to_contain_text("No peer has a score")


def test_practices_without_a_place_on_the_grid_are_listed_with_the_reason(visit: Visit) -> None:
    visitor = visit(height=1600)
    page = visitor.open("/benchmark?b_view=grid")

    page.get_by_text(re.compile("^Not assessed: ")).click()
    visitor.wait()
    expect(page.get_by_role("link", name=re.compile("SEWA")).first).to_be_visible()


def test_two_chosen_practices_are_compared_down_to_the_document(visit: Visit) -> None:
    visitor = visit(height=2500)
    page = visitor.open("/practices")
    for name in ("cesena-bee-path", "sewa-cooperative-federation"):
        page.locator(f".st-key-compare_{name}").get_by_text("Compare").click()
        visitor.wait()
    page.get_by_role("button", name="Compare 2 practices").click()
    visitor.wait()
    page.get_by_role("link", name="Their scores side by side").click()
    visitor.wait()

    assert page.url.count("compare=") == 2
    expect(page.locator(".st-key-beside_results")).to_contain_text("Not assessed by this rubric")
    page.locator(".st-key-b_side_0").get_by_role("link").first.click()
    visitor.wait()
    assert "/document?id=" in page.url


def test_the_project_approves_a_practice_and_a_phone_shows_it(visit: Visit) -> None:
    visitor = visit(height=3000)
    page = visitor.open("/practice?id=finland-extra-reviewer")
    page.get_by_role("button", name="Approve for the project").press("Enter")
    page.get_by_label("On what evidence").fill("Heard <b>twice</b>")
    page.get_by_role("button", name="Approve", exact=True).click()
    visitor.wait()
    expect(page.get_by_text("Approved. It is written down with your name.")).to_be_visible()

    phone = visit(width=390, height=844)
    phone.open("/practice?id=finland-extra-reviewer")
    ladder = phone.page.locator(".st-key-beside_ladder").get_by_role("row").filter(has_text="Approved by the project")
    expect(ladder).to_contain_text("Heard <b>twice</b>")
    expect(ladder).to_contain_text("✓ Stands")

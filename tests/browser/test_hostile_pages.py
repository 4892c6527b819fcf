"""Documents that try to be markup: nothing runs, nothing is fetched, and the characters are seen as typed.

Dialogs and requests to any other host are refused by the ``visit`` fixture for every page of every test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

Visit = Callable[..., Any]
PAGES = ["/?q=Zebrafinch+looms", "/?q=Quokka+weaving", "/library", "/library?l_view=table", "/add", "hostile"]
INVISIBLE = "\u2060"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_document_becomes_an_element(visit: Visit, leak: Any, places: Any, path: str) -> None:
    visitor = visit(height=6000)
    page = visitor.open(places.hostile if path == "hostile" else path)
    page.wait_for_timeout(500)

    main = page.get_by_test_id("stMain")
    assert main.locator("script, iframe, object, [onerror], [onload], a[href^='javascript:']").count() == 0
    assert main.locator(".katex, .stMarkdownColoredText, img[src='x']").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundImage") == "none"
    assert leak.asked == []


def test_the_passage_is_seen_as_typed(visit: Visit, hostile_line: str) -> None:
    page = visit().open("/?q=Zebrafinch+looms")

    expect(page.locator("blockquote").filter(has_text="Zebrafinch").first).to_contain_text(hostile_line)


def test_the_title_is_seen_as_typed_in_a_link_and_a_heading(visit: Visit, places: Any, hostile_line: str) -> None:
    visitor = visit(height=4000)
    page = visitor.open("/?q=Zebrafinch+looms")
    link = page.locator("[class*='st-key-hit_']").filter(has_text="Zebrafinch").first.get_by_role("link").first
    assert link.inner_text().replace(INVISIBLE, "") == hostile_line

    visitor.open(places.hostile)

    expect(page.get_by_role("heading", level=1)).to_have_text(hostile_line)
    expect(page.locator("dl")).to_contain_text(hostile_line)
    assert page.locator("a[href^='javascript:']").count() == 0


def test_headings_are_seen_as_typed_in_the_outline(visit: Visit, hostile_line: str) -> None:
    visitor = visit(height=4000)
    page = visitor.open("/?q=Quokka+weaving")
    page.locator("[class*='st-key-hit_']").filter(has_text="Quokka").first.get_by_role("link").first.click()
    visitor.wait()

    texts = [text.replace(INVISIBLE, "") for text in page.locator("[class*='st-key-outline_'] button").all_inner_texts()]

    assert any(hostile_line in text for text in texts)


def test_a_hostile_question_and_filter_are_only_text(visit: Visit, leak: Any, hostile_line: str) -> None:
    visitor = visit()
    page = visitor.open("/")

    page.get_by_label("Your question").fill(hostile_line)
    page.keyboard.press("Enter")
    visitor.wait()
    visitor.open("/?q=x&s_organisation=%3Cimg%20src=x%20onerror=alert(9)%3E%20:red%5Bx%5D")

    assert page.get_by_test_id("stMain").locator("img[src='x'], .stMarkdownColoredText").count() == 0
    assert leak.asked == []

"""What people come to do, from the first click to the last."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Visit = Callable[..., Any]
QUESTION = "How did informal women workers organise a federation of cooperatives?"
PDF_QUESTION = "How did Cesena adapt the bee path?"


def test_from_a_question_to_the_marked_page_and_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")

    page.get_by_label("Your question").fill(PDF_QUESTION)
    page.get_by_test_id("stMain").get_by_role("button", name="Search", exact=True).click()
    visitor.wait()
    expect(page.get_by_role("heading", name="10 passages")).to_be_visible()
    page.locator("[class*='st-key-hit_']").filter(has=page.locator("mark")).filter(has_text="of the file").first.get_by_role(
        "link"
    ).first.click()
    visitor.wait()

    expect(page.get_by_role("img", name=re.compile("The quoted sentence is marked"))).to_be_visible()
    expect(page.locator(".st-key-chosen mark")).to_be_visible()
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", name="10 passages")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value(PDF_QUESTION)


def test_the_way_back_to_the_results_keeps_question_and_filters(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=cooperatives&s_country=IN")
    page.locator("[class*='st-key-hit_']").first.get_by_role("link").first.click()
    visitor.wait()

    page.get_by_role("link", name="Back to search").click()
    visitor.wait()

    expect(page.get_by_text("Filters: India")).to_be_visible()
    assert "q=cooperatives" in page.url
    assert "s_country=IN" in page.url


def test_a_filter_is_chosen_by_its_count_and_lands_in_the_url(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=cooperatives")

    page.get_by_role("combobox", name=re.compile("Country")).click()
    page.get_by_role("option", name=re.compile(r"India \(\d+\)")).click()
    visitor.wait()

    assert "s_country=IN" in page.url
    page.reload()
    visitor.wait()
    expect(page.get_by_text("Filters: India")).to_be_visible()


def test_a_filter_outlives_its_count_and_the_language(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/?q=cooperatives")
    page.get_by_role("combobox", name=re.compile("Country")).click()
    page.get_by_role("option", name=re.compile(r"India \(\d+\)")).click()
    visitor.wait()
    page.keyboard.press("Escape")  # closes the list
    page.locator("h1").click()

    for name in ("Newest first", "fr", "Par pertinence"):
        page.get_by_role("radio", name=name, exact=True).click()
        visitor.wait()
        expect(page.get_by_text(re.compile("Filters: India|Filtres : Inde"))).to_be_visible()
        assert "s_country=IN" in page.url
    expect(page.locator("[class*='st-key-hit_']").first).to_be_visible()


def test_search_has_an_address_of_its_own(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/search?q=cooperatives&s_country=IN")

    expect(page.get_by_role("dialog")).to_have_count(0)  # "Page not found"
    expect(page.get_by_text("Filters: India")).to_be_visible()
    expect(page.locator("[class*='st-key-hit_']").first).to_be_visible()
    page.get_by_role("radio", name="Newest first").click()
    visitor.wait()
    assert "/search?" in page.url
    assert "s_order=newest" in page.url


def test_the_language_is_kept_over_pages_and_told_to_screen_readers(visit: Visit, places: Any) -> None:
    visitor = visit()
    page = visitor.open("/library?lang=fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bibliothèque")
    expect(page.locator("html")).to_have_attribute("lang", "fr")

    page.get_by_role("button", name="Rechercher", exact=True).click()
    page.get_by_role("menuitem", name="Rechercher").click()
    visitor.wait()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Que voulez-vous apprendre")
    assert "lang=fr" in page.url


def test_a_browser_in_french_gets_french(visit: Visit) -> None:
    page = visit(locale="fr-FR").open("/add")

    expect(page.get_by_role("heading", level=1)).to_have_text("Ajouter des documents")


def test_the_pages_of_a_pdf_can_be_turned_and_linked(visit: Visit, places: Any) -> None:
    visitor = visit()
    page = visitor.open(f"/document?id={places.pdf_id}")

    page.get_by_role("button", name="To page 2").click()
    visitor.wait()

    expect(page.get_by_role("img", name=re.compile("Page 2 of"))).to_be_visible()
    assert "page=2" in page.url
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("img", name=re.compile("Page 1 of"))).to_be_visible()


def test_everything_can_be_done_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()

    _tab_to(page, "Your question")
    page.keyboard.type("cooperatives")
    page.keyboard.press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="10 passages")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if "document?id=" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    visitor.wait()

    expect(page.get_by_role("heading", name="The passage")).to_be_visible()


def test_an_upload_is_watched_over_a_reload_and_found_afterwards(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/add")
    # About 90 passages, all different: some seconds of work, so that there is something to watch.
    sections = [f"## Orchard {n}\n\nOrchard number {n} ships {n * 7} crates of quinces to {n % 12} harbours.\n" for n in range(90)]
    page.locator("input[type=file]").set_input_files(
        [
            {
                "name": "quinces <b>.md",
                "mimeType": "text/markdown",
                "buffer": ("# Quince ledger\n\n" + "\n".join(sections)).encode(),
            },
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 broken"},
        ]
    )
    page.get_by_role("button", name="Start reading").click()
    page.wait_for_url(re.compile("job="), timeout=20_000)

    page.reload()
    visitor.wait()
    expect(page.get_by_text("What became of each file").or_(page.get_by_role("progressbar"))).to_be_visible()

    expect(page.get_by_text("1 file of 2 was added.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Could not be read").first).to_be_visible()
    page.get_by_role("link", name="Ask them a question").click()
    visitor.wait()
    page.get_by_label("Your question").fill("crates of quinces to harbours")
    page.keyboard.press("Enter")
    visitor.wait()
    expect(page.get_by_role("link", name="Quince ledger").first).to_be_visible()


def _tab_to(page: Any, label: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"the Tab key never reaches {label}")

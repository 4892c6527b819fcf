"""Members, whom one acts as, and an assessment from its opening to its files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import REVIEWERS

Visit = Callable[..., Any]
ANA, BO, CY = (name for name, _, _ in REVIEWERS)
CONCLUDED, UNDER_WAY = "/assessment?id=cesena-bee-path-1", "/assessment?id=sewa-cooperative-federation-1"


def act_as(visitor: Any, name: str) -> None:
    """Choose a member in the side panel; the page loads anew."""
    page = visitor.page
    page.get_by_role("combobox", name=re.compile("Acting as")).click()
    with page.expect_navigation():
        page.get_by_role("option", name=name, exact=True).click()
    visitor.wait()


def test_every_page_is_in_a_menu(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")

    for menu, title in (
        ("Practices", "Assessments"),
        ("Library", "Concepts"),
        ("Search", "Saved searches"),
        ("Members", "Members"),
    ):
        page.get_by_role("button", name=menu, exact=True).press("Enter")
        page.get_by_role("menuitem", name=title.split()[0], exact=True).click()
        visitor.wait()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_whom_one_acts_as_is_kept_over_pages_and_reloads_and_belongs_to_one_browser(visit: Visit) -> None:
    visitor, other = visit(), visit()
    page = visitor.open(UNDER_WAY)
    act_as(visitor, BO)

    expect(page.get_by_text("You see no other review before you have submitted yours.")).to_be_visible()
    page.reload()
    visitor.wait()
    expect(page.get_by_role("link", name="Go to my review")).to_be_visible()
    visitor.open("/add")
    expect(page.get_by_text("Contributors add documents.")).to_be_visible()
    other.open("/add")
    expect(other.page.get_by_role("button", name="Start reading")).to_be_visible()

    act_as(visitor, "Local member, all roles")
    expect(page.get_by_role("button", name="Start reading")).to_be_visible()


def test_a_member_is_registered_and_changed_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/members")
    page.get_by_text("Add a member").click()
    page.get_by_label("Name", exact=True).fill("Dora Kis")
    page.get_by_role("textbox", name=re.compile("Organisation")).fill("Kis <i>Bt</i>")
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    visitor.wait()

    expect(page.get_by_text("Dora Kis is a member now.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Dora Kis")
    expect(row).to_contain_text("Kis <i>Bt</i>")
    expect(row).to_contain_text("Reviewer")

    visitor.open("/members?member=Dora+Kis")
    page.get_by_role("button", name="May act no more").press("Enter")
    visitor.wait()
    expect(row).to_contain_text("May act no more")
    expect(page.get_by_role("combobox", name=re.compile("Acting as"))).to_have_count(1)
    page.get_by_role("combobox", name=re.compile("Acting as")).click()
    expect(page.get_by_role("option", name="Dora Kis")).to_have_count(0)


def test_an_assessment_is_opened_and_its_panel_invited_and_one_declines(visit: Visit) -> None:
    facilitator, reviewer = visit(height=1600), visit(member=CY)
    page = facilitator.open("/practice?id=finland-extra-reviewer")
    page.get_by_role("link", name="Open an assessment").click()
    facilitator.wait()
    expect(page.get_by_role("combobox", name=re.compile("^Selected .*Finnish|Practice")).first).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Rubric")).click()
    page.get_by_role("option", name="Short look").click()
    page.get_by_role("button", name="Open the assessment").click()
    facilitator.wait()
    expect(page.get_by_text("Now invite the reviewers.")).to_be_visible()

    facilitator.open("/assessment?id=finland-extra-reviewer-1")
    for name, organisation, _country in REVIEWERS:
        page.get_by_role("combobox", name=re.compile("Reviewer")).click()
        page.get_by_role("option", name=f"{name} · {organisation}", exact=True).click()
        facilitator.wait()
        page.get_by_role("button", name="Invite", exact=True).click()
        facilitator.wait()
        expect(page.get_by_text(f"{name} is invited.")).to_be_visible()

    seen = reviewer.open("/assessments")
    expect(seen.get_by_text("You are invited to review. Accept or decline.")).to_be_visible()
    reviewer.open("/assessment?id=finland-extra-reviewer-1")
    seen.get_by_role("button", name="Decline").first.click()
    seen.get_by_label("Why (optional)").fill("I know them well.")
    seen.get_by_role("button", name="Decline", exact=True).last.click()
    reviewer.wait()
    expect(seen.get_by_text("Declined.", exact=True)).to_be_visible()

    page.get_by_role("button", name="Begin the reviewing").click()
    facilitator.wait()
    expect(page.locator("li[aria-current='step']")).to_have_text("2Reviewing")
    expect(page.locator(".st-key-panel_table").get_by_role("row").filter(has_text=CY)).to_contain_text("I know them well.")


def test_a_number_leads_to_its_passage_and_the_passage_to_its_document(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(CONCLUDED)

    page.get_by_role("link", name="[1]").first.click()
    expect(page.locator("#evidence-1")).to_be_in_viewport()
    page.locator(".st-key-exhibit_1").get_by_role("link").first.click()
    visitor.wait()

    assert "/document?id=" in page.url
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bee path")


def test_a_concluded_assessment_is_taken_along_as_pdf_in_french(visit: Visit) -> None:
    visitor = visit(locale="fr-FR")
    page = visitor.open(CONCLUDED)
    expect(page.get_by_text("Résultat", exact=True).first).to_be_visible()

    with page.expect_download() as download:
        page.locator(".st-key-take_assessment").get_by_role("button", name="PDF").click()

    assert download.value.suggested_filename == "cesena-bee-path-1.pdf"
    text = "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages)
    assert "Ana Silva" in text
    assert "<b>Lind</b>" in text


def test_the_practice_leads_to_what_its_assessment_came_to(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/practice?id=cesena-bee-path")

    page.locator(".kb-facts").get_by_role("link", name=re.compile("practice", re.IGNORECASE)).last.click()
    visitor.wait()

    assert "/assessment?id=cesena-bee-path-1" in page.url

"""What people do with a sheet and its tags: write, come back, save, meet another's change; give, decide, withdraw."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from kb import open_kb
from kb.services import practice_editing, suggesting
from kb.services.permission import LOCAL_MEMBER, Member, Role
from kb.settings import Settings
from tests.browser.test_accessibility import faults

Visit = Callable[..., Any]
BEN = Member("Ben", frozenset({Role.MEMBER, Role.CONTRIBUTOR}))
NAME = "quebec-social-economy-act"
SOURCE = "legisquebec"  # one of its sources
FORM = f"/practice-edit?id={NAME}"


def write(visitor: Any, label: str, words: str) -> None:
    """Fill in a field as a person does, and go on to the next."""
    field = visitor.page.get_by_role("textbox", name=label).first
    field.fill(words)
    field.press("Tab")
    visitor.wait()


def changed_by_ben(settings: Settings, changes: dict[str, object]) -> None:
    kb = replace(open_kb(settings), launch=lambda _job: None)
    version = kb.practices.read(NAME).version
    practice_editing.save(kb, NAME, changes, base_version=version, actor=BEN)


def test_what_is_written_survives_a_reload_is_saved_and_found(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(f"{FORM}&section=results")
    page.locator(".st-key-field_sustainability").get_by_text("Unknown").click()
    visitor.wait()
    write(visitor, "Sustainability (French)", f"Des ornithorynques gardent le fonds [@{SOURCE}].")
    expect(page.get_by_text("not yet saved")).to_be_visible()

    page.reload()
    visitor.wait()
    expect(page.get_by_role("textbox", name="Sustainability (French)")).to_have_value(re.compile("ornithorynques"))

    page.get_by_role("textbox", name="Why? One line for the history").fill("Seen on the spot")
    page.get_by_role("button", name="Save", exact=True).click()
    visitor.wait()
    expect(page.get_by_text("Saved. What you changed can be searched")).to_be_visible()
    expect(page.get_by_text("No change yet")).to_be_visible()

    page.get_by_role("link", name="See how far it is").click()
    expect(page.get_by_text(re.compile("1 file of 1 was added"))).to_be_visible(timeout=60_000)
    visitor.open("/?q=ornithorynques")
    expect(page.locator("[class*='st-key-hit_']").first).to_contain_text("ornithorynques")
    visitor.open(f"/practice?id={NAME}")
    expect(page.get_by_text("Seen on the spot").first).to_be_attached()


def test_one_types_on_in_an_unfolded_item_by_keyboard(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(f"{FORM}&section=who")
    page.get_by_role("button", name="Add a partner").press("Enter")
    visitor.wait()

    write(visitor, "Name", "City of Laval")  # of the owner: the first on the page
    partner = page.locator("[data-testid=stExpander]").filter(has_text="New entry")
    for label, words in (("Name", "Zorbing guild"), ("Role", "It convenes")):
        box = partner.get_by_role("textbox", name=label)
        if label == "Role":
            partner.get_by_text("Unknown").last.click()
            visitor.wait()
        box.fill(words)
        box.press("Tab")
        visitor.wait()
    expect(partner.get_by_role("textbox", name="Role")).to_have_value("It convenes")

    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Discard the draft").click()
    visitor.wait()
    expect(page.get_by_text("No change yet")).to_be_visible()
    expect(page.get_by_text("Zorbing guild")).to_have_count(0)


def test_another_member_saved_meanwhile(visit: Visit, small_kb: Settings) -> None:
    visitor = visit()
    page = visitor.open(f"{FORM}&section=results")
    write(visitor, "Difficulties (French)", "Mes difficultés.")
    changed_by_ben(small_kb, {"difficulties": "Les difficultés de Ben."})

    page.get_by_role("button", name="Save", exact=True).click()
    visitor.wait()

    expect(page.get_by_text(re.compile("was changed by Ben at")).first).to_be_visible()
    both = page.locator(".st-key-conflict")
    expect(both.get_by_text("Mes difficultés.")).to_be_visible()
    expect(both.get_by_text("Les difficultés de Ben.")).to_be_visible()
    both.get_by_role("radio", name="Take theirs").click()
    visitor.wait()
    both.get_by_role("button", name="Go on with the new version").click()
    visitor.wait()
    expect(page.get_by_role("textbox", name="Difficulties (French)")).to_have_value("Les difficultés de Ben.")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Discard the draft").click()
    visitor.wait()


def test_a_new_practice_is_begun_refused_and_thrown_away(visit: Visit) -> None:
    visitor = visit(width=390, height=844)
    page = visitor.open("/practice-edit")
    page.get_by_role("textbox", name="Title of the practice").fill("A loom library")
    page.keyboard.press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="Edit: A loom library")).to_be_visible()
    assert "id=a-loom-library" in page.url

    page.get_by_role("button", name="Save", exact=True).click()
    visitor.wait()
    expect(page.get_by_text("Owner › Name: is blank").first).to_be_visible()
    page.get_by_role("button", name="Who, where, when", exact=True).click()
    visitor.wait()
    expect(page.get_by_role("heading", name="Who, where, when")).to_be_visible()

    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Discard the draft").click()
    visitor.wait()
    expect(page.get_by_role("heading", name="New practice")).to_be_visible()


def test_a_free_tag_is_given_and_withdrawn(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/practice?id=cesena-bee-path")
    page.get_by_role("button", name="Give a tag").click()
    visitor.wait()
    page.get_by_role("combobox", name=re.compile("^(Tag|.*Tag$)")).first.fill("Honey trail")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Why does it fit?").fill("They sell honey on the way")
    page.get_by_role("button", name="Give this tag").click()
    visitor.wait()
    expect(page.get_by_text("The tag “honey trail” is given.")).to_be_visible()

    tag = page.locator(".st-key-tags").get_by_role("button", name="honey trail")
    tag.click()
    expect(page.get_by_test_id("stPopoverBody").get_by_text("Why: They sell honey on the way")).to_be_visible()
    page.get_by_role("textbox", name="Why is it withdrawn?").fill("They do not")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    visitor.wait()
    expect(page.get_by_text(re.compile("“honey trail” is withdrawn"))).to_be_visible()
    expect(tag).to_have_count(0)


def test_a_suggested_tag_is_rejected_with_a_click_and_stays_so(visit: Visit, small_kb: Settings) -> None:
    """What a click on Confirm does is claimed in tests/ui/test_tags_panel.py: of these few sheets one suggestion is certain."""
    kb = open_kb(small_kb)
    name = next(each for each in kb.practices.names() if suggesting.suggest(kb, each, actor=LOCAL_MEMBER).found)
    visitor = visit()
    page = visitor.open(f"/practice?id={name}")
    cards = page.locator("[class*='st-key-suggested_']").filter(has=page.get_by_role("button", name="Confirm"))

    why = cards.first.get_by_role("textbox", name="Why (optional)")
    why.fill("Off the point")
    why.press("Tab")  # the page is drawn again when a field is left: a click at that moment would be lost
    visitor.wait()
    cards.first.get_by_role("button", name="Reject").click()
    visitor.wait()
    expect(page.get_by_text(re.compile("is rejected; it is not suggested again"))).to_be_visible()
    page.reload()
    visitor.wait()
    page.get_by_text("1 rejected").click()
    expect(page.get_by_test_id("stExpander").get_by_text("Off the point")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_what_opens_on_these_pages(visit: Visit, dark: bool) -> None:
    visitor = visit(dark=dark, height=3000)
    page = visitor.open(f"{FORM}&section=sources")
    page.locator("[data-testid=stExpander] summary").first.click()
    visitor.wait()
    told = faults(page)
    page.get_by_role("button", name="Add a language").click()
    told += faults(page)
    visitor.open("/practice?id=sewa-cooperative-federation")
    for name in ("Give a tag", "social finance"):
        page.get_by_role("button", name=name).first.click()
        visitor.wait()
        told += faults(page)
        page.keyboard.press("Escape")
        visitor.wait()

    assert told == []

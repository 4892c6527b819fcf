"""From what waits to how things stand, to who learned from whom and what happened lately: by keyboard, and what axe says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from kb import open_kb
from kb.services import members
from kb.services.learning import lessons, policies
from kb.services.permission import Member
from kb.settings import Settings
from tests.browser.test_accessibility import IS_DARK, NO_WIDER, drawn, faults

Visit = Callable[..., Any]
EFFECT = {"dimension": "quality", "what": "Hives", "unit": "hives"}
EFFECT |= {name: {"value": value, "date": "2026", "source": "Report"} for name, value in (("before", 2), ("after", 7))}


@pytest.fixture(scope="module")
def learned(small_kb: Settings, hostile_line: str) -> None:
    """Cy learned two things from Ana's organisation, of which Ana confirmed one, and a policy changed."""
    kb = open_kb(small_kb)
    found, ana = (members.acting_as(kb, name) for name in ("Cy Roux", "Ana Silva"))
    assert isinstance(found, Member)
    assert isinstance(ana, Member)
    mown = lessons.note(kb, f"Mow later. {hostile_line}", level="individual", from_whom="Rede Alfa", actor=found)
    lessons.confirm(kb, mown.id, actor=ana)
    lessons.note(kb, f"Ask the keepers first. {hostile_line}", level="organisation", from_whom="Rede Alfa", actor=found)
    policies.record(
        kb, title="Rules for roofs", policy="Building rules", organisation="RTES", what_changed="Hives are allowed.",
        on="2026-01-31", attribution="Most of it.", practices=["cesena-bee-path"], effects=[EFFECT], actor=found,
    )  # fmt: skip


@pytest.mark.usefixtures("learned")
def test_what_waits_leads_there_and_every_number_to_what_it_counts(visit: Visit) -> None:
    visitor = visit(member="Ana Silva", height=3200)
    page = visitor.open("/learning")
    row = page.get_by_role("row").filter(has_text="Somebody says that they learned this from you")
    expect(row.get_by_role("link", name=re.compile("^Ask the keepers first"))).to_be_visible()
    assert faults(page) == []

    page.get_by_role("radio", name="How things stand").focus()
    page.keyboard.press("Space")
    visitor.wait()
    assert "ln_view=stands" in page.url
    expect(page.get_by_role("row", name=re.compile("^Hives"))).to_contain_text("+5 hives")
    assert faults(page) == []
    page.get_by_role("link", name=re.compile("Learned by an organisation$")).press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="Learned by an organisation", level=1)).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="How things stand").press("Enter")
    visitor.wait()
    expect(page.get_by_role("heading", name="Learning", level=1)).to_be_visible()


@pytest.mark.usefixtures("learned")
def test_who_learned_from_whom_is_a_picture_with_the_same_beside_it(visit: Visit) -> None:
    visitor = visit(member="Ana Silva", dark=True, height=3200)
    page = visitor.open("/learning?ln_view=network")
    page.wait_for_function(IS_DARK)
    visitor.wait()
    drawn(page)
    expect(page.get_by_label(re.compile("RTES learned from Rede Alfa")).first).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^RTES Rede Alfa")).first).to_contain_text("Lesson")
    expect(page.get_by_text(re.compile("more would be drawn if somebody else confirmed"))).to_be_visible()
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").press("Enter")
    assert download.value.suggested_filename == "learning-network.csv"

    page = visitor.open("/learning?ln_view=lately")
    expect(page.get_by_role("row").filter(has_text="recorded the policy change").first).to_contain_text("Rules for roofs")
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Atom feed").press("Enter")
    assert download.value.suggested_filename == "learning.atom"
    for view in ("waits", "stands", "network", "lately"):
        page = visitor.open(f"/learning?ln_view={view}")
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_function(NO_WIDER)

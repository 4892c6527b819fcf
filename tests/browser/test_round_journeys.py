"""A question round with three members: a facilitator asks, one answers with a passage, another asks about it; then the brief."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
from playwright.sync_api import expect

from tests.browser.test_accessibility import faults

Visit = Callable[..., Any]


def test_a_round_from_its_questions_to_the_brief(visit: Visit, tmp_path: Path) -> None:
    leader = visit(height=2400)
    page = leader.open("/rounds")
    page.get_by_role("button", name="New question round").press("Enter")
    leader.wait()
    page.get_by_role("textbox", name="Title").fill("How co-operatives began <b>")
    page.get_by_role("textbox", name="Cases due by").fill("2099-12-20")
    page.get_by_role("textbox", name="Question 1").fill("What came first?")
    page.get_by_role("button", name="Add a question").click()
    leader.wait()
    page.get_by_role("textbox", name="Question 2").fill("Who paid?")
    page.get_by_role("button", name="Save", exact=True).click()
    leader.wait()
    page.get_by_role("button", name="Send it").press("Enter")
    leader.wait()
    expect(page.get_by_text("Sent. Members see it now and may answer.")).to_be_visible()
    told = re.search(r"round=(round-\d+)", page.url)
    assert told

    author = visit(member="Ana Silva", height=2400)
    hers = author.open("/rounds")
    hers.get_by_role("button", name="How co-operatives began <b>").click()
    author.wait()
    hers.get_by_role("button", name="Write your case").press("Enter")
    author.wait()
    box = hers.get_by_role("combobox", name="Practice sheet of the case (optional)")
    box.press_sequentially("SEWA")
    box.press("Enter")
    author.wait()
    box = hers.get_by_role("combobox", name="Language of your answers")
    box.press_sequentially("Portug")
    box.press("Enter")
    author.wait()
    hers.get_by_role("textbox", name="Your answer").fill("Primeiro as sócias, depois o banco.")
    hers.get_by_role("heading", name="What speaks to it").click()
    author.wait()
    hers.get_by_role("button", name="Pin it").first.click()
    author.wait()
    assert faults(hers) == []
    hers.get_by_role("button", name="Submit your case").press("Enter")
    author.wait()
    expect(hers.get_by_text("Your case is submitted. Thank you.")).to_be_visible()

    peer = visit(member="Cy Roux", width=390, height=844, locale="fr-FR")
    his = peer.open(f"/rounds?round={told[1]}")
    his.get_by_role("button", name="Cela m’intéresse").click()
    peer.wait()
    expect(his.get_by_text("intéresse 1 membre")).to_be_visible()
    his.get_by_text("0 question sur ce cas").click()
    his.get_by_role("textbox", name="Votre question sur ce cas").fill("En quelle année ?")
    his.get_by_role("button", name="Demander").click()
    peer.wait()
    expect(his.get_by_text("Cy Roux, RTES demande")).to_be_visible()

    page = leader.open(f"/rounds?round={told[1]}")
    page.get_by_role("button", name="Close it: no more cases").press("Enter")
    leader.wait()
    assert faults(page) == []
    with page.expect_download() as started:
        page.get_by_role("button", name="PDF").click()
    started.value.save_as(tmp_path / "brief.pdf")
    text = " ".join(each.extract_text() for each in pypdf.PdfReader(tmp_path / "brief.pdf").pages)
    assert "Primeiro as sócias, depois o banco." in " ".join(text.split())
    assert "En quelle année ?" in text
    assert "in Portuguese" in text

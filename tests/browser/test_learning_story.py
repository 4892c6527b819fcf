"""The whole loop of learning between three organisations: from a need to a policy that changed, and back to the practice.

Marta of Lisbon seeks, Tina of Ljubljana has what she seeks, Lea of the network leads. Everything is opened in a browser by whom it
concerns. Taken behind the pages, as journeys of their own show them (:mod:`tests.learned_story`): the offers and the answer to the
need, the round's questions and Marta's case, the plan of the session, the judgements of the test, and the transfer from its plan to
its use. KB_PICTURES names a folder for pictures of it.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from kb import open_kb
from kb.services.clock import today
from kb.settings import Settings
from tests import learned_story as story
from tests.browser.conftest import serving
from tests.learned_story import LEA, LISBON, LJUBLJANA, MARTA, PRACTICE, TINA

Visit = Callable[..., Any]
NEED = "Abelhas nos parques e nas escolas"
MARTAS_QUESTION, TINAS_REPLY = "Quem paga as colmeias?", "The parks department does."
LESSON = "Ask the gardeners before the teachers"
PRACTICE_WORDS = "Ljubljana"
POLICY = "Hives are part of the parks contract"


@pytest.fixture(scope="module")
def story_kb(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return story.prepare(tmp_path_factory.mktemp("learned"), models)


@pytest.fixture(scope="module")
def address(story_kb: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(story_kb, "kb/ui/server.py", tmp_path_factory.mktemp("log") / "learned.log") as served:
        yield served


def picture(visitor: Any, name: str) -> None:
    """Kept where the environment asks for it."""
    if folder := os.environ.get("KB_PICTURES"):
        visitor.page.screenshot(path=Path(folder) / f"learned_{name}.png")


def press(visitor: Any, name: str) -> None:
    """A button, by keyboard."""
    visitor.page.get_by_role("button", name=name, exact=True).press("Enter")
    visitor.wait()


def said(visitor: Any, button: str, words: dict[str, str], sending: str) -> None:
    """A form behind a button: opened, filled, sent."""
    page = visitor.page
    page.get_by_role("button", name=button, exact=True).press("Enter")
    for label, text in words.items():
        page.get_by_label(label, exact=True).fill(text)
    press(visitor, sending)


def option(visitor: Any, label: str, text: str) -> None:
    """Choose in a list by typing."""
    page = visitor.page
    box = page.get_by_role("combobox", name=re.compile(label))
    box.fill(text)
    page.get_by_role("option", name=re.compile(text)).first.click()
    visitor.wait()


def waits(visitor: Any, *sentences: str) -> Page:
    """Exactly this waits for somebody; nothing if nothing is named."""
    page: Page = visitor.open("/learning")
    told = page.locator(".st-key-notices_table")
    if not sentences:
        expect(page.get_by_text("Nothing waits for you: ", exact=False)).to_be_visible()
        expect(told).to_have_count(0)
        return page
    for each in sentences:
        expect(told).to_contain_text(each)
    expect(told.get_by_role("row")).to_have_count(1 + len(sentences))
    return page


def learned(visitor: Any, *arrows: str) -> None:
    """The network has these arrows from Ljubljana to Lisbon, and no other."""
    page = visitor.open("/learning?ln_view=network")
    told = page.locator(".st-key-arrows_table")
    expect(told.get_by_role("row")).to_have_count(1 + len(arrows))
    for what in arrows:
        expect(told.get_by_role("row", name=re.compile(f"^{LISBON} {LJUBLJANA} .*{what}"))).to_have_count(1)
    often = f" {len(arrows)} times" if len(arrows) > 1 else ""
    spoken = re.compile(rf"^Arrows between 2 organisations\. {LISBON} learned from {LJUBLJANA}{often}\.")
    expect(page.get_by_label(spoken)).to_be_visible()
    picture(visitor, f"10_network_{len(arrows)}")


def matched(marta: Any, tina: Any, lea: Any) -> None:
    """Marta's need finds Tina's offer across languages; nobody is matched before both agree."""
    page = marta.open("/needs")
    page.get_by_label("In one line: what do you look for?").fill(NEED)
    page.get_by_label("What do you want to learn, see or do, and why?", exact=False).fill(
        "Queremos aprender como uma cidade põe colmeias nos parques e trabalha com as escolas."
    )
    press(marta, "Post it")
    fits = page.locator("[class*=st-key-document_candidate_]")
    expect(fits).to_have_count(2)
    expect(fits.nth(0)).to_contain_text(f"1. {story.OFFER}")
    expect(fits.nth(1)).to_contain_text(f"2. {story.OTHER_OFFER}")
    picture(marta, "01_offers_that_fit")
    fits.nth(0).get_by_role("button", name="Propose", exact=True).press("Enter")
    press(marta, "Propose it")

    waits(lea)
    page = waits(tina, "A match is proposed for your offer: do you accept?")
    picture(tina, "02_waits")
    page.get_by_role("link", name=re.compile(NEED)).first.click()
    tina.wait()
    press(tina, "Accept")
    press(tina, story.OFFER)
    expect(page.get_by_role("heading", name=story.OFFER, level=1)).to_be_visible()
    expect(page.locator("[class*=st-key-document_of_match-1]")).to_contain_text("Agreed")
    marta.open("/needs?match=match-1")
    said(marta, "It took place", {"What came of it?": "Two days among hives and gardeners."}, "Say so")
    expect(marta.page.get_by_role("heading", name="What came of it")).to_be_visible()
    learned(marta, "Match that took place")


def exchanged(marta: Any, tina: Any, lea: Any, behind: Callable[[], str]) -> str:
    """Lea's questions are answered by two cases with passages, asked about, and compiled. Returns what the brief says."""
    page = lea.open("/rounds?round=round-1")
    press(lea, "Send it")
    quote = behind()

    page = tina.open("/learning")
    page.get_by_role("link", name=story.ROUND).first.click()
    tina.wait()
    press(tina, "Write your case")
    option(tina, "^Practice sheet of the case", PRACTICE_WORDS)
    page.get_by_role("textbox", name="What the case is called").fill("The bee path <b>")
    option(tina, "^Language of your answers", "English")
    page.get_by_role("textbox", name="Your answer").fill("The gardeners had to agree first.")
    page.get_by_role("heading", name="What speaks to it").click()
    tina.wait()
    page.get_by_role("button", name="Pin it").first.click()
    tina.wait()
    pinned = page.locator("blockquote").first.inner_text()
    picture(tina, "03_case")
    press(tina, "Submit your case")
    expect(page.get_by_text("Your case is submitted. Thank you.")).to_be_visible()

    page = marta.open("/rounds?round=round-1")
    page.get_by_role("button", name="It interests me").click()
    expect(page.get_by_role("button", name="It interests me no longer")).to_be_visible()
    marta.wait()
    page.get_by_text("0 questions on this case").last.click()
    page.get_by_role("textbox", name="Your question on this case").fill(MARTAS_QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Asked. The author of the case sees it among what waits for them.")).to_be_visible()
    marta.wait()

    page = waits(tina, "Somebody asks about your case.")
    page.get_by_role("link", name=story.ROUND).first.click()
    tina.wait()
    page.get_by_role("textbox", name="Your reply").fill(TINAS_REPLY)
    page.get_by_role("button", name="Reply", exact=True).click()
    tina.wait()
    expect(page.get_by_text(f"{TINA}, {LJUBLJANA} replies:")).to_be_visible()

    page = lea.open("/rounds?round=round-1")
    press(lea, "Close it: no more cases")
    picture(lea, "04_round")
    with page.expect_download() as download:
        page.locator(".st-key-take_brief").get_by_role("button", name="PDF").click()
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    brief = flat(" ".join(each.extract_text() for each in pages))
    for words in (quote, pinned):
        assert flat(words)[:50] in brief
    return brief


def flat(text: str) -> str:
    """Without line breaks and quotation marks around it."""
    return " ".join(text.split()).strip('“”" ')


def met(marta: Any, tina: Any) -> None:
    """The session that talks about the answers; what was learned there is noted, and confirmed by whom it was learned from."""
    page = marta.open("/sessions?session=session-1")
    expect(page.get_by_role("link", name=story.ROUND)).to_have_attribute("href", re.compile("round-1"))
    press(marta, "Take part")
    expect(page.get_by_role("region", name="2 people have joined.")).to_contain_text(LISBON)

    page = tina.open("/sessions?session=session-1")
    said(tina, "It was held", {}, "Say that it was held")
    expect(page.get_by_text(re.compile("It is due on"))).to_be_visible()

    page = waits(marta, "The debrief is due within seven days of the session.")
    page.get_by_role("link", name=story.SESSION).click()
    marta.wait()
    for label, words in (
        ("What was decided", "Marta tries it in two schools"),
        ("Lesson 1", LESSON),
        ("Learned from which organisation (lesson 1, optional)", LJUBLJANA),
    ):
        page.get_by_label(label, exact=True).fill(words)
    press(marta, "Share the debrief")
    expect(page.get_by_role("heading", name="What was learned")).to_be_visible()
    picture(marta, "05_debrief")

    page = waits(tina, "Somebody says that they learned this from you: does it hold?")
    page.get_by_role("link", name=LESSON).click()
    tina.wait()
    said(tina, "Confirm it", {"How it shows with you (optional)": "So it was here."}, "Confirm")
    expect(page.get_by_text(f"Confirmed by {TINA}, {LJUBLJANA}")).to_be_visible()


def taken_over(marta: Any, lea: Any, behind: Callable[[], None]) -> None:
    """Marta takes the practice over on the ground of the test; Lea evaluates it by a passage; the test is confirmed."""
    page = marta.open(f"/transfer-test?id={story.TEST}")
    expect(page.get_by_test_id("stMain")).to_contain_text("Anticipated")
    words = {"Why you think of taking it over": "Two schools ask for hives."}
    said(marta, "Take it over: open a transfer case", words, "Open a transfer case")
    page.get_by_role("link", name=f"{LISBON} · Considered").press("Enter")
    marta.wait()
    said(marta, "Go on: Being understood", {"What was learned so far, shortly": "It is work shared by three."}, "Go on")
    page.get_by_text("Write the plan").click()
    expect(page.get_by_label("What is kept as it is, one a line")).not_to_be_empty()  # the core elements of the sheet
    for label, words_ in (
        ("Local group, organisation 1", "Escola da Graça"),
        ("How it is done here (1)", "Hives on school roofs."),
        ("Milestone 1", "Two schools have hives"),
        ("Due on (1)", today()),
    ):
        page.get_by_label(label, exact=True).fill(words_)
    press(marta, "Keep the plan")
    expect(page.get_by_text("Escola da Graça").first).to_be_visible()
    behind()

    page = waits(lea, "Every milestone is reached: the transfer can be evaluated.")
    page.locator(".st-key-notices_table").get_by_role("link").click()
    lea.wait()
    page.get_by_text("Tell how it went").click()
    page.get_by_label("Evaluated on").fill(today())
    page.get_by_label("What was seen, and by whom").fill("Lea saw seven hives, and asked the neighbours.")
    page.get_by_label("Look for passages that show it").fill("colmeias em escolas de Lisboa")
    page.keyboard.press("Enter")
    lea.wait()
    hit = page.locator("[class*=_pins_hit_]").filter(has_text="sete colmeias").first
    hit.get_by_role("button", name="Take it as evidence").click()
    lea.wait()
    press(lea, "Write it down")
    expect(page.locator(".st-key-told_0")).to_contain_text("sete colmeias em cinco escolas")
    picture(lea, "06_case")

    page = marta.open(f"/transfer-test?id={story.TEST}")
    expect(page.locator(".kb-result")).to_contain_text("Confirmed")
    expect(page.get_by_test_id("stMain")).to_contain_text("Lea saw seven hives")
    picture(marta, "07_test")


def changed(marta: Any, lea: Any) -> None:
    """A policy of Lisbon changed because of the practice and what partners did together; Lea, of another organisation, saw it."""
    page = marta.open("/policies")
    form = page.locator("[data-testid=stExpander]").filter(has_text="Record a policy change")
    if not form.get_by_label("Title", exact=True).is_visible():
        page.get_by_text("Record a policy change").click()
    for label, value in (
        ("Title", POLICY), ("Policy or plan, by its name", "Contract for the care of parks"),
        ("In effect since", today()),
        ("What changed", "Gardeners look after hives, and mow later."),
        ("What was measured", "Schools with hives"), ("Unit (none for words)", "schools"),
        ("Before: value", "0"), ("Before: date", "2025"), ("Before: source", "Register of schools"),
        ("After: value", "5"), ("After: date", "2026"), ("After: source", "Register of schools"),
        ("How much of it is owed to that, in your own words", "All of the mowing; the hives we wanted before."),
    ):  # fmt: skip
        form.get_by_label(label, exact=True).fill(value)
    own = form.get_by_label("Organisation whose policy it is", exact=True)
    expect(own).to_have_value(LISBON)
    expect(own).to_be_disabled()
    page.keyboard.press("Tab")
    marta.wait()
    for label, text in (("practices", PRACTICE_WORDS), ("exchange", "Session: "), ("exchange", "Transfer case: ")):
        option(marta, f"^From which {label}", text)
        page.keyboard.press("Escape")  # the list would stay open
    press(marta, "Record it")
    expect(page.get_by_text("Recorded. Somebody of another organisation may confirm it.")).to_be_visible()

    page = waits(lea, "A policy change can be confirmed.")
    page.get_by_role("link", name=POLICY).click()
    lea.wait()
    expect(page.get_by_role("row").filter(has_text="Schools with hives").last).to_contain_text("+5 schools")
    expect(page.get_by_role("listitem").filter(has_text=story.SESSION)).to_be_visible()
    said(lea, "Confirm it", {"What you saw yourself (optional)": "I read the contract."}, "Confirm")
    expect(page.get_by_text(re.compile(f"{LEA}, {story.NETWORK}")).first).to_be_visible()
    picture(lea, "08_policy")


def test_what_a_practice_taught_comes_back_to_its_page(visit: Visit, address: str, story_kb: Settings) -> None:
    kb = open_kb(story_kb)
    lea, marta, tina = (visit(at=address, height=2600, member=name) for name in (LEA, MARTA, TINA))
    matched(marta, tina, lea)
    story.need_is_answered(kb)
    story.round_is_drafted(kb)
    brief = exchanged(marta, tina, lea, lambda: story.she_answers(kb))
    for words in (
        story.HER_CASE,
        story.HER_ANSWER,
        "The bee path <b>",
        "The gardeners had to agree first.",
        MARTAS_QUESTION,
        TINAS_REPLY,
    ):
        assert words in brief
    story.session_is_planned(kb)
    met(marta, tina)
    story.forecast_is_made(kb)
    taken_over(marta, lea, lambda: story.case_is_in_use(kb))
    changed(marta, lea)

    page = tina.open(f"/practice?id={PRACTICE}")
    facts = page.locator("dl.kb-facts").filter(has_text="Policies that changed")
    for label, words in (("Transfer cases", LISBON), ("Lessons", LESSON), ("Policies that changed", POLICY)):
        expect(facts.locator(f"dt:has-text('{label}') + dd")).to_contain_text(words)
    facts.scroll_into_view_if_needed()
    picture(tina, "09_practice")
    learned(tina, "Match that took place", "Lesson", "Transfer that worked", "Policy change")
    for visitor in (lea, marta, tina):
        waits(visitor)

"""One assessment from its opening to its label and its PDF, played by its people in three browsers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from kb import open_kb
from kb.services import members
from kb.services.assessing import listing, reviewing
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Role
from kb.settings import Settings
from tests.browser.test_assessment_journeys import act_as

Visit = Callable[..., Any]
PRACTICE, OWNER = "sewa-cooperative-federation", "Gujarat State Women's SEWA Cooperative Federation"
LEAD, OWEN, RITA, SAMI, TEA = "Lea Lead", "Owen Ray", "Rita Uno", "Sami Due", "Tea Tre"
PEOPLE = (
    (LEAD, "The Network", "BE", Role.FACILITATOR),
    (OWEN, OWNER, "IN", Role.REVIEWER),
    (RITA, "House of Rita", "PT", Role.REVIEWER),
    (SAMI, "House of Sami", "FR", Role.REVIEWER),
    (TEA, "House of Tea", "ES", Role.REVIEWER),
)
RUBRIC = """\
rubric: story
version: 1
language: en
title: Two questions
purpose: To be answered in a test.
minutes: 1
scale: {lowest: 0, highest: 5, step: 0.5}
spread: 2
weights_set: {by: testers, on: 2026-11-22, why: Both count the same.}
review_after_months: 12
gates:
  - {gate: ethics, title: Ethics, question: "Is nobody harmed?", query: difficulties and risks, fields: [difficulties], source: us}
tiers:
  - tier: core
    title: Core
    criteria:
      - criterion: reach
        title: Reach
        question: How many people are reached?
        anchors: {0: Nobody is counted., 5: Everybody is counted.}
        weight: 1
        query: how many members
        fields: [results]
        source: us
      - criterion: proof
        title: Proof
        question: How is it known?
        anchors: {0: By hearsay., 5: By a study.}
        weight: 1
        query: who counted
        source: us
labels:
  - {label: validated, title: Validated indeed, is_positive: true, each: 3, tiers: {core: 3.5}, coverage: 1, scored: [core]}
  - {label: candidate, title: Candidate}
gate_labels: {no: not-recommended, unclear: candidate}
titles: {not-recommended: Not recommended}
sources:
  us: {title: A test, organisation: Testers, date: 2026}
"""


@pytest.fixture
def kb(small_kb: Settings) -> Iterator[KnowledgeBase]:
    """With a rubric of three questions and five people; what other tests count is as it was afterwards."""
    base = open_kb(small_kb)
    file = base.rubrics.folder / "story.yaml"
    file.write_text(RUBRIC, encoding="utf-8")
    for name, organisation, country, role in PEOPLE:
        members.add(base, name, organisation=organisation, country=country, roles=[role], actor=LOCAL_MEMBER)
    yield base
    file.unlink()
    for each in members.members(base, actor=LOCAL_MEMBER):
        if each.name in (name for name, *_ in PEOPLE):
            members.change(base, each.name, version=each.version, is_active=False, actor=LOCAL_MEMBER)


def opened(visitor: Any) -> None:
    """The facilitator opens an assessment of the practice, from its page."""
    page = visitor.open(f"/practice?id={PRACTICE}")
    page.get_by_role("link", name="Open an assessment").click()
    visitor.wait()
    page.get_by_role("combobox", name=re.compile("Rubric")).click()
    page.get_by_role("option", name="Two questions").click()
    page.get_by_role("button", name="Open the assessment").click()
    visitor.wait()
    expect(page.get_by_text("Now invite the reviewers.")).to_be_visible()


def invited(visitor: Any, *names: str) -> None:
    page = visitor.page
    for name in names:
        page.get_by_role("combobox", name=re.compile("Reviewer")).click()
        page.get_by_role("option", name=re.compile("^" + name)).click()
        visitor.wait()
        page.get_by_role("button", name="Invite", exact=True).click()
        visitor.wait()
        expect(page.get_by_text(f"{name} is invited.")).to_be_visible()


def accepted(visitor: Any, told: str) -> None:
    page = visitor.open(f"/assessment?id={told}")
    page.get_by_role("button", name="Accept").click()
    visitor.wait()
    page.get_by_role("link", name="Go to my review").click()
    visitor.wait()
    expect(page).to_have_url(re.compile("item=ethics"))


def chosen(visitor: Any, option: str) -> None:
    """By keyboard."""
    visitor.page.get_by_role("radio", name=option, exact=True).focus()
    visitor.page.keyboard.press("Space")
    visitor.wait()


def answered(visitor: Any, said: str, *, reason: str) -> None:
    """The question on the page, by keyboard: an answer, a reason, the first passage pinned; then the next question."""
    page = visitor.page
    chosen(visitor, said)
    page.get_by_role("textbox", name="Reason").fill(reason)
    page.keyboard.press("Tab")
    visitor.wait()
    if said not in ("Yes", "No"):
        chosen(visitor, "Sure")
    page.keyboard.press("Alt+p")
    visitor.wait()
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    page.keyboard.press("Shift+PageDown")
    visitor.wait()


def submitted(visitor: Any) -> None:
    page = visitor.page
    expect(page.get_by_text("Everything is answered.")).to_be_visible()
    page.get_by_role("button", name="Submit the review").press("Enter")
    page.get_by_role("button", name="Submit it now").press("Enter")
    visitor.wait()
    expect(page.get_by_text("You submitted this review on")).to_be_visible()


def sees(visitor: Any, told: str, *shown: str, hidden: tuple[str, ...] = ()) -> None:
    """On the page where reviews stand side by side; what is hidden, also on that of the assessment."""
    if hidden:
        main = visitor.open(f"/assessment?id={told}").get_by_test_id("stMain")
        expect(main).to_contain_text(re.compile("The practice"))
        for words in hidden:
            expect(main).not_to_contain_text(words)
    main = visitor.open(f"/reconcile?id={told}").get_by_test_id("stMain")
    expect(main).to_contain_text("Reconcile: ")
    for words in shown:
        expect(main.get_by_text(words).first).to_be_attached()
    for words in hidden:
        expect(main).not_to_contain_text(words)


def drafted(kb: KnowledgeBase, told: str, name: str, reason: str) -> None:
    """A review as it is kept at each step."""
    actor = members.acting_as(kb, name)
    assert actor is not None
    desk = reviewing.desk(kb, told, actor=actor)
    for item in ("ethics", "reach", "proof"):
        said = {"verdict": "yes"} if item == "ethics" else {"rating": "scored", "score": 3.5, "confidence": "high"}
        desk = reviewing.keep_answer(kb, told, item, {**said, "reason": reason}, version=desk.version, actor=actor)


def test_a_whole_assessment_is_played(visit: Visit, kb: KnowledgeBase) -> None:
    lead, one, two = visit(height=2400, member=LEAD), visit(height=2000, member=RITA), visit(height=2000, member=SAMI)
    opened(lead)
    told = next(each.id for each in listing.assessments(kb, actor=LOCAL_MEMBER) if each.rubric == "story")

    page = lead.open(f"/assessment?id={told}")
    page.get_by_text("Who cannot be invited, and why").click()
    expect(page.get_by_text(re.compile(f"{OWEN} is of the owner.s organisation"))).to_be_visible()
    invited(lead, RITA, SAMI)
    page.get_by_role("button", name="Begin the reviewing").click()
    lead.wait()
    expect(page.get_by_role("button", name="Begin the reviewing")).to_have_count(0)

    # two reviews, each blind to the other
    accepted(one, told)
    answered(one, "Yes", reason="Rita sees no harm.")
    answered(one, "4", reason="Rita counts many.")
    answered(one, "4.5", reason="Rita trusts the numbers.")
    submitted(one)
    accepted(two, told)
    sees(two, told, hidden=("Rita",))
    sees(lead, told, hidden=("Rita sees", "Rita counts", "Rita trusts"))
    two.open(f"/review?id={told}")
    answered(two, "Yes", reason="Sami asked around.")
    sees(one, told, "Rita trusts the numbers.", hidden=("Sami asked around.",))
    expect(two.page.get_by_text("1 of 3 answered")).to_be_visible()
    answered(two, "4", reason="Sami counts as many.")
    answered(two, "1", reason="Sami finds no study.")
    submitted(two)
    for visitor in (one, two):
        sees(visitor, told, "Rita trusts the numbers.", "Sami finds no study.")

    # the owner replies, and knows no reviewer by name
    act_as(lead, OWEN)
    page = lead.open(f"/assessment?id={told}")
    expect(page.get_by_text("Rita Uno")).to_have_count(0)
    page.get_by_label("To the reviews as a whole").fill("We thank both of you.")
    page.get_by_label("Reply to “Proof”").fill("A study is under way.")
    page.get_by_role("button", name="Send the reply").click()
    lead.wait()
    page.get_by_role("button", name="Close the reply").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Close the reply").click()
    lead.wait()
    expect(page.get_by_text("The reply is closed.")).to_be_visible()

    # far apart: a third is asked, as blind as they were
    act_as(lead, LEAD)
    page = lead.open(f"/reconcile?id={told}")
    expect(page.get_by_text("Reviewers are far apart on 1 question.")).to_be_visible()
    expect(page.locator(".st-key-item_proof")).to_contain_text("3.5 points apart: 1 and 4.5")
    expect(page.locator(".st-key-item_proof")).to_contain_text("A study is under way.")
    page.get_by_text("Ask a third reviewer").click()
    lead.wait()
    page.get_by_role("combobox", name=re.compile("Reviewer")).click()
    page.get_by_role("option", name=re.compile("^" + TEA)).click()
    lead.wait()
    page.get_by_role("button", name="Invite", exact=True).click()
    lead.wait()
    expect(page.get_by_text(f"{TEA} is invited as a third reviewer.")).to_be_visible()
    act_as(two, TEA)
    sees(two, told, hidden=("Rita", "Sami", "third", "A study is under way."))
    drafted(kb, told, TEA, "Tea finds half a study.")
    two.open(f"/review?id={told}&item=_submit")
    submitted(two)
    sees(two, told, "Rita trusts the numbers.", "Sami finds no study.", "A study is under way.")

    # consensus, label, file
    page = one.open(f"/reconcile?id={told}")
    proof = page.locator(".st-key-item_proof")
    proof.get_by_role("radio", name="3.5", exact=True).click()
    proof.get_by_label("Why").fill("A third read it and convinced both.")
    proof.get_by_role("button", name="Settle").click()
    one.wait()
    expect(page.get_by_text("Whatever reviewers were far apart on is settled.")).to_be_visible()
    page = lead.open(f"/reconcile?id={told}")
    page.get_by_role("button", name="Conclude", exact=True).click()
    page.get_by_role("button", name="Conclude it now").click()
    lead.wait()
    expect(page.get_by_text("Concluded on")).to_be_visible()

    page = one.open(f"/practice?id={PRACTICE}")
    page.locator(".kb-facts").get_by_role("link", name="Validated indeed").click()
    one.wait()
    expect(page.locator(".kb-result")).to_contain_text("Validated indeed")
    with page.expect_download() as download:
        page.locator(".st-key-take_assessment").get_by_role("button", name="PDF").click()
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    text = " ".join(" ".join(each.extract_text() for each in pages).split())
    for words in ("Validated indeed", RITA, SAMI, TEA, "Sami finds no study.", "A study is under way.", "convinced both."):
        assert words in text
    pinned = reviewing.desk(kb, told, actor=members.acting_as(kb, RITA)).review.answers["reach"].pins[0]
    assert " ".join(pinned.quote.split())[:60] in text

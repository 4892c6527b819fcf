"""An assessor judges by keyboard whether a practice could work elsewhere, with passages of both sides; it is concluded and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from kb import open_kb
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member
from kb.services.transferring import judging, opening, seats
from kb.services.transferring.loading import transfer_for
from kb.settings import Settings
from tests.browser.conftest import REVIEWERS
from tests.browser.test_accessibility import NO_WIDER, drawn, faults

Visit = Callable[..., Any]
ANA = REVIEWERS[0][0]
PRACTICE, CRITERION = "cesena-bee-path", "legal-framework"


@pytest.fixture
def kb(small_kb: Settings) -> KnowledgeBase:
    return open_kb(small_kb)


@pytest.fixture
def test_id(kb: KnowledgeBase) -> Iterator[str]:
    """A test of the test's own, to which Ana is invited."""
    told = opening.open_test(kb, PRACTICE, "CA", source="IT", framework="plp-transferability", actor=LOCAL_MEMBER)
    seats.excuse(kb, told, LOCAL_MEMBER.name, actor=LOCAL_MEMBER)
    seats.invite(kb, told, ANA, actor=LOCAL_MEMBER)
    yield told
    if not transfer_for(kb, told, actor=LOCAL_MEMBER).stage.is_final:  # what another test counts stays as it was
        seats.cancel(kb, told, why="the test is over", actor=LOCAL_MEMBER)


def ana(kb: KnowledgeBase) -> Member:
    found = members.acting_as(kb, ANA)
    assert found is not None
    return found


def answer_all_but(kb: KnowledgeBase, test_id: str, *left_out: str) -> None:
    desk = judging.desk(kb, test_id, actor=ana(kb))
    for name in desk.framework.criterion_names:
        if name not in left_out:
            said = {"value": 1, "reason": "Told.", "confidence": "low"}
            desk = judging.keep_answer(kb, test_id, name, said, version=desk.version, actor=ana(kb))


def test_a_criterion_is_judged_by_keyboard_with_passages_of_both_sides(visit: Visit, kb: KnowledgeBase, test_id: str) -> None:
    visitor = visit(member=ANA, height=2000)
    page = visitor.open(f"/transfer-test?id={test_id}&item={CRITERION}")
    page.get_by_role("radio", name="−2", exact=True).focus()
    page.keyboard.press("Space")
    visitor.wait()
    expect(page.locator(".kb-chosen")).to_have_count(1)
    page.get_by_role("textbox", name="Reason").focus()
    page.keyboard.type("A hive in a park needs a permit <b>.")
    page.keyboard.press("Control+Enter")
    visitor.wait()
    page.keyboard.press("Alt+p")
    visitor.wait()
    page.get_by_role("tab", name="Target, Canada").click()
    page.locator("[class*='st-key-pin_against_target_']").get_by_role("button").first.click()
    visitor.wait()

    kept = judging.desk(kb, test_id, actor=ana(kb)).judgement.answers[CRITERION]
    assert (kept.value, kept.reason) == (-2, "A hive in a park needs a permit <b>.")
    assert [pin.stance.value for pin in (*kept.source_pins, *kept.target_pins)] == ["for", "against"]
    assert faults(page) == []

    page.keyboard.press("Shift+PageDown")
    visitor.wait()
    expect(page.get_by_role("heading", name="Political will")).to_be_visible()
    page.go_back()
    visitor.wait()
    expect(page.get_by_role("heading", name="Legal framework")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("A hive in a park needs a permit <b>.")


def test_a_judgement_is_handed_in_concluded_and_read_by_all(visit: Visit, kb: KnowledgeBase, test_id: str) -> None:
    answer_all_but(kb, test_id, CRITERION)
    visitor = visit(member=ANA, height=3000)
    page = visitor.open(f"/transfer-test?id={test_id}")
    page.get_by_role("button", name="Judge", exact=True).click()
    visitor.wait()
    page.get_by_role("radio", name="−2", exact=True).click()
    visitor.wait()
    page.get_by_role("textbox", name="Reason").fill("No form fits.")
    page.get_by_role("textbox", name="Reason").press("Control+Enter")
    visitor.wait()
    page.get_by_role("radio", name="Sure", exact=True).click()
    visitor.wait()
    page.get_by_role("button", name="The whole, and handing in").click()
    visitor.wait()
    page.get_by_role("textbox", name="What would help in Canada").fill("A law on hives.")
    page.get_by_role("textbox", name="What would help in Canada").press("Control+Enter")
    visitor.wait()
    assert faults(page) == []
    page.get_by_role("button", name="Previous").first.click()
    visitor.wait()
    expect(page.get_by_role("textbox", name="Reason")).to_have_value("Told.")  # nothing that comes back is empty
    page.get_by_role("button", name="The whole, and handing in").click()
    visitor.wait()
    page.get_by_role("button", name="Hand the judgement in").click()
    visitor.wait()
    expect(page.get_by_text("Your judgement is handed in. You may change it").first).to_be_visible()

    lead = visit(height=6000)
    page = lead.open(f"/transfer-test?id={test_id}")
    assert "No form fits." not in page.content()
    page.get_by_role("button", name="Conclude", exact=True).click()
    page.get_by_role("button", name="Conclude it now").click()
    lead.wait()
    drawn(page)
    expect(page.locator(".kb-result")).to_contain_text("One thing stands in the way")
    page.locator(".st-key-judged_context").get_by_text("The two places compared").first.click()
    lead.wait()
    expect(page.get_by_text("No form fits.")).to_be_visible()
    expect(page.get_by_text("A law on hives.")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("item", [CRITERION, "_whole"])
def test_a_judgement_fits_a_phone_and_the_dark(visit: Visit, test_id: str, item: str) -> None:
    visitor = visit(member=ANA, dark=True, width=390, height=844)
    page = visitor.open(f"/transfer-test?id={test_id}&item={item}")

    page.wait_for_function(NO_WIDER)
    page.set_viewport_size({"width": 1280, "height": 5000})
    visitor.wait()
    assert faults(page) == []

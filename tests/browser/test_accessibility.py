"""WCAG 2.2 AA as far as axe can tell, in light and dark; phone width; headings in order.

The viewport is tall because Streamlit scrolls inside its main part, and axe skips what is scrolled out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Visit = Callable[..., Any]
PAGES = [
    *("/", "/?q=cooperatives&s_country=IN", "/?q=x&s_country=AQ", "/?q=country:India+%22cooperatives%22+-loom+lang:xyz:"),
    *("/library", "/library?l_view=table", "/add", "pdf", "text", "like", "like_document"),
    *("/saved", "/saved?saved=1", "/batch", "/judgements"),
    *("/concepts?c_open=forms", "/concepts?c_word=sozialwirt", "/concepts?id=social-economy", "/?q=Sozialwirtschaft&s_k=10"),
    *("/practices", "/practices?p_view=table", "/practices?p_view=map", "/practices?p_q=bees", "/practices?p_country=AQ"),
    *("/practices?compare=cesena-bee-path&compare=sewa-cooperative-federation", "/practice?id=broken"),
    *("/practice?id=sewa-cooperative-federation", "/practice?id=cesena-bee-path&text=fr"),
    *("/practice-edit", "/practice-edit?id=broken", "/practice-edit?id=sewa-cooperative-federation"),
    *("/members?member=Ana+Silva", "/assessments", "/assessment?id=cesena-bee-path-1"),
    "/assessment?id=sewa-cooperative-federation-1",
    *("/contexts", "/contexts?place=PT", "/contexts?place=PT&beside=ES"),
    *("/transfers", "/transfers?t_view=in&t_place=PT", "/transfers?t_view=of&t_practice=sewa-cooperative-federation&t_new_for=ES"),
    *("/transfer-test", "/transfer-test?id=sewa-cooperative-federation-to-pt-1"),
    *("/monitoring", "/monitoring?m_practice=sewa-cooperative-federation"),
    *("/rounds", "/rounds?round=new"),  # the journey of rounds looks at one
    "/sessions",  # the journey of sessions looks at one
    "/cases",  # and that of transfer cases at one
    *("/directory", "/directory?organisation=sos-group"),  # the journey of the directory looks at a partnership
    *("/lessons", "/policies"),  # the journeys of outcomes look at one each
    *("/rubrics", "/rubrics?rubric=plp-good-practice"),  # the journeys of panels look at the rest
    *("/benchmark", "/benchmark?b_practice=cesena-bee-path", "/benchmark?b_practice=finland-extra-reviewer&b_basis=text"),
    *("/benchmark?b_view=grid", "/benchmark?b_view=side&compare=cesena-bee-path&compare=sewa-cooperative-federation"),
    *(f"/practice-edit?id=cesena-bee-path&text=fr&section={each}" for each in ("who", "story", "results", "transfer", "sources")),
]
NO_WIDER = """() => [...document.querySelectorAll("[data-testid=stMain], [data-testid=stAppViewContainer]")]
  .every(each => each.scrollWidth === each.clientWidth)"""
IS_DARK = """() => getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor.match(/\\d+/g).slice(0, 3)
  .every(each => Number(each) < 64)"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WAIVED = {
    # its drop zone has role=presentation and a label; the button inside it works by keyboard and has a name
    "presentation-role-conflict": "Streamlit 1.67's upload field",
}


def address(places: Any, path: str) -> str:
    return path if path.startswith("/") else str(getattr(places, path))


def faults(page: Any, *, without: str = "") -> list[tuple[str, str, str]]:
    """What axe finds on the page as it stands, but for what is waived.

    Args:
        without: selector of what is not looked at.
    """
    page.wait_for_function("() => document.getAnimations().every(each => each.playState !== 'running')")  # popovers fade in
    context = {"exclude": [[without]]} if without else None
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}  # what passes need not be told whole
    found = Axe().run(page, context, options=options).response["violations"]
    return [
        (rule["id"], node["html"][:200], node["failureSummary"][:200])
        for rule in found
        if rule["id"] not in WAIVED
        for node in rule["nodes"]
    ]


def drawn(page: Any) -> None:
    """Charts draw after the script has ended: wait for each of them."""
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        chart.locator("canvas, svg").first.wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_headings_are_in_order_and_a_phone_scrolls_only_down(visit: Visit, places: Any, path: str) -> None:
    """In light and in the dark: Streamlit follows the machine while the page stands."""
    visitor = visit(height=7000)
    page = visitor.open(address(places, path))
    drawn(page)

    assert faults(page) == []
    levels = page.get_by_test_id("stMain").locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))

    page.emulate_media(color_scheme="dark")
    page.wait_for_function(IS_DARK)
    visitor.wait()
    drawn(page)
    assert faults(page) == []

    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(NO_WIDER)


@pytest.mark.parametrize("path", ["/library", "pdf", "/practices?p_view=map"])
def test_every_picture_has_a_description(visit: Visit, places: Any, path: str) -> None:
    page = visit(height=4000).open(address(places, path))
    drawn(page)

    bare = page.get_by_test_id("stMain").locator(
        "img:not([alt]), img[alt=''], [data-testid=stVegaLiteChart]:not([aria-label]):not(:has([aria-label]))"
    )

    assert bare.count() == 0


def test_axe_finds_nothing_in_what_opens(visit: Visit) -> None:
    """Popovers, the options of a filter, the form below an expander, the side panel on a phone."""
    visitor = visit(dark=True, height=3000)
    page = visitor.open("/?q=women-led+cooperative")
    page.get_by_role("button", name="Why it is here").first.click()
    told = faults(page)
    page.keyboard.press("Escape")
    page.get_by_text("Choose", exact=True).first.click()
    visitor.wait()
    for name in ("Cite", "Search tips", "Save this search", "Chosen passages", "All these words"):
        page.get_by_role("button", name=name).first.click()
        visitor.wait()
        told += faults(page)
        page.keyboard.press("Escape")
        visitor.wait()
    visitor.open("/judgements").get_by_text("Judgements of all members").click()
    visitor.wait()
    told += faults(page)
    visitor.open("/saved").get_by_role("button", name="Rename").first.click()
    told += faults(page)
    visitor.open("/add")
    page.get_by_text("What is known about them").click()
    told += faults(page)
    phone = visit(width=390, height=844)
    phone.open("/?q=cooperatives").get_by_test_id("stExpandSidebarButton").click()
    phone.wait()
    told += faults(phone.page, without="[data-testid=stSidebarNavItems]")  # Streamlit 1.67 puts groups of pages in <div>s of a list

    assert told == []


def test_axe_finds_nothing_in_what_opens_on_an_assessment(visit: Visit) -> None:
    """The menu, the tools of a facilitator, who cannot be invited, what the reviewers say, the form that opens one."""
    visitor = visit(dark=True, height=5000)
    page = visitor.open("/assessment?id=sewa-cooperative-federation-1")
    page.get_by_role("button", name="Practices").first.click()
    visitor.wait()
    told = [
        fault for fault in faults(page) if "data-floating-ui-portal" not in fault[1]
    ]  # Streamlit 1.67 draws menus beside <main>
    page.keyboard.press("Escape")
    for name in ("Change the date", "Cancel the assessment", "Wait no longer for a reviewer"):
        page.get_by_role("button", name=name).first.click()
        visitor.wait()
        told += faults(page)
        page.keyboard.press("Escape")
        visitor.wait()
    page.get_by_text("Who cannot be invited, and why").click()
    visitor.wait()
    told += faults(page)
    visitor.open("/assessment?id=cesena-bee-path-1").locator(".st-key-said_1").get_by_text("Core").first.click()
    visitor.wait()
    told += faults(page)
    visitor.open("/assessments").get_by_text("Open an assessment").click()
    visitor.wait()
    told += faults(page)

    assert told == []

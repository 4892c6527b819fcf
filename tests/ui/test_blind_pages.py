"""No page tells of a review before its time, at whatever address somebody guesses.

As in :mod:`tests.unit.test_blindness`: two worlds that differ only in what the visitor may not know look the same, to the last word
that is sent to the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from fakes import FakeReader, FakeRecords
from streamlit.testing.v1 import AppTest

from kb.services.knowledge_base import KnowledgeBase
from kb.settings import Settings
from kb.ui import state
from kb.ui.components.assessing import review_steps
from tests.assessed import BEES, PRACTICE, RUBRIC, a_base, passage_of
from tests.panels import RUBRIC as ASKED
from tests.unit.test_blindness import ALL_BUT_CONCLUDED, SECRETLY, Case
from tests.worlds import (
    ID,
    SECRET,
    SECRET_DAY,
    declines,
    drafts,
    is_invited,
    nothing,
    ready,
    submits,
    submits_plainly,
    without_passing,
    world,
)

OpenApp = Callable[..., AppTest]
Address = tuple[str, Mapping[str, str | list[str]]]  # of a page: its view, and what stands behind the question mark
VIEWS = Path(state.__file__).parent / "views"
CASES = [
    Case("ann: a review or another, and all are ready", "ann", (nothing,), (SECRETLY, submits("cy", 1, 1, 1, 1, 1))),
    Case("ann: a draft", "ann", (nothing,), (drafts("bo"),)),
    Case("cy: a review or none", "cy", (nothing,), (SECRETLY, submits("ann", 0.5, 4.5, 1, 5, 4.5))),
    Case("cy: a seat given back", "cy", (nothing,), (declines("bo"),)),
    Case("olu: a review or none", "olu", (nothing,), (SECRETLY,)),
    Case("sam: before the conclusion", "sam", (nothing,), ALL_BUT_CONCLUDED),
    Case("dee: before the conclusion", "dee", (nothing,), ALL_BUT_CONCLUDED),
    Case("eve: why she is asked", "eve", (is_invited("eve"),), (*ALL_BUT_CONCLUDED, is_invited("eve", is_third=True)), True),
    Case("gus: why he is asked", "gus", (is_invited("gus"),), (*ALL_BUT_CONCLUDED, is_invited("gus", is_third=True)), True),
    Case("fay: with what they are ready", "fay", (submits_plainly("bo"),), (SECRETLY,), True),
]


def addresses(kb: KnowledgeBase) -> Iterator[Address]:
    """Every page, and where it shows a part of an assessment, each part."""
    passage = passage_of(kb, BEES)
    guessed: Mapping[str, list[Mapping[str, str | list[str]]]] = {
        "agreement": [{}, {"rubric": RUBRIC, "version": "1"}, {"rubric": RUBRIC, "version": "2"}],
        "assessment": [{"id": ID}, {"id": f"{PRACTICE}-2"}],
        "assessments": [{}, *({"a_stage": [each]} for each in ("reviewing", "replying", "reconciling", "concluded"))],
        "document": [{"id": passage.document_id, "passage": passage.id}],
        "members": [{}, {"member": "bo"}],
        "practice": [{"id": PRACTICE}],
        "practice_edit": [{"id": PRACTICE}],
        "reconcile": [{"id": ID}, {"id": ID, "item": "equity"}],
        "review": [{"id": ID}, *({"id": ID, "item": each} for each in (*ASKED.gate_names, "equity", review_steps.END))],
        "rubrics": [{}, {"rubric": RUBRIC}, {"rubric": RUBRIC, "version": "1"}],
        "search": [{"q": "hives"}, {"q": SECRET}],
        "similar": [{"like": passage.id}],
    }
    for view in sorted(VIEWS.glob("*.py")):
        yield from ((view.stem, query) for query in guessed.get(view.stem, [{}]))


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    base = a_base(tmp_path_factory.mktemp("blind"), FakeRecords())
    base = replace(base, new_reader=FakeReader, launch=lambda job: None)
    base.catalog.put_settings(base.about_vectors())
    base.generations.publish(base.catalog, base.about_vectors())
    ready(base)
    return base


def sent(app: AppTest) -> str:
    """All that is sent to the browser, and the address that it shows."""
    return without_passing("\n".join([*_sent(app._tree), str(sorted(app.query_params.items()))]))


def _sent(node: object) -> Iterator[str]:
    """A page is a tree of blocks; each block and each element has what it says as a message of its own."""
    message = getattr(node, "proto", None)
    if message is not None:
        yield str(message)
    for each in getattr(node, "children", {}).values():
        yield from _sent(each)


def visited(kb: KnowledgeBase, name: str, open_app: OpenApp, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Address → all that a member is sent there."""
    monkeypatch.setattr(state, "kb", lambda: kb)
    app = open_app(settings)
    app.session_state[state.ACTING_AS] = name
    seen = {}
    for view, query in addresses(kb):
        app.query_params.clear()
        app.switch_page(f"kb/ui/views/{view}.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        seen[f"{view} {query}"] = sent(app)
    return seen


def differing(one: str, other: str) -> list[str]:
    return list(unified_diff(one.splitlines(), other.splitlines(), n=0, lineterm=""))[3:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_page_tells_what_its_visitor_may_not_know(
    kb: KnowledgeBase, case: Case, open_app: OpenApp, empty_kb: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (visited(world(kb, *steps), case.asker, open_app, empty_kb, monkeypatch) for steps in (case.one, case.other))

    assert {address: differing(one[address], other[address]) for address in one if one[address] != other[address]} == {}
    hidden = (SECRET,) if case.may_know_when else (SECRET, SECRET_DAY)
    told = {address: words for address, words in other.items() if any(each in words for each in hidden)}
    assert [address for address in told if not address.startswith("search")] == []  # that one repeats what was asked


def test_the_same_pages_tell_it_as_soon_as_they_may(
    kb: KnowledgeBase, open_app: OpenApp, empty_kb: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So silence is the rule's doing, and not that of an address that leads nowhere."""
    done = world(kb, SECRETLY, submits_plainly("ann"), submits_plainly("cy"))
    seen = visited(done, "ann", open_app, empty_kb, monkeypatch)

    assert {address.split()[0] for address, words in seen.items() if SECRET in words} >= {"assessment", "reconcile"}

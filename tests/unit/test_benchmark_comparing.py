"""Two to six practices side by side, down to the passages behind each score that their reader may see."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import InvalidEntry, NotFound, PermissionDenied
from kb.peers.assessment.review import GateVerdict, Pin, Stance
from kb.peers.assessment.rubric import Rubric
from kb.peers.choices import Scale, Status
from kb.peers.practice import Kind
from kb.retrieval.passage import Visibility
from kb.services.assessing.evidence_now import Now
from kb.services.benchmarking.comparing import compare
from kb.services.benchmarking.standing import Choice
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from tests import panels
from tests.assessed import put
from tests.benchmarked import LOCAL, SAM, a_base, assessed, sheet

NEWER = Rubric.of({**panels.RAW, "version": 2})


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    base = a_base(tmp_path, FakeRecords())
    for name in ("a", "b", "c", "d", "e", "f", "g"):
        sheet(base, name)
    return base


def pin(kb: KnowledgeBase, path: str, words: str, visibility: Visibility = Visibility.PUBLIC) -> Pin:
    put(kb, path, words, visibility=visibility)
    document = next(each for each in kb.catalog.documents() if each.path == path)
    (passage,) = kb.catalog.passages_of(document.id)
    return Pin(passage_id=passage.id, document=path, sha256=document.sha256, quote=passage.text, stance=Stance.FOR)


def test_everything_that_is_wrong_with_the_names_at_once(kb: KnowledgeBase) -> None:
    with pytest.raises(InvalidEntry) as seven:
        compare(kb, ["a", "b", "c", "d", "e", "x", "x", "y"], actor=SAM)
    with pytest.raises(InvalidEntry, match="1 named, and 2 to 6 can be compared"):
        compare(kb, ["a"], actor=SAM)
    with pytest.raises(InvalidEntry, match="7 named"):
        compare(kb, list("abcdefg"), actor=SAM)
    with pytest.raises(InvalidEntry, match="“a” is named 2 times"):
        compare(kb, ["a", "a"], actor=SAM)

    assert str(seven.value) == (
        "These practices cannot be compared: 8 named, and 2 to 6 can be compared; “x” is named 2 times; "
        "there is no practice “x”; there is no practice “y”. See the names: kb practice list"
    )


def test_six_are_not_too_many_and_come_in_the_order_in_which_they_are_named(kb: KnowledgeBase) -> None:
    found = compare(kb, list("fbadce"), actor=SAM)

    assert [each.facts.practice for each in found.columns] == list("fbadce")
    assert (found.rubric, found.gates, found.criteria, found.choices) == (None, (), (), ())
    assert {each.assessment for each in found.columns} == {""}


def test_what_the_sheets_say(kb: KnowledgeBase) -> None:
    """What is unknown or not said is told as such, and whose practice it is not at all."""
    sheet(
        kb, "a", place={"countries": ["SI", "IT"], "region": "Ljubljana", "scale": "local"}, tags=["bees", "sdg:5", "theme:care"],
        partners=[{"name": "A"}, {"name": "B"}], core=["Ask first"], adaptable="unknown", lessons="Begin early.",
        results="Pupils visit the hives.", reviewed="2026-11-22",
    )  # fmt: skip
    sheet(kb, "b", place={"countries": "unknown", "scale": "unknown"}, partners="unknown")
    (kb.practices.folder / "c.yaml").write_text("practice: c\n", encoding="utf-8")
    a, b, c = (each.facts for each in compare(kb, ["a", "b", "c"], actor=SAM).columns)

    assert (a.kind, a.countries, a.region, a.reach) == (Kind.GOOD_PRACTICE, ("SI", "IT"), "Ljubljana", Scale.LOCAL)
    assert (a.start, a.end, a.status, a.n_partners, a.reviewed) == ("2015", "ongoing", Status.RUNNING, 2, "2026-11-22")
    assert [str(tag) for tag in a.tags] == ["theme:care", "sdg:5", "bees"]
    assert (a.texts["results"].best("en")[1], a.texts["resources"].is_unknown) == ("Pupils visit the hives.", True)
    assert [each.best("en")[1] for each in a.lists["core"]] == ["Ask first"]
    assert "adaptable" not in a.lists
    assert (b.countries, b.reach, b.n_partners, b.region) == ((), None, None, "")
    assert (c.is_readable, c.kind, c.texts) == (False, None, {})
    assert "City of Ljubljana" not in repr(a)


def test_scores_with_their_reviewers_spread_and_their_passages(kb: KnowledgeBase) -> None:
    """The same words pinned beside several scores of one criterion are told once."""
    own, hidden = pin(kb, "a.md", "the city pays the keepers"), pin(kb, "s.md", "secret losses", Visibility.RESTRICTED)
    assessed(kb, "a", 4, None, 3, 3, 5, pins=[own, hidden], seats={"ann": True, "bo": True})
    assessed(kb, "b", 2, 3, 3, 3, 3)
    put(kb, "a.md", "the city pays the keepers", "and more by now")
    found = compare(kb, ["b", "a", "c"], actor=SAM)
    rows = {each.criterion: each.cells for each in found.criteria}
    b, a, c = rows["effectiveness"]

    assert list(rows) == list(panels.RUBRIC.criterion_names)
    assert (b.score, a.score, c.score) == (2, 4, None)
    assert (a.lowest, a.highest, a.n_scores) == (4, 4, 2)
    assert [(each.now, each.pin.document if each.pin else None) for each in a.evidence] == [
        (Now.CHANGED, "a.md"), (Now.HIDDEN, None), (Now.HIDDEN, None),
    ]  # fmt: skip
    assert (a.is_stale, b.is_stale, c.evidence) == (True, False, ())
    assert (rows["equity"][1].score, rows["equity"][1].n_scores) == (None, 0)
    assert "secret losses" not in repr(found)
    assert "secret losses" in repr(compare(kb, ["b", "a"], actor=LOCAL))
    assert [each.cells[1].verdict for each in found.gates] == [GateVerdict.YES] * 2
    assert [each.cells[2].verdict for each in found.gates] == [None] * 2
    column = found.columns[1]
    assert (column.assessment, column.coverage, column.n_assessors) == ("a-1", (4, 5), 1)
    assert column.label_title == panels.RUBRIC.title_of(column.label)
    assert (column.impact, column.evidence) == (3.5, 3)


def test_one_rubric_in_one_version(kb: KnowledgeBase) -> None:
    """That by which most of these were assessed, unless another is asked for."""
    assessed(kb, "a", 1, 1, 1, 1, 1)
    assessed(kb, "b", 2, 2, 2, 2, 2)
    assessed(kb, "c", 3, 3, 3, 3, 3, rubric=NEWER)
    usual, newer = compare(kb, ["a", "b", "c"], actor=SAM), compare(kb, ["a", "c"], actor=SAM, rubric="small")

    assert usual.rubric == panels.RUBRIC
    assert [each.score for each in usual.criteria[0].cells] == [1, 2, None]
    assert newer.rubric == NEWER
    assert [each.score for each in newer.criteria[0].cells] == [None, 3]
    assert usual.choices == (Choice("small", 1, 2), Choice("small", 2, 1))
    assert [each.score for each in compare(kb, ["a", "c"], actor=SAM, rubric="small", version=1).criteria[0].cells] == [1, None]
    with pytest.raises(NotFound):
        compare(kb, ["a", "b"], actor=SAM, rubric="nobody")


def test_the_demonstration_is_marked_and_gives_way(kb: KnowledgeBase) -> None:
    assessed(kb, "a", 1, 1, 1, 1, 1, is_demo=True)
    assessed(kb, "b", 2, 2, 2, 2, 2, is_demo=True)
    before = compare(kb, ["a", "b"], actor=SAM)
    assessed(kb, "c", 3, 3, 3, 3, 3)
    after = compare(kb, ["a", "c"], actor=SAM)

    assert [each.is_demo for each in before.columns] == [True, True]
    assert [(each.assessment, each.is_demo) for each in after.columns] == [("", False), ("c-1", False)]
    assert (before.left_out, after.left_out) == ((), ("a",))


def test_only_members_compare(kb: KnowledgeBase) -> None:
    with pytest.raises(PermissionDenied):
        compare(kb, ["a", "b"], actor=Member("nobody", frozenset()))

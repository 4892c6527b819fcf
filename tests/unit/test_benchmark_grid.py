"""The grid of impact and evidence: every assessed practice once, by name, and a reason for each that has no point."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import NotFound
from kb.peers.assessment.review import Pin, Stance
from kb.peers.assessment.rubric import Rubric
from kb.services.benchmarking.grid import WhyNot, grid
from kb.services.benchmarking.standing import Choice
from kb.services.knowledge_base import KnowledgeBase
from tests import panels
from tests.assessed import put
from tests.benchmarked import SAM, a_base, appended, assessed, sheet

NEWER = Rubric.of({**panels.RAW, "version": 2})
PLAIN = Rubric.of({key: value for key, value in panels.RAW.items() if key != "stages"} | {"rubric": "plain"})


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    base = a_base(tmp_path, FakeRecords())
    for name in ("a", "b", "c", "d", "e"):
        sheet(base, name)
    return base


def test_nothing_is_assessed_yet(kb: KnowledgeBase) -> None:
    found = grid(kb, actor=SAM)

    assert (found.rubric, found.points, found.choices, found.is_demo) == (None, (), (), False)
    assert [(each.practice, each.why) for each in found.without] == [(name, WhyNot.NOT_ASSESSED) for name in "abcde"]


def test_by_hand(kb: KnowledgeBase) -> None:
    """Impact is the mean of effectiveness and reach: (3 + 4) / 2 and (5 + 4) / 2; evidence 3 and 5. In the order of names."""
    assessed(kb, "b", 3, 0, 4, 3, None)
    assessed(kb, "a", 5, 4, 4, 5, 4)
    assessed(kb, "c", 5, 5, None, 5, 5)
    assessed(kb, "d", 5, 5, 5, None, 5)
    found = grid(kb, actor=SAM)

    assert [(each.practice, each.impact, each.evidence, each.stage) for each in found.points] == [
        ("a", 4.5, 5, "best"), ("b", 3.5, 3, "leading"),
    ]  # fmt: skip
    assert [(each.label, each.n_assessors, each.is_stale, each.is_demo) for each in found.points] == [
        ("validated", 1, False, False), ("candidate", 1, False, False),
    ]  # fmt: skip
    assert [(each.practice, each.why) for each in found.without] == [
        ("c", WhyNot.NO_IMPACT), ("d", WhyNot.NO_EVIDENCE), ("e", WhyNot.NOT_ASSESSED),
    ]  # fmt: skip
    assert found.rubric == panels.RUBRIC


def test_one_rubric_in_one_version(kb: KnowledgeBase) -> None:
    assessed(kb, "a", 5, 4, 4, 5, 4)
    assessed(kb, "b", 3, 3, 3, 3, 3)
    assessed(kb, "c", 4, 4, 4, 4, 4, rubric=NEWER)
    assessed(kb, "d", 4, 4, 4, 4, 4, rubric=PLAIN)
    usual, newer, plain = grid(kb, actor=SAM), grid(kb, actor=SAM, rubric="small"), grid(kb, actor=SAM, rubric="plain")

    assert usual.rubric == panels.RUBRIC
    assert [each.practice for each in usual.points] == ["a", "b"]
    assert {each.practice: each.why for each in usual.without} == {
        "c": WhyNot.OTHER_VERSION, "d": WhyNot.OTHER_RUBRIC, "e": WhyNot.NOT_ASSESSED,
    }  # fmt: skip
    assert usual.choices == (Choice("small", 1, 2), Choice("small", 2, 1))
    assert newer.rubric == NEWER
    assert [each.practice for each in newer.points] == ["c"]
    assert [each.practice for each in grid(kb, actor=SAM, rubric="small", version=1).points] == ["a", "b"]
    assert (plain.rubric, plain.points) == (PLAIN, ())
    assert {each.practice: each.why for each in plain.without}["d"] is WhyNot.NO_STAGES
    with pytest.raises(NotFound):
        grid(kb, actor=SAM, rubric="nobody")


def test_the_demonstration_gives_way(kb: KnowledgeBase) -> None:
    assessed(kb, "a", 5, 4, 4, 5, 4, is_demo=True)
    before = grid(kb, actor=SAM)
    assessed(kb, "b", 3, 3, 3, 3, 3)
    after = grid(kb, actor=SAM)

    assert (before.is_demo, [each.is_demo for each in before.points]) == (True, [True])
    assert (after.is_demo, [each.practice for each in after.points]) == (False, ["b"])
    assert after.without[0].why is WhyNot.DEMONSTRATION


def test_a_point_says_that_evidence_of_its_two_scores_changed(kb: KnowledgeBase) -> None:
    """Of others it does not."""
    put(kb, "a.md", "the city pays the keepers")
    (document,) = kb.catalog.documents()
    (passage,) = kb.catalog.passages_of(document.id)
    pin = Pin(passage_id=passage.id, document="a.md", sha256=document.sha256, quote=passage.text, stance=Stance.FOR)
    assessed(kb, "a", 5, 4, 4, 5, 4, pins=[pin])
    assessed(kb, "b", 5, 4, 4, 5, 4)
    before = grid(kb, actor=SAM)
    put(kb, "a.md", "other words by now")

    assert [each.is_stale for each in before.points] == [False, False]
    assert [each.is_stale for each in grid(kb, actor=SAM).points] == [True, False]


def test_a_practice_whose_sheet_is_gone_keeps_its_point_and_its_name(kb: KnowledgeBase) -> None:
    assessed(kb, "gone", 5, 4, 4, 5, 4)
    (point,) = grid(kb, actor=SAM).points

    assert (point.practice, point.title.best("en")[1]) == ("gone", "Bees")


def test_what_is_under_way_has_no_point(kb: KnowledgeBase) -> None:
    appended(kb, "a-1", [("fay", panels.opened(practice="a")), ("fay", panels.invited("ann"))])

    assert grid(kb, actor=SAM).without[0].why is WhyNot.NOT_ASSESSED

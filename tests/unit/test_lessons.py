"""Lessons: noted, confirmed by others, found again; and what holds for all that names what it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import Conflict, NotFound
from kb.peers.learning.lesson import LESSON, LessonNoted, LessonState
from kb.peers.learning.parts import Level
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping, lessons, plans, recommendations
from tests.assessed import PRACTICE, a_base, who
from tests.refusing import refused


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def made_up(kb: KnowledgeBase, id_: str = "lesson-demo-x") -> str:
    """A lesson of the demonstration, by bo."""
    bo = who(kb, "bo")
    body = LessonNoted(by=keeping.party(bo), text="Made up.", level=Level.POLICY)
    with kb.records() as records:
        return keeping.begin(records, LESSON, body, actor=bo, id_=id_, is_demo=True).id


def test_a_lesson_is_confirmed_by_somebody_else_and_withdrawn_by_who_noted_it(kb: KnowledgeBase) -> None:
    ann, bo, sam, fay = (who(kb, name) for name in ("ann", "bo", "sam", "fay"))
    told = lessons.note(kb, "Mow later.", level="organisation", practices=[PRACTICE], from_whom="House of Bo", actor=ann)

    assert "yourself" in refused(lambda: lessons.confirm(kb, told.id, actor=ann))
    confirmed = lessons.confirm(kb, told.id, how="Our bees came back.", actor=bo)
    assert confirmed.confirmed is not None
    assert (confirmed.state, confirmed.confirmed.by.organisation) == (LessonState.CONFIRMED, "House of Bo")
    assert "is confirmed; this needs one that is noted" in refused(lambda: lessons.confirm(kb, told.id, actor=sam), Conflict)
    assert "Who noted this lesson and facilitators may" in refused(lambda: lessons.withdraw(kb, told.id, why="No.", actor=sam))

    gone = lessons.withdraw(kb, told.id, why="It was a wet year.", actor=fay)
    assert [each.body.kind for each in gone.happened] == ["noted", "confirmed", "withdrawn"]
    assert gone.noted.text == "Mow later."
    assert lessons.lessons(kb, actor=sam) == []
    assert lessons.lessons(kb, withdrawn=True, actor=sam) == lessons.lessons(kb, state="withdrawn", actor=sam) == [gone]


def test_all_that_is_wrong_with_a_lesson_is_said_at_once(kb: KnowledgeBase) -> None:
    said = refused(lambda: lessons.note(kb, " ", level="world", practices=["No name"], exchanges=["?"], actor=who(kb, "ann")))

    assert [part in said for part in ("text: ", "level: “world”", "because.practices.0", "because.exchanges.0")] == [True] * 4


def test_a_lesson_comes_from_what_is_there(kb: KnowledgeBase) -> None:
    ann = who(kb, "ann")
    said = refused(
        lambda: lessons.note(kb, "Mow.", level="policy", practices=["no-such"], exchanges=["round-7"], actor=ann), NotFound
    )

    assert ("no practice is called “no-such”" in said, "nothing is called “round-7”" in said) == (True, True)
    assert lessons.lessons(kb, actor=ann) == []


def test_lessons_are_found_by_practice_exchange_level_state_and_both_organisations(kb: KnowledgeBase) -> None:
    ann, bo = who(kb, "ann"), who(kb, "bo")
    one = lessons.note(kb, "Mow later.", level="organisation", practices=[PRACTICE], from_whom="house of BO", actor=ann)
    two = lessons.note(kb, "Ask first.", level="policy", exchanges=[one.id], actor=ann)
    two = lessons.confirm(kb, two.id, actor=bo)

    def found(**wanted: str) -> list[str]:
        return [each.id for each in lessons.lessons(kb, actor=bo, **wanted)]

    assert found() == [two.id, one.id]
    assert found(practice=PRACTICE) == found(level="organisation") == found(organisation="House of Bo") == [one.id]
    assert found(exchange=one.id) == found(state="confirmed") == found(level="policy", organisation="house of ann") == [two.id]
    assert found(practice="wasps") == found(organisation="House") == []


def test_what_comes_from_the_demonstration_is_of_it_and_never_of_both(kb: KnowledgeBase) -> None:
    ann = who(kb, "ann")
    real = lessons.note(kb, "Mow later.", level="policy", actor=ann)
    demo = made_up(kb)

    assert lessons.note(kb, "So do we.", level="policy", exchanges=[demo], practices=[PRACTICE], actor=ann).is_demo
    assert not lessons.note(kb, "So do we.", level="policy", exchanges=[real.id], actor=ann).is_demo
    said = refused(lambda: lessons.note(kb, "Both.", level="policy", exchanges=[demo, real.id], actor=ann))
    assert said == "lesson-demo-x: of the demonstration, and the rest is not. Name one or the other."
    said = refused(lambda: recommendations.issue(kb, "Both.", to="House of Bo", exchanges=[demo, real.id], actor=ann))
    assert "of the demonstration" in said


def test_what_is_real_cannot_become_part_of_the_demonstration_later(kb: KnowledgeBase) -> None:
    ann = who(kb, "ann")
    demo = made_up(kb)
    written = plans.draft(kb, title="Mow", instrument="Parks", text="Later.", actions=[{"what": "Mow."}], actor=ann)

    said = refused(lambda: plans.revise(kb, written.id, {"exchanges": [demo]}, actor=ann))
    assert said == "lesson-demo-x: of the demonstration, and plan-1 is not. Name something else."
    assert plans.plan(kb, written.id, actor=ann) == written


def test_a_thing_is_named_by_its_whole_id_of_its_own_kind(kb: KnowledgeBase) -> None:
    ann = who(kb, "ann")
    told = lessons.note(kb, "Mow later.", level="policy", actor=ann)

    assert lessons.lesson(kb, told.id, actor=ann) == told
    for wrong in ("lesson-2", "lesson-1\n", "plan-1", "", "lesson-"):
        assert "There is no lesson" in refused(lambda wrong=wrong: lessons.lesson(kb, wrong, actor=ann), NotFound)  # type: ignore[misc]

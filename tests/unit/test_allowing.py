"""What the app offers is what services take: nothing that is offered is refused, nothing that is taken is not offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, plans, policies, recommendations
from kb.services.learning.allowing import may_with_lesson, may_with_plan, may_with_policy, may_with_recommendation
from tests.assessed import a_base, who
from tests.outcomes import a_lesson, a_plan, a_policy, a_recommendation


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def test_a_lesson_offers_confirming_to_others_and_withdrawing_to_who_noted_it(kb: KnowledgeBase) -> None:
    told = a_lesson(kb)

    def may(name: str) -> set[str]:
        return set(may_with_lesson(lessons.lesson(kb, told.id, actor=who(kb, name)), actor=who(kb, name)))

    assert (may("ann"), may("bo"), may("fay")) == ({"withdrawn"}, {"confirmed"}, {"confirmed", "withdrawn"})
    lessons.withdraw(kb, told.id, why="No.", actor=who(kb, "ann"))
    assert (may("ann"), may("fay")) == (set(), set())


def test_a_recommendation_offers_an_answer_to_whom_it_is_for(kb: KnowledgeBase) -> None:
    told = a_recommendation(kb)

    def may(name: str) -> set[str]:
        found = recommendations.recommendation(kb, told.id, actor=who(kb, name))
        return set(may_with_recommendation(found, actor=who(kb, name)))

    assert [may(name) for name in ("ann", "bo", "sam", "fay")] == [{"withdrawn"}, {"answered"}, set(), {"answered", "withdrawn"}]
    recommendations.answer(kb, told.id, response="accept", actor=who(kb, "bo"))
    assert [may(name) for name in ("ann", "bo", "sam", "fay")] == [
        {"withdrawn"}, {"implemented"}, set(), {"implemented", "withdrawn"},
    ]  # fmt: skip


def test_a_plan_offers_each_step_in_its_time(kb: KnowledgeBase) -> None:
    told, ann = a_plan(kb), who(kb, "ann")

    def may(name: str) -> set[str]:
        return set(may_with_plan(plans.plan(kb, told.id, actor=who(kb, name)), actor=who(kb, name)))

    assert (may("ann"), may("bo")) == ({"revised", "not-implemented"}, {"validated"})
    plans.validate(kb, told.id, actor=who(kb, "bo"))
    assert (may("ann"), may("bo")) == ({"revised", "begun", "not-implemented"}, set())
    plans.begin(kb, told.id, actor=ann)
    assert may("ann") == {"action-moved", "not-implemented"}
    for key in ("register", "tell"):
        plans.move_action(kb, told.id, key, "in-progress", actor=ann)
        plans.move_action(kb, told.id, key, "done", actor=ann)
    assert may("ann") == {"finished", "not-implemented"}


def test_a_policy_change_offers_confirming_to_others(kb: KnowledgeBase) -> None:
    told = a_policy(kb, by="ann", effects=[])

    def may(name: str) -> set[str]:
        return set(may_with_policy(policies.policy_change(kb, told.id, actor=who(kb, name)), actor=who(kb, name)))

    assert (may("ann"), may("bo"), may("fay")) == (
        {"revised", "withdrawn"}, {"confirmed"}, {"withdrawn", "confirmed"},
    )  # fmt: skip
    policies.confirm(kb, told.id, actor=who(kb, "bo"))
    assert (may("ann"), may("sam")) == ({"revised", "withdrawn"}, set())

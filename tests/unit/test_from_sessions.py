"""What comes from a session tells no more of it than the session itself: who was there, and what is kept back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import InvalidEntry, KBError
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import (
    dashboard,
    everything,
    feed,
    lesson_exporting,
    lessons,
    needs,
    network,
    plans,
    policies,
    recommendations,
    sessions,
    waiting,
)
from kb.services.permission import Member
from kb.services.tables import TableFormat
from tests.assessed import PRACTICE, a_base, who
from tests.unit.test_sessions import join, plan, share
from tests.worlds import without_passing

TEXT = "Ask the schools first."
Step = Callable[[KnowledgeBase, str, Member], object]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return a_base(tmp_path, FakeRecords())


def a_session(kb: KnowledgeBase, *joined: str, **changed: object) -> str:
    session = plan(kb, **changed)
    join(kb, session, *joined)
    sessions.held(kb, session, n_participants=2, actor=who(kb, "fay"))
    return session


def lesson(kb: KnowledgeBase, session: str, actor: Member) -> object:
    return lessons.note(kb, TEXT, level="policy", exchanges=[session], actor=actor)


def advice(kb: KnowledgeBase, session: str, actor: Member) -> object:
    return recommendations.issue(kb, TEXT, to="city of Ljubljana", exchanges=[session], actor=actor)


def an_action_plan(kb: KnowledgeBase, session: str, actor: Member) -> object:
    actions = [{"what": "Ask"}]
    return plans.draft(kb, title="Schools", instrument="Budget", text=TEXT, actions=actions, exchanges=[session], actor=actor)


def a_policy_change(kb: KnowledgeBase, session: str, actor: Member) -> object:
    return policies.record(
        kb, title="Schools", policy="Budget", organisation=actor.organisation, what_changed=TEXT, on="2026-04-01",
        attribution="All of it.", exchanges=[session], actor=actor,
    )  # fmt: skip


def an_answered_need(kb: KnowledgeBase, session: str, actor: Member) -> object:
    posted = needs.post(kb, "Schools", "Who asks schools?", seeks="knowledge", actor=actor)
    return needs.answer(kb, posted.id, TEXT, exchanges=[session], actor=actor)


ALL: tuple[Step, ...] = (lesson, advice, an_action_plan, a_policy_change, an_answered_need)


def everything_that(kb: KnowledgeBase, name: str) -> str:
    """All that a member sees of mutual learning: lists, each thing, numbers, arrows, what happened, what waits, and files."""
    actor = who(kb, name)
    told = [
        everything.things(kb, actor=actor),
        lessons.lessons(kb, actor=actor, withdrawn=True), recommendations.recommendations(kb, actor=actor),
        [lessons.lesson(kb, each.id, actor=actor) for each in lessons.lessons(kb, actor=actor, withdrawn=True)],
        [recommendations.recommendation(kb, each.id, actor=actor) for each in recommendations.recommendations(kb, actor=actor)],
        [found(kb, actor=actor, organisation="House of Bo") for found in (lessons.lessons, recommendations.recommendations)],
        lessons.lessons(kb, actor=actor, practice=PRACTICE),
        dashboard.dashboard(kb, actor=actor), network.network(kb, actor=actor), feed.feed(kb, actor=actor),
        feed.atom(kb, actor=actor).content.decode(), waiting.waiting(kb, actor=actor),
        lesson_exporting.export_lessons(kb, TableFormat.CSV, actor=actor).content.decode(),
        lesson_exporting.export_recommendations(kb, TableFormat.CSV, actor=actor).content.decode(),
        dashboard.export(kb, TableFormat.CSV, actor=actor).content.decode(),
    ]  # fmt: skip
    return repr(told)


# who was there -------------------------------------------------------------------------------------------------------------


def test_under_the_rule_others_do_not_see_who_noted_a_lesson_in_the_debrief(kb: KnowledgeBase) -> None:
    session = a_session(kb, "bo", "ann", chatham_house=True)
    share(kb, session, "bo", lessons=[{"text": TEXT, "level": "policy"}])

    for name in ("bo", "ann", "fay"):
        assert [each.noted.by.name for each in lessons.lessons(kb, actor=who(kb, name))] == ["bo"]
    (seen,) = lessons.lessons(kb, actor=who(kb, "olu"))
    assert (seen.noted.text, seen.noted.because.exchanges, seen.id) == (TEXT, (session,), "lesson-1")
    assert (seen.member, seen.noted.by.name, seen.noted.by.organisation, seen.noted.by.country) == ("", "", "", "")
    assert seen.happened[0].body is seen.noted
    for name in ("olu", "sam"):
        assert "'bo'" not in everything_that(kb, name)
        assert "House of Bo" not in everything_that(kb, name)


def a_world(folder: Path, author: str, step: Step) -> KnowledgeBase:
    """Bo and cy took part, who is a facilitator too; one of them notes what came of it, and takes it back again."""
    kb = a_base(folder, FakeRecords())
    session = a_session(kb, "bo", "ann", chatham_house=True, practices=[PRACTICE])
    step(kb, session, who(kb, author))
    return kb


def debrief(kb: KnowledgeBase, session: str, actor: Member) -> object:
    return share(kb, session, actor.name, lessons=[{"text": TEXT, "level": "policy"}])


def a_lesson_taken_back(kb: KnowledgeBase, session: str, actor: Member) -> object:
    lesson(kb, session, actor)
    return lessons.withdraw(kb, "lesson-1", why="No.", actor=actor)


def a_lesson_that_holds(kb: KnowledgeBase, session: str, actor: Member) -> object:
    lesson(kb, session, actor)
    return lessons.confirm(kb, "lesson-1", actor=who(kb, "sam"))


def advice_that_is_taken(kb: KnowledgeBase, session: str, actor: Member) -> object:
    advice(kb, session, actor)
    return recommendations.answer(kb, "recommendation-1", response="accept", actor=who(kb, "olu"))


@pytest.mark.parametrize("step", [lesson, debrief, advice, a_lesson_taken_back, a_lesson_that_holds, advice_that_is_taken])
def test_two_worlds_that_differ_in_who_wrote_look_alike_to_others(tmp_path: Path, step: Step) -> None:
    one, other = (a_world(tmp_path / name, name, step) for name in ("bo", "ann"))

    for reader in ("olu", "sam"):
        assert timeless(everything_that(one, reader)) == timeless(everything_that(other, reader))
    assert timeless(everything_that(one, "cy")) != timeless(everything_that(other, "cy"))  # else nothing was compared


def test_what_others_are_refused_and_given_back_names_nobody(kb: KnowledgeBase) -> None:
    session, sam = a_session(kb, "bo", chatham_house=True), who(kb, "sam")
    lesson(kb, session, who(kb, "bo"))
    advice(kb, session, who(kb, "bo"))

    refusals = [refused(lambda: lessons.withdraw(kb, "lesson-1", why="No.", actor=sam))]
    refusals += [refused(lambda: recommendations.withdraw(kb, "recommendation-1", why="No.", actor=sam))]
    given = [lessons.confirm(kb, "lesson-1", actor=sam)]
    given += [recommendations.answer(kb, "recommendation-1", response="accept", actor=who(kb, "olu"))]

    assert refusals == [
        "Who noted this lesson and facilitators may withdraw it.",
        "Who issued this recommendation and facilitators may withdraw it.",
    ]
    assert "'bo'" not in repr(given)
    assert "House of Bo" not in repr(given)
    assert lessons.lesson(kb, "lesson-1", actor=who(kb, "bo")).member == "bo"


def test_without_the_rule_who_notes_a_lesson_is_told(kb: KnowledgeBase) -> None:
    lesson(kb, a_session(kb, "bo"), who(kb, "bo"))

    assert [each.noted.by.name for each in lessons.lessons(kb, actor=who(kb, "sam"))] == ["bo"]


def test_plans_and_policy_changes_are_signed_whatever_they_come_from(kb: KnowledgeBase) -> None:
    """An organisation may found them on a debrief that everybody reads: nobody can tell who was there."""
    session, sam = a_session(kb, "bo", chatham_house=True), who(kb, "sam")
    an_action_plan(kb, session, who(kb, "ann"))
    a_policy_change(kb, session, who(kb, "ann"))

    assert [each.member for each in (*plans.plans(kb, actor=sam), *policies.policies(kb, actor=sam))] == ["ann", "ann"]


# what is kept back ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ALL)
def test_nothing_may_name_a_session_while_what_was_said_is_kept_back(kb: KnowledgeBase, step: Step) -> None:
    session = a_session(kb, "bo", embargo_until="2099-01-01")
    before = {name: everything_that(kb, name) for name in ("sam", "bo", "cy")} if step is not an_answered_need else {}

    for name in ("bo", "cy", "sam"):
        with pytest.raises(InvalidEntry, match=f"said in {session} is kept back until 2099-01-01: tell what comes from it then"):
            step(kb, session, who(kb, name))

    assert before == {name: everything_that(kb, name) for name in before}
    assert TEXT not in everything_that(kb, "fay")


@pytest.mark.parametrize("step", ALL)
def test_once_the_embargo_has_passed_everything_may_name_it(kb: KnowledgeBase, step: Step) -> None:
    step(kb, a_session(kb, "bo", embargo_until="2026-03-10"), who(kb, "bo"))

    assert TEXT in everything_that(kb, "sam")


@pytest.mark.parametrize("step", ALL)
def test_nothing_comes_from_a_session_that_was_not_held(kb: KnowledgeBase, step: Step) -> None:
    """Until then an embargo may still be set."""
    session = plan(kb)

    with pytest.raises(InvalidEntry, match="session-1 was not held: nothing comes from it yet"):
        step(kb, session, who(kb, "bo"))


def test_a_plan_and_a_policy_change_are_not_revised_to_name_what_is_kept_back(kb: KnowledgeBase) -> None:
    now, later = a_session(kb, "bo"), a_session(kb, "bo", embargo_until="2099-01-01")
    bo = who(kb, "bo")
    an_action_plan(kb, now, bo)
    a_policy_change(kb, now, bo)

    for revise, ref in ((plans.revise, "plan-1"), (policies.revise, "policy-1")):
        assert "kept back until 2099-01-01" in refused(lambda: revise(kb, ref, {"exchanges": [now, later]}, actor=bo))  # noqa: B023
    assert later not in repr(plans.plan(kb, "plan-1", actor=bo)) + repr(policies.policy_change(kb, "policy-1", actor=bo))


def test_all_that_keeps_several_sessions_from_being_named_is_told_at_once(kb: KnowledgeBase) -> None:
    later, coming = a_session(kb, "bo", embargo_until="2099-01-01"), plan(kb)

    told = refused(lambda: lessons.note(kb, TEXT, level="policy", exchanges=[later, coming], actor=who(kb, "bo")))

    assert told == (
        "What was said in session-1 is kept back until 2099-01-01: tell what comes from it then. "
        "session-2 was not held: nothing comes from it yet."
    )


def timeless(told: str) -> str:
    """Without moments, and without the ids of entries, which are made of them."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", without_passing(told))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KBError) as told:
        act()
    return str(told.value)

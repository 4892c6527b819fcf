"""A debrief, a lesson or a recommendation of a session under the Chatham House Rule names nobody who was there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import FakeRecords

from kb.errors import InvalidEntry, PermissionDenied
from kb.services import members
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import debriefs, lessons, recommendations, sessions
from kb.services.permission import LOCAL_MEMBER, Member, Role
from tests.assessed import a_base, who
from tests.directories import organisation, write
from tests.unit.test_sessions import join, plan

QUIET, NAMES = "Ask the schools first.", "Ms Quill of the LOOM UNION asks the schools first."
WHY = "It is the title of her book."
Tell = Callable[[KnowledgeBase, str, str, Member, str], object]


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    made = a_base(tmp_path, FakeRecords())
    members.add(made, "Rosa Quill", organisation="Loom Union", country="FR", roles={Role.MEMBER}, actor=LOCAL_MEMBER)
    return made


def held(kb: KnowledgeBase, **changed: object) -> str:
    session = plan(kb, **{"chatham_house": True, **changed})
    join(kb, session, "bo", "Rosa Quill")
    sessions.held(kb, session, actor=who(kb, "fay"))
    return session


def debrief(kb: KnowledgeBase, session: str, text: str, actor: Member, despite: str = "", part: str = "decisions") -> object:
    desk = debriefs.desk(kb, session, actor=actor)
    said = [{"text": text, "level": "policy"}] if part == "lessons" else [QUIET, text]
    kept = debriefs.keep(kb, session, {part: said}, version=desk.version, actor=actor)
    return debriefs.share(kb, session, version=kept.version, actor=actor, despite=despite)


def lesson(kb: KnowledgeBase, session: str, text: str, actor: Member, despite: str = "") -> object:
    return lessons.note(kb, text, level="policy", exchanges=[session], actor=actor, despite=despite)


def advice(kb: KnowledgeBase, session: str, text: str, actor: Member, despite: str = "") -> object:
    return recommendations.issue(kb, text, to="City of Ljubljana", exchanges=[session], actor=actor, despite=despite)


ALL: tuple[Tell, ...] = (debrief, lesson, advice)


def n_told(kb: KnowledgeBase, session: str) -> int:
    fay = who(kb, "fay")
    debriefed = sessions.session(kb, session, actor=fay).debrief is not None
    return debriefed + len(lessons.lessons(kb, actor=fay)) + len(recommendations.recommendations(kb, actor=fay))


@pytest.mark.parametrize("tell", ALL)
def test_a_text_that_names_who_was_there_is_refused_with_each_name_and_leaves_no_trace(kb: KnowledgeBase, tell: Tell) -> None:
    session = held(kb)

    with pytest.raises(InvalidEntry, match=r"against the Chatham House Rule: Rosa Quill; Loom Union\. Write “a participant”"):
        tell(kb, session, NAMES, who(kb, "bo"), "")

    assert n_told(kb, session) == 0
    tell(kb, session, QUIET, who(kb, "bo"), "")
    assert n_told(kb, session) == 1


@pytest.mark.parametrize("part", ["decisions", "lessons", "open_points"])
def test_every_part_of_a_debrief_is_looked_through(kb: KnowledgeBase, part: str) -> None:
    session = held(kb)

    with pytest.raises(InvalidEntry, match="Rosa Quill; Loom Union"):
        debrief(kb, session, NAMES, who(kb, "bo"), part=part)

    assert debriefs.desk(kb, session, actor=who(kb, "bo")).draft != debriefs.DebriefDraft()  # what was written is not lost
    assert n_told(kb, session) == 0


@pytest.mark.parametrize("tell", ALL)
def test_without_the_rule_a_text_may_name_anybody(kb: KnowledgeBase, tell: Tell) -> None:
    told = tell(kb, held(kb, chatham_house=False), NAMES, who(kb, "fay"), WHY)

    assert "Quill" in repr(told)
    assert WHY not in repr(told)  # a reason for nothing is not kept


@pytest.mark.parametrize("tell", ALL)
def test_a_facilitator_says_why_it_may_and_those_who_were_not_there_do_not_read_that(kb: KnowledgeBase, tell: Tell) -> None:
    session = held(kb)
    with pytest.raises(PermissionDenied, match="keep what names who was there: this needs the role facilitator"):
        tell(kb, session, NAMES, who(kb, "bo"), WHY)

    tell(kb, session, NAMES, who(kb, "fay"), WHY)

    def seen(name: str) -> str:
        actor = who(kb, name)
        found = (lessons.lessons(kb, actor=actor), recommendations.recommendations(kb, actor=actor))
        return repr((sessions.session(kb, session, actor=actor), *found))

    assert [WHY in seen(name) for name in ("fay", "bo", "sam")] == [True, True, False]
    assert "Ms Quill" in seen("sam")


def test_a_lesson_that_is_noted_with_the_debrief_keeps_the_reason_where_it_names_somebody(kb: KnowledgeBase) -> None:
    session, fay = held(kb), who(kb, "fay")
    desk = debriefs.desk(kb, session, actor=fay)
    said = [{"text": text, "level": "policy"} for text in (NAMES, QUIET)]
    kept = debriefs.keep(kb, session, {"lessons": said}, version=desk.version, actor=fay)
    debriefs.share(kb, session, version=kept.version, actor=fay, despite=WHY)

    noted = {each.noted.text: each.noted.despite for each in lessons.lessons(kb, actor=fay)}
    assert noted == {NAMES: WHY, QUIET: ""}


def test_nobody_who_was_not_there_can_ask_name_by_name(kb: KnowledgeBase) -> None:
    """Sam sees neither who took part nor, by what is refused, whether Rosa did."""
    session, sam = held(kb), who(kb, "sam")

    there = [lesson(kb, session, f"{name} asks first.", sam) for name in ("Rosa Quill", "Ida Spindle")]

    assert len(there) == 2
    with pytest.raises(InvalidEntry, match="Rule: House of Ann"):  # the host is known to everybody
        lesson(kb, session, "The House of Ann asks first.", sam)


def test_under_the_rule_the_debrief_is_shared_by_who_sees_who_was_there(kb: KnowledgeBase) -> None:
    """Ann is of the host and took no part."""
    session, open_one, ann = held(kb), held(kb, chatham_house=False), who(kb, "ann")

    for text in (QUIET, NAMES):
        with pytest.raises(InvalidEntry, match=r"only those share the debrief who see who was there[^.]*\.$"):
            debrief(kb, session, text, ann)

    assert [debriefs.desk(kb, each, actor=ann).may_share for each in (session, open_one)] == [False, True]
    debrief(kb, open_one, NAMES, ann)


def test_a_recommendation_may_name_the_organisation_that_it_is_for(kb: KnowledgeBase) -> None:
    write(kb.documents.parent / "organisations", organisation("loom-union", title="Loom Union", also=["Union des métiers"]))
    session, bo = held(kb), who(kb, "bo")

    recommendations.issue(kb, "The Union des metiers asks first.", to="Loom Union", exchanges=[session], actor=bo)

    with pytest.raises(InvalidEntry, match="Rule: Union des métiers"):
        recommendations.issue(kb, "The Union des metiers asks first.", to="City of Ljubljana", exchanges=[session], actor=bo)

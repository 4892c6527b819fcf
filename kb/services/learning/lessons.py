"""Lessons are noted, confirmed by others, and found again by practice."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.errors import InvalidEntry
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.lesson import LESSON, Lesson, LessonConfirmed, LessonNoted, LessonState, LessonWithdrawn
from kb.peers.learning.parts import Level
from kb.peers.learning.record import Body
from kb.peers.learning.session import Session
from kb.peers.learning.session_rules import against_lessons
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.linking import check_because, sessions_of
from kb.services.learning.names_in_texts import named_in_any, reason_given, refuse_text
from kb.services.learning.sessions import for_eyes
from kb.services.permission import Member, Role, require

NOTE, CONFIRM, WITHDRAW = "note lessons", "confirm lessons", "withdraw lessons"
NOT_NOTED = "The lesson was not noted"


def note(
    kb: KnowledgeBase,
    text: str,
    *,
    level: Level | str,
    actor: Member,
    practices: Collection[str] = (),
    exchanges: Collection[str] = (),
    from_whom: str = "",
    language: str = "en",
    despite: str = "",
) -> Lesson:
    """Say what was learned, from which practice and exchange.

    Args:
        exchanges: ids of a match, a round, a session, a transfer case.
        from_whom: organisation that it was learned from.
        language: of the text, as BCP 47 primary tag.
        despite: why it may name who was at a session under the Chatham House Rule; a facilitator's to say, and kept with it.

    Raises:
        InvalidEntry: with all that is wrong; if a session that is named was not held, or its rules keep the lesson back; if it
            names who was at one under the Chatham House Rule, with each name.
        PermissionDenied: if somebody else than a facilitator says ``despite``.
        NotFound: if there is no such practice or exchange.
    """
    require(actor, Role.MEMBER, NOTE)
    reason = reason_given(despite, actor=actor)
    body = keeping.made(
        LessonNoted,
        NOT_NOTED,
        by=keeping.party(actor),
        text=text,
        level=level,
        because={"practices": tuple(practices), "exchanges": tuple(exchanges)},
        from_whom=from_whom,
        language=language,
    )
    with kb.records() as records:
        is_demo = check_because(kb, records, body.because, actor=actor)
        sessions = sessions_of(records, body.because)
        _check_sessions(sessions, body)
        names = named_in_any(kb, (for_eyes(each, actor) for each in sessions), body.text, writer=body.by)
        if not reason:
            refuse_text(names)
        body = body.model_copy(update={"despite": reason if names else ""})
        return keeping.begin(records, LESSON, body, actor=actor, is_demo=is_demo)


def confirm(kb: KnowledgeBase, lesson: str, *, actor: Member, how: str = "") -> Lesson:
    """Say that somebody else's lesson holds.

    Raises:
        NotFound: if there is no such lesson.
        InvalidEntry: if it is the actor's own.
        Conflict: if it was confirmed or withdrawn already.
    """
    require(actor, Role.MEMBER, CONFIRM)
    body = keeping.made(LessonConfirmed, "The lesson was not confirmed", by=keeping.party(actor), how=how)
    return _added(kb, lesson, body, actor)


def withdraw(kb: KnowledgeBase, lesson: str, *, why: str, actor: Member) -> Lesson:
    """Take a lesson back. That it was noted stays in its history."""
    require(actor, Role.MEMBER, WITHDRAW)
    body = keeping.made(LessonWithdrawn, "The lesson was not withdrawn", why=why)
    return _added(kb, lesson, body, actor)


def lesson(kb: KnowledgeBase, lesson_id: str, *, actor: Member) -> Lesson:
    """One.

    Raises:
        NotFound: if there is none of that id.
    """
    return keeping.record(kb, LESSON, lesson_id, actor=actor)


def lessons(
    kb: KnowledgeBase,
    *,
    actor: Member,
    practice: str = "",
    exchange: str = "",
    organisation: str = "",
    level: Level | str = "",
    state: LessonState | str = "",
    withdrawn: bool = False,
) -> list[Lesson]:
    """Lessons, the last noted first.

    Args:
        practice: only those from it; so ``exchange``.
        organisation: only those that it learned, or that were learned from it.
        state: only those in it; by default all but those that were taken back.
        withdrawn: those too.
    """
    return [
        each
        for each in keeping.everyone(kb, LESSON, actor=actor)
        if (each.state == state if state else withdrawn or each.state is not LessonState.WITHDRAWN)
        and (not practice or practice in each.noted.because.practices)
        and (not exchange or exchange in each.noted.because.exchanges)
        and (not level or each.noted.level == level)
        and (
            not organisation
            or any(same_organisation(organisation, one) for one in (each.noted.by.organisation, each.noted.from_whom))
        )
    ]


def _added(kb: KnowledgeBase, lesson: str, body: Body, actor: Member) -> Lesson:
    with kb.records() as records:
        return keeping.seen(records, LESSON, [keeping.add(records, LESSON, lesson, body, actor=actor)], actor)[0]


def _check_sessions(sessions: Iterable[Session], body: LessonNoted) -> None:
    """See that a lesson tells no more of a session than its debrief may; :mod:`linking` sees when it may be named at all."""
    refusals = (
        each.sentence
        for session in sessions
        for each in against_lessons(session, tells_whom=bool(body.from_whom), is_noted=True, today=today())
    )
    if told := " ".join(dict.fromkeys(refusals)):
        raise InvalidEntry(told)

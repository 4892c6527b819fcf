"""Facilitators draft question rounds, send them, close and conclude them; members see those that were sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.errors import Conflict, InvalidEntry
from kb.peers.learning.round import ROUND, Round, RoundState
from kb.peers.learning.round_bodies import (
    RoundCancelled,
    RoundClosed,
    RoundConcluded,
    RoundDrafted,
    RoundRescheduled,
    RoundRevised,
    RoundSent,
)
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.linking import partnership_meant
from kb.services.learning.round_eyes import for_eyes, is_seen
from kb.services.permission import Member, Role, require
from kb.services.records import UnitOfWork

LEAD = "lead question rounds"
NOT_DRAFTED, NOT_REVISED = "The question round was not drafted", "The question round was not revised"
FIELDS = ("title", "questions", "due", "axis", "intro", "partnership", "session", "asked", "language")

Asking = Sequence[str | Mapping[str, str]]


def draft(
    kb: KnowledgeBase,
    title: str,
    *,
    questions: Asking,
    due: str,
    actor: Member,
    axis: str = "",
    intro: str = "",
    partnership: str = "",
    session: str = "",
    asked: Sequence[str] = (),
    language: str = "en",
) -> Round:
    """Write what is to be asked. Nobody but facilitators sees it before it is sent.

    Args:
        questions: texts, in their order; or each with ``key`` and ``text``.
        due: until when cases are waited for, as ISO date.
        partnership: by its name or by what it is called.
        session: id of the session that will talk about the answers.
        asked: organisations that are asked by name; none: everybody is.
        language: of questions and introduction, as BCP 47 primary tag.

    Raises:
        InvalidEntry: with all that is wrong.
        NotFound: if there is no such partnership.
    """
    require(actor, Role.FACILITATOR, LEAD)
    body = keeping.made(
        RoundDrafted,
        NOT_DRAFTED,
        by=keeping.party(actor),
        title=title,
        questions=_questions(questions),
        due=due,
        axis=axis,
        intro=intro,
        partnership=partnership,
        session=session,
        asked=tuple(asked),
        language=language,
    )
    body = body.model_copy(update={"partnership": partnership_meant(kb, body.partnership)})
    with kb.records() as records:
        _check_session(records, body.session, is_demo=actor.is_demo)
        begun = keeping.begin(records, ROUND, body, actor=actor)
    return _seen(kb, begun, actor)


def revise(kb: KnowledgeBase, round_id: str, changes: Mapping[str, object], *, base: int, actor: Member) -> Round:
    """Write it anew before it is sent. What ``changes`` does not name stays.

    Args:
        changes: by name, as the arguments of :func:`draft`.
        base: how many events the round had when it was read.

    Raises:
        NotFound: if there is no such round, or no such partnership.
        InvalidEntry: with all that is wrong.
        Conflict: if something happened to it since, or it was sent.
    """
    require(actor, Role.FACILITATOR, LEAD)
    if strangers := [name[:40] for name in changes if name not in FIELDS]:
        raise InvalidEntry(f"The question round was not revised: there is no “{', '.join(strangers)}”.")

    def anew(so_far: Round) -> RoundRevised:
        if so_far.state is RoundState.DRAFT and len(so_far.happened) != base:
            raise Conflict(f"{round_id} was revised by somebody else meanwhile. Look at it again.")
        values = so_far.drafted.model_dump(include=set(FIELDS)) | dict(changes)
        given = values["questions"]
        values["questions"] = _questions(given if isinstance(given, Sequence) and not isinstance(given, str) else ())
        body = keeping.made(RoundRevised, NOT_REVISED, by=keeping.party(actor), **values)
        _check_session(records, body.session, is_demo=so_far.is_demo)
        meant = partnership_meant(kb, body.partnership, so_far=so_far.drafted.partnership)
        return body.model_copy(update={"partnership": meant})

    with kb.records() as records:
        moved = keeping.add(records, ROUND, round_id, anew, actor=actor)
    return _seen(kb, moved, actor)


def send(kb: KnowledgeBase, round_id: str, *, actor: Member) -> Round:
    """Ask the partners. From now on members answer, and the questions stay as they are.

    Raises:
        NotFound: if there is no such round.
        InvalidEntry: if it would be due in the past.
        Conflict: if it was sent or cancelled already.
    """
    require(actor, Role.FACILITATOR, LEAD)
    return _moved(kb, round_id, RoundSent(by=keeping.party(actor)), actor)


def reschedule(kb: KnowledgeBase, round_id: str, *, actor: Member, due: str = "", session: str = "") -> Round:
    """Name another day until which cases are waited for, or the session that will talk about them."""
    require(actor, Role.FACILITATOR, LEAD)
    refusal = "The question round was not rescheduled"
    body = keeping.made(RoundRescheduled, refusal, by=keeping.party(actor), due=due, session=session)

    def checked(so_far: Round) -> RoundRescheduled:
        _check_session(records, body.session, is_demo=so_far.is_demo)
        return body

    with kb.records() as records:
        moved = keeping.add(records, ROUND, round_id, checked, actor=actor)
    return _seen(kb, moved, actor)


def close(kb: KnowledgeBase, round_id: str, *, actor: Member) -> Round:
    """Wait for no more cases. Questions on cases and votes go on; the background brief can be compiled."""
    require(actor, Role.FACILITATOR, LEAD)
    return _moved(kb, round_id, RoundClosed(by=keeping.party(actor)), actor)


def conclude(kb: KnowledgeBase, round_id: str, conclusions: Mapping[str, str], *, actor: Member, overall: str = "") -> Round:
    """Write down what the partners conclude, when they have talked about the answers.

    Args:
        conclusions: key of the question → conclusion; blank ones are left out.
        overall: of all questions together.

    Raises:
        NotFound: if there is no such round.
        InvalidEntry: if nothing is said, or something to a question that it does not ask.
        Conflict: if it is not closed.
    """
    require(actor, Role.FACILITATOR, LEAD)
    said = {key: text for key, text in conclusions.items() if text.strip()}
    refusal = "The question round was not concluded"
    body = keeping.made(RoundConcluded, refusal, by=keeping.party(actor), conclusions=said, overall=overall)
    return _moved(kb, round_id, body, actor)


def cancel(kb: KnowledgeBase, round_id: str, *, why: str, actor: Member) -> Round:
    """Say that it does not take place. What was said in it stays in its history."""
    require(actor, Role.FACILITATOR, LEAD)
    body = keeping.made(RoundCancelled, "The question round was not cancelled", by=keeping.party(actor), why=why)
    return _moved(kb, round_id, body, actor)


def rounds(kb: KnowledgeBase, *, actor: Member, partnership: str = "") -> list[Round]:
    """Those that were sent, and for facilitators all; the last drafted first.

    Args:
        partnership: only those of it.
    """
    evidence = EvidenceNow(kb, actor)
    found = keeping.everyone(kb, ROUND, actor=actor)
    return [
        for_eyes(each, actor, evidence) for each in found if is_seen(each, actor) and partnership in ("", each.drafted.partnership)
    ]


def round_(kb: KnowledgeBase, round_id: str, *, actor: Member) -> Round:
    """One of them.

    Raises:
        NotFound: if there is none of that id, or it was not sent yet and the actor is no facilitator.
    """
    return _seen(kb, keeping.record(kb, ROUND, round_id, actor=actor), actor)


def _moved(
    kb: KnowledgeBase, round_id: str, body: RoundSent | RoundClosed | RoundConcluded | RoundCancelled, actor: Member
) -> Round:
    with kb.records() as records:
        moved = keeping.add(records, ROUND, round_id, body, actor=actor)
    return _seen(kb, moved, actor)


def _seen(kb: KnowledgeBase, found: Round, actor: Member) -> Round:
    return for_eyes(found, actor, EvidenceNow(kb, actor))


def _questions(given: Asking) -> list[object]:
    """Each with a key; one that has none yet gets the first number that is free. Blank ones are left out."""
    asked = [each if isinstance(each, str) else dict(each) for each in given]
    taken = {each["key"] for each in asked if isinstance(each, dict) and each.get("key")}
    free = (key for n in range(1, len(asked) + len(taken) + 2) if (key := f"q{n}") not in taken)
    return [made for each in asked if (made := _question(each, free)) is not None]


def _question(each: object, free: Iterator[str]) -> object:
    if not isinstance(each, (str, dict)):
        return each  # its fault is told with all others
    text, key = (each, "") if isinstance(each, str) else (each.get("text", ""), each.get("key", ""))
    return {"key": key or next(free), "text": text} if str(text).strip() else None


def _check_session(records: UnitOfWork, session: str | None, *, is_demo: bool) -> None:
    """It is there, and not made up unless the round is.

    Raises:
        InvalidEntry: if not.
    """
    if not session:
        return
    stored = records.journal.of("session", session)
    if not stored:
        raise InvalidEntry(f"There is no session “{session}”. See the list: kb learn session list")
    if stored[0].is_demo is not is_demo:
        raise InvalidEntry("What is made up for the demonstration and what is real are not linked with each other.")

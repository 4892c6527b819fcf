"""Sessions are planned, joined, held and looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from kb.errors import InvalidEntry
from kb.peers.learning.moments import at
from kb.peers.learning.parts import Because
from kb.peers.learning.record import Body
from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_bodies import (
    SessionCancelled,
    SessionHeld,
    SessionJoined,
    SessionLeft,
    SessionPlanned,
    SessionRevised,
)
from kb.peers.learning.session_rules import SESSION
from kb.services.assessing.loading import reader_of
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.linking import check_because, check_still, partnership_meant
from kb.services.permission import Member, Role, require

PLAN, JOIN, HOLD = "plan sessions", "take part in sessions", "hold sessions"

P = TypeVar("P", bound=SessionPlanned)


def plan(kb: KnowledgeBase, planned: Mapping[str, object], *, actor: Member) -> Session:
    """Plan a session. Facilitators may, and members of its host.

    Args:
        planned: values of :class:`~kb.peers.learning.session_bodies.SessionPlanned` by name, but ``by``. ``begins`` and ``ends``
            are told by the clocks of ``zone``, or with an offset.

    Raises:
        InvalidEntry: with all that is wrong.
        NotFound: if there is no such practice, question round or partnership.
    """
    require(actor, Role.MEMBER, PLAN)
    body = _within(kb, _made(SessionPlanned, "The session was not planned", planned, actor))
    with kb.records() as records:
        is_demo = check_because(kb, records, _links(body), actor=actor)
        return keeping.begin(records, SESSION, body, actor=actor, is_demo=is_demo)


def revise(kb: KnowledgeBase, session: str, planned: Mapping[str, object], *, actor: Member) -> Session:
    """Plan it otherwise, while it has not been held.

    Args:
        planned: what changes, by name as for :func:`plan`; what is not named stays, and what the actor may not see.

    Raises:
        As :func:`plan`; Conflict if it was held or cancelled already.
    """
    require(actor, Role.MEMBER, PLAN)
    with kb.records() as records:
        whole = keeping.within(records, SESSION, session)
        body = _made(SessionRevised, "The session was not changed", {**_plain(whole.planned, planned), **planned}, actor)
        if for_eyes(whole, actor).are_names_withheld:
            body = _led(body, whole.planned)
        body = _within(kb, body, whole.planned.partnership)
        check_still(kb, records, _links(body), whole, actor=actor, so_far=_links(whole.planned))
        return for_eyes(keeping.add(records, SESSION, session, body, actor=actor), actor)


def join(kb: KnowledgeBase, session: str, *, actor: Member) -> Session:
    """Take part. Everybody says so for themselves.

    Raises:
        NotFound: if there is no such session.
        Conflict: if it is full, the actor takes part already, or it was held or cancelled.
    """
    require(actor, Role.MEMBER, JOIN)
    return _added(kb, session, SessionJoined(by=keeping.party(actor)), actor)


def leave(kb: KnowledgeBase, session: str, *, actor: Member, why: str = "") -> Session:
    """Take part no longer; the place is free again."""
    require(actor, Role.MEMBER, JOIN)
    body = keeping.made(SessionLeft, "You did not leave the session", by=keeping.party(actor), why=why)
    return _added(kb, session, body, actor)


def held(kb: KnowledgeBase, session: str, *, actor: Member, on: str = "", n_participants: int = 0) -> Session:
    """Say that it took place. From that day the debrief is awaited.

    Args:
        on: day on which it ended, by the clocks there; by default the last day that was planned.
        n_participants: who were there; by default as many as joined.

    Raises:
        NotFound: if there is no such session.
        InvalidEntry: if it has not begun yet, or is a peer review without peers of two other countries; with all that is wrong.
        Conflict: if it was held or cancelled already.
    """
    require(actor, Role.MEMBER, HOLD)
    with kb.records() as records:
        planned = keeping.within(records, SESSION, session)
        body = keeping.made(
            SessionHeld, "The session was not held",
            by=keeping.party(actor), on=on or planned.last_day, n_participants=n_participants or planned.n_participants,
        )  # fmt: skip
        told = keeping.add(records, SESSION, session, body, actor=actor)
        if not has_begun(planned):
            raise InvalidEntry(f"The session begins at {planned.planned.begins}, which has not come yet.")
    return for_eyes(told, actor)


def cancel(kb: KnowledgeBase, session: str, *, why: str, actor: Member) -> Session:
    """Say that it will not take place. That it was planned stays in its history."""
    require(actor, Role.MEMBER, HOLD)
    body = keeping.made(SessionCancelled, "The session was not cancelled", by=keeping.party(actor), why=why)
    return _added(kb, session, body, actor)


def sessions(kb: KnowledgeBase, *, actor: Member) -> list[Session]:
    """All sessions as the actor may see them: those to come, the next one first; then the others, the latest first."""
    found = keeping.everyone(kb, SESSION, actor=actor)
    coming = sorted((each for each in found if is_coming(each)), key=lambda each: (at(each.planned.begins), each.id))
    past = [each for each in found if not is_coming(each)]
    return [*coming, *sorted(past, key=lambda each: (at(each.planned.begins), each.id), reverse=True)]


def session(kb: KnowledgeBase, session: str, *, actor: Member) -> Session:
    """One session, as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    return keeping.record(kb, SESSION, session, actor=actor)


def is_coming(session: Session) -> bool:
    """Whether it is planned and nobody has said yet that it was held; its time may have passed."""
    return session.state is SessionState.PLANNED


def has_begun(session: Session) -> bool:
    """Whether its beginning has come."""
    return at(session.planned.begins) <= at(now())


def for_eyes(session: Session, actor: Member) -> Session:
    """A session as the actor may see it."""
    return SESSION.seen(session, reader_of(actor), today())


def _added(kb: KnowledgeBase, session: str, body: Body, actor: Member) -> Session:
    with kb.records() as records:
        return for_eyes(keeping.add(records, SESSION, session, body, actor=actor), actor)


def _made(body: type[P], refusal: str, planned: Mapping[str, object], actor: Member) -> P:
    return keeping.made(body, refusal, **{**planned, "by": keeping.party(actor)})


def _within(kb: KnowledgeBase, body: P, so_far: str = "") -> P:
    return body.model_copy(update={"partnership": partnership_meant(kb, body.partnership, so_far=so_far)})


def _plain(before: SessionPlanned, planned: Mapping[str, object]) -> dict[str, object]:
    """What was planned, for a form that is partly filled in anew. In another zone the same times are meant by its clocks."""
    values = before.model_dump(mode="json")
    if "zone" in planned:
        values |= {key: str(values[key])[:16] for key in ("begins", "ends")}
    return values


def _led(body: SessionRevised, before: SessionPlanned) -> SessionRevised:
    """Who leads what, for an author who may not see it and so did not say it: as it was, where an item stays what it is."""
    known = {(each.at, each.title): each.who for each in before.agenda}
    agenda = tuple(each.model_copy(update={"who": each.who or known.get((each.at, each.title), "")}) for each in body.agenda)
    return body.model_copy(update={"agenda": agenda})


def _links(body: SessionPlanned) -> Because:
    return Because(practices=body.practices, exchanges=(body.round,) if body.round else ())

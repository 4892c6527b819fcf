"""Who may see what of a session.

Under the Chatham House Rule only who took part, who planned it and facilitators see who was there: nobody's name stands beside what
was said, not even of who wrote it down. While an embargo lasts, only they see what the debrief says, and what notes say that are
kept here; other notes are documents, whose embargo the shelf keeps.

Source: Chatham House, "Chatham House Rule", chathamhouse.org/about-us/chatham-house-rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, cast

from kb.peers.assessment.blinding import Reader
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Body, Event
from kb.peers.learning.session import Session
from kb.peers.learning.session_bodies import Debriefed, NotesTaken, SessionJoined, SessionLeft, SessionPlanned

B = TypeVar("B", bound=Body)
S = TypeVar("S", bound=NotesTaken | Debriefed)
NOBODY = Party(name="")


def seen(session: Session, reader: Reader, today: str) -> Session:
    """The session as somebody may see it on a day. How many take part everybody may see."""
    if is_inside(session, reader):
        return session
    if session.planned.chatham_house:
        session = _without_names(session, reader)
    if session.planned.embargo_until > today:
        session = _without_texts(session)
        if session.debrief:
            session = _without_debrief(session)
    return session


def is_inside(session: Session, reader: Reader) -> bool:
    """Whether somebody sees all of a session as it is: who takes part, who planned it, and facilitators."""
    return reader.is_facilitator or reader.name == session.member or session.has_joined(reader.name)


def _without_names(session: Session, reader: Reader) -> Session:
    came_and_went = (SessionJoined, SessionLeft)
    kept = (each for each in session.happened if not isinstance(each.body, came_and_went) or each.member == reader.name)
    return replace(
        session,
        planned=_unled(session.planned),
        participants=(),
        debrief=_unsigned(session.debrief, reader) if session.debrief else None,
        notes=tuple(_unsigned(each, reader) for each in session.notes),
        are_names_withheld=True,
        happened=tuple(_nameless(each, reader) for each in kept),
    )


def _nameless(event: Event, reader: Reader) -> Event:
    """Who wrote down what was said may have been there: the name goes, as from the notes themselves."""
    if isinstance(event.body, NotesTaken | Debriefed) and event.member != reader.name:
        return replace(event, member="", body=_unsigned(event.body, reader))
    return replace(event, body=_unled(event.body))


def _unsigned(body: S, reader: Reader) -> S:
    if body.by.name == reader.name:
        return body
    return cast("S", body.model_copy(update={"by": NOBODY, "despite": ""}))  # the reason tells who was there


def _without_texts(session: Session) -> Session:
    happened = (
        replace(each, body=_textless(each.body)) if isinstance(each.body, NotesTaken) else each for each in session.happened
    )
    return replace(session, notes=tuple(map(_textless, session.notes)), happened=tuple(happened))


def _textless(body: NotesTaken) -> NotesTaken:
    return body.model_copy(update={"text": ""})


def _without_debrief(session: Session) -> Session:
    def emptied(event: Event) -> Event:
        return replace(event, body=_wordless(event.body)) if isinstance(event.body, Debriefed) else event

    assert session.debrief
    happened = tuple(emptied(each) for each in session.happened)
    return replace(session, debrief=_wordless(session.debrief), happened=happened, is_debrief_withheld=True)


def _wordless(body: Debriefed) -> Debriefed:
    return Debriefed(by=body.by)


def _unled(body: B) -> B:
    """What was planned, without who leads what."""
    if isinstance(body, SessionPlanned):
        agenda = tuple(each.model_copy(update={"who": ""}) for each in body.agenda)
        return body.model_copy(update={"agenda": agenda})
    return body

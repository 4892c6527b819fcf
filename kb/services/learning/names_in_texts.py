"""Notes of a session under the Chatham House Rule name nobody who was there: search shows their words to everybody. No more do a
debrief, a lesson or a recommendation that comes from it: everybody reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.errors import InvalidEntry
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.named_in import Naming, named_in
from kb.peers.learning.parts import Party
from kb.peers.learning.session import Session
from kb.retrieval.writable import writable
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.directory import everybody
from kb.services.permission import LOCAL_MEMBER, Member, Role, require

KEEP = "keep what names who was there"
_BRACKETS = re.compile(r"\((.*?)\)")


def names_in(kb: KnowledgeBase, session: Session, text: str, *, title: str, writer: Party) -> tuple[Naming, ...]:
    """Names in notes of people who took part, planned, held or wrote down a session, of who leads something, and of organisations.

    Args:
        session: as it is, with the names of who took part.
        writer: of the notes.
    """
    parties = [*session.participants, *_parties(session), writer]
    people = [each.name for each in parties] + [session.member]
    organisations = [each.organisation for each in parties] + [session.planned.host.organisation]
    leading = [each.who for each in session.planned.agenda]
    organisations += [inside for each in leading for inside in _BRACKETS.findall(each)]
    leaders = (one.strip() for each in leading for one in re.split("[,;]", _BRACKETS.sub(" ", each)))
    return named_in(
        text,
        title=title,
        people=(each for each in people if each != LOCAL_MEMBER.name),
        others=[*_spelled(kb, organisations), *(each for each in leaders if " " in each)],  # one word may be "Everybody"
    )


def refuse(found: Iterable[Naming]) -> None:
    """Refuse notes with names in them.

    Raises:
        InvalidEntry: with each name and its lines.
    """
    if named := "; ".join(map(str, found)):
        raise InvalidEntry(
            "The notes name who was there, against the Chatham House Rule. "
            f"Each name with its lines (0 is the title): {named}. "
            "Write “a participant”, “a public body” or the like; keep the names of published works. "
            "A facilitator may take the notes in as they are and say why."
        )


def named_in_any(kb: KnowledgeBase, sessions: Iterable[Session], text: str, *, writer: Party, told: str = "") -> tuple[Naming, ...]:
    """Names in a text that comes from sessions, of those of them that meet under the Chatham House Rule.

    Args:
        sessions: as the writer may see them: nobody is to ask name by name who was there.
        told: organisation that is named beside the text anyway, for everybody to read.
    """
    found = [name for each in sessions if each.planned.chatham_house for name in names_in(kb, each, text, title="", writer=writer)]
    if not found:
        return ()
    known = next((each.names for each in everybody(kb) if told and each.is_called(told)), (told,))
    return tuple(each for each in dict.fromkeys(found) if not any(same_organisation(each.name, own) for own in known))


def reason_given(despite: str, *, actor: Member) -> str:
    """Why a text may name who was there, which a facilitator says; empty where nobody said so.

    Raises:
        PermissionDenied: if somebody else says it.
    """
    if reason := writable(despite).strip():
        require(actor, Role.FACILITATOR, KEEP)
    return reason


def refuse_text(found: Iterable[Naming]) -> None:
    """Refuse a debrief, a lesson or a recommendation with names in it.

    Raises:
        InvalidEntry: with each name.
    """
    if named := "; ".join(each.name for each in found):
        raise InvalidEntry(
            f"The text names who was there, against the Chatham House Rule: {named}. "
            "Write “a participant”, “a public body” or the like. A facilitator may keep it as it is and say why."
        )


def _parties(session: Session) -> Iterator[Party]:
    yield session.planned.by
    yield from (each.by for each in (session.held, session.debrief, *session.notes) if each)


def _spelled(kb: KnowledgeBase, organisations: Iterable[str]) -> Iterator[str]:
    """Each as it was written, without what stands behind it in brackets, and by every other name that the directory has of it."""
    directory = everybody(kb)
    for name in dict.fromkeys(filter(None, organisations)):
        yield name
        yield _BRACKETS.sub(" ", name)
        yield from (other for each in directory if each.is_called(name) for other in each.names)

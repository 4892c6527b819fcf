"""Sessions as calendar files, to be put into anybody's own calendar; nobody who takes part is named in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from kb.peers.learning.moments import at
from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_bodies import SessionPlanned, SessionRevised
from kb.retrieval.writable import one_line
from kb.services.calendar_files import MEDIA_TYPE, CalendarEntry
from kb.services.citing import Exported
from kb.services.clock import now
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.sessions import session as one_session
from kb.services.learning.sessions import sessions
from kb.services.permission import Member, Role, require


def _formats() -> Mapping[str, str]:
    return MappingProxyType(
        {"seminar": "Seminar", "peer-review": "Peer review", "matchmaking": "Matchmaking", "study-visit": "Study visit"}
    )


@dataclass(frozen=True)
class SessionWording:
    """The fixed words of a calendar file. English here; the app gives the same in the reader's language.

    Attributes:
        countries, spoken: names of countries and languages by their codes; one that is not among them is told by its code.
    """

    sessions: str = "Sessions"
    hosted_by: str = "Host: {host}"
    online: str = "Online: {address}"
    languages: str = "Languages: {languages}"
    agenda: str = "Agenda"
    chatham_house: str = "Under the Chatham House Rule: what is said may be used, who said it may not be told."
    embargo: str = "What is said is kept back until {day}."
    cancelled: str = "Cancelled: {why}"
    demonstration: str = "[Demonstration: made up] {title}"
    formats: Mapping[str, str] = field(default_factory=_formats)
    countries: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)


def ics(
    kb: KnowledgeBase,
    session: str = "",
    *,
    actor: Member,
    wording: SessionWording = SessionWording(),  # frozen
) -> Exported:
    """A calendar file of one session, or of all that are not over, those that were cancelled among them.

    Args:
        session: its id; empty: all.
        wording: the fixed words, in the reader's language.

    Raises:
        NotFound: if there is no such session.
    """
    require(actor, Role.MEMBER, keeping.LOOK)
    found = [one_session(kb, session, actor=actor)] if session else [each for each in sessions(kb, actor=actor) if _is_ahead(each)]
    entries = [_entry(each, kb.app_url, wording) for each in found]
    content = kb.calendar_files.write(entries, name=found[0].title if session else wording.sessions)
    return Exported(f"{session or 'sessions'}.ics", MEDIA_TYPE, content)


def _is_ahead(session: Session) -> bool:
    is_open = session.state in (SessionState.PLANNED, SessionState.CANCELLED)
    return is_open and at(session.planned.ends) > at(now())


def _entry(session: Session, app_url: str, wording: SessionWording) -> CalendarEntry:
    planned = session.planned
    return CalendarEntry(
        uid=str(uuid5(NAMESPACE_URL, f"plp-session:{session.id}:{session.happened[0].at_utc}:{session.member}")),
        title=wording.demonstration.format(title=planned.title) if session.is_demo else planned.title,
        zone=planned.zone,
        begins=at(planned.begins),
        ends=at(planned.ends),
        changed=at(session.happened[-1].at_utc),
        description="\n".join(_description(session, wording)),
        location=planned.where or planned.address_online,
        url=f"{app_url.rstrip('/')}/sessions?session={quote(session.id)}" if app_url else "",
        n_changes=sum(isinstance(each.body, SessionRevised) for each in session.happened) + (session.cancelled is not None),
        is_cancelled=session.cancelled is not None,
    )


def _description(session: Session, wording: SessionWording) -> Iterator[str]:
    planned: SessionPlanned = session.planned
    if session.cancelled:
        yield wording.cancelled.format(why=one_line(session.cancelled.why))
    yield wording.formats.get(planned.format.value, planned.format.value)
    country = wording.countries.get(planned.host.country, planned.host.country)
    yield wording.hosted_by.format(host=f"{planned.host.organisation} ({country})")
    if planned.address_online:
        yield wording.online.format(address=planned.address_online)
    if planned.languages:
        yield wording.languages.format(languages=", ".join(wording.spoken.get(each, each) for each in planned.languages))
    if planned.chatham_house:
        yield wording.chatham_house
    if planned.embargo_until:
        yield wording.embargo.format(day=planned.embargo_until)
    if planned.agenda:
        yield ""
        yield wording.agenda
        yield from (f"{each.at}  {one_line(each.title)}" for each in planned.agenda)

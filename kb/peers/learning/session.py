"""A session: partners meet, for hours or days, and within a week tell all others what came of it.

What a format asks for is in :mod:`kb.peers.learning.session_rules`; who may see what of a session, in
:mod:`kb.peers.learning.session_eyes`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.due import debrief_due
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.moments import at, day_in, local
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Event, Record
from kb.peers.learning.session_bodies import (
    Debriefed,
    NotesTaken,
    SessionCancelled,
    SessionHeld,
    SessionJoined,
    SessionLeft,
    SessionPlanned,
    SessionRevised,
)


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    HELD = "held"
    DEBRIEFED = "debriefed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Session(Record):
    """A session.

    Attributes:
        planned: as it was revised last.
        participants: in the order in which they joined; nobody where ``are_names_withheld``.
        n_participants: who joined, whether or not they are shown.
        n_peers: those who are not of the host's organisation.
        n_countries: countries other than the host's from which peers come.
        notes: in order.
        are_names_withheld: the Chatham House Rule keeps from this reader who took part.
        is_debrief_withheld: an embargo keeps the words of the debrief from this reader.
    """

    planned: SessionPlanned
    participants: tuple[Party, ...] = ()
    n_participants: int = 0
    n_peers: int = 0
    n_countries: int = 0
    held: SessionHeld | None = None
    debrief: Debriefed | None = None
    notes: tuple[NotesTaken, ...] = ()
    cancelled: SessionCancelled | None = None
    are_names_withheld: bool = False
    is_debrief_withheld: bool = False

    @property
    def title(self) -> str:
        """As it is planned."""
        return self.planned.title

    @property
    def first_day(self) -> str:
        """By the clocks there, as ISO date; so is ``last_day``."""
        return day_in(self.planned.zone, self.planned.begins)

    @property
    def last_day(self) -> str:
        """See ``first_day``."""
        return day_in(self.planned.zone, self.planned.ends)

    @property
    def n_days(self) -> int:
        """Days of the calendar that it touches."""
        begins, ends = (local(moment, self.planned.zone).date() for moment in (self.planned.begins, self.planned.ends))
        return (ends - begins).days + 1

    @property
    def n_hours(self) -> float:
        """From its beginning to its end."""
        return (at(self.planned.ends) - at(self.planned.begins)).total_seconds() / 3600

    @property
    def n_taken(self) -> int:
        """Places that are taken: in a peer review by peers, else by everybody who joined."""
        return self.n_peers if self.planned.format.counts_peers else self.n_participants

    @property
    def is_full(self) -> bool:
        """Whether no place is left."""
        return self.n_taken >= self.planned.capacity

    @property
    def debrief_due(self) -> str:
        """The last day for the debrief, as ISO date; empty where none is awaited: before it was held, and once it was shared."""
        return debrief_due(self.held.on) if self.held and self.state is SessionState.HELD else ""

    @property
    def peer_countries(self) -> tuple[str, ...]:
        """From which countries other than the host's peers come, sorted; none where names are withheld."""
        countries = {each.country for each in self.participants if self.is_peer(each) and each.country}
        return tuple(sorted(countries - {self.planned.host.country}))

    def has_joined(self, name: str) -> bool:
        """Whether a member takes part, as far as this reader may see."""
        return any(each.name == name for each in self.participants)

    def is_peer(self, party: Party) -> bool:
        """Whether somebody comes from elsewhere than the host's organisation."""
        return not same_organisation(party.organisation, self.planned.host.organisation)


_PLANNED, _HELD, _DEBRIEFED = SessionState.PLANNED, SessionState.HELD, SessionState.DEBRIEFED
LIFE = Lifecycle(
    SessionState,
    {
        SessionPlanned.kind: step(_PLANNED),
        SessionRevised.kind: step(None, _PLANNED),
        SessionJoined.kind: step(None, _PLANNED),
        SessionLeft.kind: step(None, _PLANNED),
        SessionHeld.kind: step(_HELD, _PLANNED),
        NotesTaken.kind: step(None, _HELD, _DEBRIEFED),
        Debriefed.kind: step(_DEBRIEFED, _HELD),
        SessionCancelled.kind: step(SessionState.CANCELLED, _PLANNED),
    },
)


def begun(id_: str, state: StrEnum, event: Event) -> Session:
    """A session as it was planned first."""
    assert isinstance(event.body, SessionPlanned)
    return Session(id_, state, event.member, event.is_demo, (event,), event.body)


def then(session: Session, event: Event) -> Session:
    """What another event makes of it."""
    match event.body:
        case SessionRevised() as body:
            return _with(replace(session, planned=body), session.participants)
        case SessionJoined(by=by):
            return _with(session, (*session.participants, by))
        case SessionLeft(by=by):
            return _with(session, tuple(each for each in session.participants if each.name != by.name))
        case SessionHeld() as body:
            return replace(session, held=body)
        case NotesTaken() as body:
            held = session.held.model_copy(update={"notes_document": body.document}) if session.held else None
            return replace(session, held=held, notes=(*session.notes, body))
        case Debriefed() as body:
            return replace(session, debrief=body)
        case SessionCancelled() as body:
            return replace(session, cancelled=body)
    return session


def _with(session: Session, participants: tuple[Party, ...]) -> Session:
    joined = replace(session, participants=participants, n_participants=len(participants))
    n_peers = sum(joined.is_peer(each) for each in participants)
    return replace(joined, n_peers=n_peers, n_countries=len(joined.peer_countries))

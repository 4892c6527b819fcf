"""What a session is refused, and what is only remarked.

Hard, so that the word keeps its meaning: who plans and holds it, its places, and the countries of a peer review. Soft: how long
it takes and how many are there.

Sources: Interreg Europe, "Peer review" and "Matchmaking", interregeurope.eu (two days, peers of at least two countries other than
the host's, at most six; two hours); TAIEX-REGIO Peer2Peer, ec.europa.eu/regional_policy (study visits of two to five days); ESF
Community of Practice on Partnership, tavinstitute.org (10 to 14 people a meeting judged ideal).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.moments import has_come
from kb.peers.learning.record import Body, Event, Kind
from kb.peers.learning.session import LIFE, Session, begun, then
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
from kb.peers.learning.session_eyes import is_inside, seen
from kb.peers.learning.session_parts import Format

COUNTRIES_MIN = 2  # of peers, other than the host's
REVIEW_DAYS = 2
MATCHMAKING_HOURS = 2
VISIT_DAYS = (2, 5)
IDEAL_SIZE = (10, 14)


class Remark(StrEnum):
    """What is unusual about a session, and no fault."""

    REVIEW_DAYS = "review-days"
    REVIEW_COUNTRIES = "review-countries"
    MATCHMAKING_HOURS = "matchmaking-hours"
    VISIT_DAYS = "visit-days"
    SEMINAR_SIZE = "seminar-size"


@dataclass(frozen=True)
class Remarked:
    """A remark with the number that it is about: days, hours, people, or countries that are missing."""

    remark: Remark
    number: float


def remarks(session: Session) -> tuple[Remarked, ...]:
    """All that is unusual; of a peer review that is not held yet, which countries are missing too."""
    return tuple(_remarks(session))


def _remarks(session: Session) -> Iterator[Remarked]:
    match session.planned.format:
        case Format.PEER_REVIEW:
            if session.n_days != REVIEW_DAYS:
                yield Remarked(Remark.REVIEW_DAYS, session.n_days)
            if not session.held and (missing := missing_countries(session)):
                yield Remarked(Remark.REVIEW_COUNTRIES, missing)
        case Format.MATCHMAKING if session.n_hours != MATCHMAKING_HOURS:
            yield Remarked(Remark.MATCHMAKING_HOURS, round(session.n_hours, 1))
        case Format.STUDY_VISIT if not VISIT_DAYS[0] <= session.n_days <= VISIT_DAYS[1]:
            yield Remarked(Remark.VISIT_DAYS, session.n_days)
        case Format.SEMINAR if session.held and not IDEAL_SIZE[0] <= session.held.n_participants <= IDEAL_SIZE[1]:
            yield Remarked(Remark.SEMINAR_SIZE, session.held.n_participants)
        case Format.SEMINAR if not session.held and not IDEAL_SIZE[0] <= session.planned.capacity <= IDEAL_SIZE[1]:
            yield Remarked(Remark.SEMINAR_SIZE, session.planned.capacity)


def missing_countries(session: Session) -> int:
    """Countries other than the host's from which a peer review still needs a peer; 0 for any other format."""
    return max(0, COUNTRIES_MIN - session.n_countries) if session.planned.format is Format.PEER_REVIEW else 0


def runs(session: Session, reader: Reader) -> bool:
    """Whether somebody may revise, hold and cancel a session: facilitators, who planned it, and members of its host."""
    return reader.is_facilitator or reader.name == session.member or _hosts(session.planned, reader)


def takes_notes(session: Session, reader: Reader) -> bool:
    """Whether somebody may add notes and tell what came of it, but for the Chatham House Rule: who runs it, and who took part."""
    return runs(session, reader) or session.has_joined(reader.name)


def adds_notes(session: Session, reader: Reader) -> bool:
    """Whether somebody may add notes or share the debrief: under the Chatham House Rule only who sees who was there.

    What names who was there is refused: else whoever may write it could ask name by name. All else as :func:`takes_notes`.
    """
    return takes_notes(session, reader) and (is_inside(session, reader) or not session.planned.chatham_house)


def _hosts(planned: SessionPlanned, reader: Reader) -> bool:
    return same_organisation(planned.host.organisation, reader.organisation)


def _refused(session: Session | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
    if session is None:
        assert isinstance(body, SessionPlanned)
        if not reader.is_facilitator and not _hosts(body, reader):
            yield Refusal(f"A session is planned by facilitators and by members of its host, {body.host.organisation}.")
        return
    if isinstance(body, SessionRevised | SessionHeld | SessionCancelled) and not runs(session, reader):
        yield Refusal("Facilitators, members of the host and who planned this session may do that.")
    if isinstance(body, NotesTaken | Debriefed) and not takes_notes(session, reader):
        yield Refusal("Who took part in this session, members of the host and facilitators may do that.")
    elif isinstance(body, NotesTaken) and not adds_notes(session, reader):
        yield Refusal(
            "Under the Chatham House Rule only those add notes who see who was there: who took part, who planned it, facilitators."
        )
    elif isinstance(body, Debriefed) and not adds_notes(session, reader):
        yield Refusal(
            "Under the Chatham House Rule only those share the debrief who see who was there: "
            "who took part, who planned it, facilitators."
        )
    match body:
        case SessionRevised():
            yield from _revised(session, body, reader)
        case SessionJoined():
            yield from _joined(session, body, reader)
        case SessionLeft() if not session.has_joined(reader.name):
            yield Refusal("You do not take part in this session.")
        case SessionHeld():
            yield from _held(session, body, today)
        case Debriefed():
            yield from _debriefed(session, body, today)


def _revised(session: Session, body: SessionRevised, reader: Reader) -> Iterator[Refusal]:
    n_taken = then(session, Event(0, reader.name, "", body)).n_taken
    if n_taken > body.capacity:
        yield Refusal(f"{n_taken} take part already: there have to be as many places, and {body.capacity} are planned.")
    if session.planned.chatham_house and not body.chatham_house and session.participants:
        yield Refusal("Who joined did so under the Chatham House Rule: it stays. Cancel the session and plan another one.")
    if not reader.is_facilitator and _hosts(session.planned, reader) and not _hosts(body, reader):
        yield Refusal("Only facilitators hand a session over to another host.")


def _joined(session: Session, body: SessionJoined, reader: Reader) -> Iterator[Refusal]:
    if session.has_joined(reader.name):
        yield Refusal("You take part in this session already.", is_late=True)
    elif session.is_full and (session.is_peer(body.by) or not session.planned.format.counts_peers):
        who = "peers" if session.planned.format.counts_peers else "people"
        yield Refusal(f"The session is full: {session.planned.capacity} {who} may take part.", is_late=True)


def _held(session: Session, body: SessionHeld, today: str) -> Iterator[Refusal]:
    if not has_come(session.first_day, session.planned.zone, today):
        yield Refusal(f"The session begins on {session.first_day}, which has not come yet.")
    elif not session.first_day <= body.on <= session.last_day:
        yield Refusal(f"It is planned from {session.first_day} to {session.last_day}, and cannot have ended on {body.on}.")
    elif not has_come(body.on, session.planned.zone, today):
        yield Refusal(f"It cannot have ended on {body.on}, which has not come yet.")
    if missing := missing_countries(session):
        yield Refusal(
            f"A peer review needs peers from at least {COUNTRIES_MIN} countries other than the host's, "
            f"{session.planned.host.country}; {missing} {'is' if missing == 1 else 'are'} missing."
        )


def _debriefed(session: Session, body: Debriefed, today: str) -> Iterator[Refusal]:
    if not (body.decisions or body.lessons or body.open_points):
        yield Refusal("The debrief says nothing: give a decision, a lesson or an open point.")
    tells_whom, is_noted = (any(getattr(each, name) for each in body.lessons) for name in ("from_whom", "lesson"))
    yield from against_lessons(session, tells_whom=tells_whom, is_noted=is_noted, today=today)


def against_lessons(session: Session, *, tells_whom: bool, is_noted: bool, today: str) -> Iterator[Refusal]:
    """Why no lesson of a session may be told so, in its debrief or anywhere else.

    Args:
        tells_whom: it says from whom it was learned.
        is_noted: it is noted among the lessons, where everybody reads it.
    """
    if session.planned.chatham_house and tells_whom:
        yield Refusal("Under the Chatham House Rule a lesson does not tell from whom it was learned.")
    if session.planned.embargo_until > today and is_noted:
        yield Refusal(f"What was said is kept back until {session.planned.embargo_until}: note its lessons then.")


SESSION = Kind(
    "session", "session",
    (SessionPlanned, SessionRevised, SessionJoined, SessionLeft, SessionHeld, NotesTaken, Debriefed, SessionCancelled),
    LIFE, begun, then, _refused, "kb learn session list", seen,
)  # fmt: skip

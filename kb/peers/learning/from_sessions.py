"""What things that come from sessions tell of them: no more than the sessions themselves do.

Nothing comes from a session before it was held, nor while what was said there is kept back. Who notes a lesson or issues a
recommendation from a session was most likely there: under the Chatham House Rule their names are for those only who see who was
there. A plan and a policy change stay signed: any organisation may found one on a debrief that everybody reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.learning.lesson import Lesson, LessonNoted
from kb.peers.learning.parts import Party, kind_of
from kb.peers.learning.recommendation import RecommendationIssued
from kb.peers.learning.record import Record
from kb.peers.learning.session import Session
from kb.peers.learning.session_eyes import is_inside

R = TypeVar("R", bound=Record)
STREAM = "session"


def against_naming(session: Session, today: str) -> Iterator[Refusal]:
    """Why nothing may name a session as where it comes from.

    Once it was held nobody changes its plan: what may be named once may be named for ever.
    """
    if not session.held:
        yield Refusal(f"{session.id} was not held: nothing comes from it yet.")
    if session.planned.embargo_until > today:
        until = session.planned.embargo_until
        yield Refusal(f"What was said in {session.id} is kept back until {until}: tell what comes from it then.")


def sessions_named(record: Record) -> tuple[str, ...]:
    """Ids of the sessions from which a lesson or a recommendation comes; none of anything else."""
    began = record.happened[0].body
    refs = began.because.exchanges if isinstance(began, LessonNoted | RecommendationIssued) else ()
    return tuple(ref for ref in refs if kind_of(ref) == STREAM)


def signed(record: R, sessions: Mapping[str, Session], reader: Reader) -> R:
    """The thing as somebody may see it: without who it is from, where that tells who was in a session.

    Args:
        sessions: by id, as they are.
    """
    named = (sessions[ref] for ref in sessions_named(record) if ref in sessions)
    if record.member == reader.name or not any(each.planned.chatham_house and not is_inside(each, reader) for each in named):
        return record
    began = record.happened[0].body.model_copy(update={"by": Party(name=""), "despite": ""})
    theirs = [replace(each, member="") if each.member == record.member else each for each in record.happened]
    happened = (replace(theirs[0], body=began), *theirs[1:])
    field = "noted" if isinstance(record, Lesson) else "issued"  # it is the body in the history, not only like it
    changed: dict[str, Any] = {"member": "", "happened": happened, field: began}
    return replace(record, **changed)

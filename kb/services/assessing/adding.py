"""Events are added: each only if it may follow, and what belongs together in one unit of work, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from kb.errors import Conflict, InvalidEntry, KBError
from kb.peers.assessment.events import Body, Event, ReplyOpened, spelled
from kb.peers.assessment.folding import fold
from kb.peers.assessment.moves import Refusal, refused, reply_opens
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment
from kb.services.assessing.loading import all_events, reader_of, rubric_in_use
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, require_real
from kb.services.records import SequenceTakenError, StoredEvent, UnitOfWork

Making = Callable[[Assessment, Rubric], Body]  # an event from the whole assessment as it is within the unit of work


def added(kb: KnowledgeBase, assessment_id: str, body: Body | Making, *, actor: Member) -> None:
    """Add an event to an assessment, with what follows from it.

    Raises:
        NotFound: if there is no such assessment.
        InvalidEntry: if the event may not follow, with all reasons.
        PermissionDenied: if the actor is of the demonstration and the assessment is real.
        Conflict: if it could have, and somebody or something else came first.
    """
    with kb.records() as records:
        append(records, assessment_id, body, actor)


def append(records: UnitOfWork, assessment_id: str, body: Body | Making, actor: Member) -> None:
    """The same within a unit of work."""
    events = all_events(records, assessment_id)
    so_far = fold(assessment_id, events)
    rubric = rubric_in_use(records, so_far.rubric, so_far.version)
    made = body(so_far, rubric) if callable(body) else body
    refuse(refused(so_far, made, reader_of(actor), rubric, today=today()))
    if not so_far.is_demo:
        require_real(actor)
    events.append(keep(records, assessment_id, Event(len(events) + 1, actor.name, now(), made, so_far.is_demo)))
    after = fold(assessment_id, events)
    if reply_opens(after) and after.opened:
        opened = ReplyOpened(due=(date.fromisoformat(today()) + timedelta(days=after.opened.reply_days)).isoformat())
        keep(records, assessment_id, Event(len(events) + 1, actor.name, now(), opened, so_far.is_demo))


def keep(records: UnitOfWork, assessment_id: str, event: Event) -> Event:
    """Keep an event as it is.

    Raises:
        Conflict: if another one has its place.
    """
    kind, text = spelled(event.body)
    try:
        records.assessments.append(StoredEvent(assessment_id, event.seq, event.member, event.at_utc, kind, text, event.is_demo))
    except SequenceTakenError as error:
        raise Conflict(f"Somebody else moved {assessment_id} on at the same moment. Look at it again.") from error
    return event


def refuse(reasons: Sequence[Refusal]) -> None:
    """Nothing where there is no reason.

    Raises:
        InvalidEntry: with all of them.
        Conflict: with all of them, if each only came too late.
    """
    if reasons:
        kind: type[KBError] = Conflict if all(reason.is_late for reason in reasons) else InvalidEntry
        raise kind("; ".join(reason.sentence for reason in reasons))

"""Events of tests are added: each only if it may follow."""

from __future__ import annotations

from collections.abc import Callable

from kb.errors import Conflict
from kb.peers.transfer.events import STREAM, Body, Event, spelled
from kb.peers.transfer.folding import fold
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.moves import refused
from kb.peers.transfer.state import TransferTest
from kb.services import frameworks
from kb.services.assessing.adding import refuse
from kb.services.assessing.loading import reader_of
from kb.services.clock import latest_day, now
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, require_real
from kb.services.records import SequenceTakenError, StoredEntry, UnitOfWork
from kb.services.transferring.loading import all_events

Making = Callable[[TransferTest, Framework], Body]  # an event from the whole test as it is within the unit of work


def added(kb: KnowledgeBase, test_id: str, body: Body | Making, *, actor: Member) -> TransferTest:
    """Add an event to a test. Returns what the test was before, whole: to decide, and never to be shown.

    Raises:
        NotFound: if there is no such test.
        InvalidEntry: if the event may not follow, with all reasons.
        PermissionDenied: if the actor is of the demonstration and the test is real.
        Conflict: if it could have, and somebody or something else came first.
    """
    with kb.records() as records:
        return append(records, test_id, body, actor)


def append(records: UnitOfWork, test_id: str, body: Body | Making, actor: Member) -> TransferTest:
    """The same within a unit of work."""
    events = all_events(records, test_id)
    so_far = fold(test_id, events)
    framework = frameworks.in_use(records, so_far.framework, so_far.version)
    made = body(so_far, framework) if callable(body) else body
    refuse(refused(so_far, made, reader_of(actor), framework, today=latest_day()))
    if not so_far.is_demo:
        require_real(actor)
    keep(records, test_id, Event(events[-1].seq + 1, actor.name, now(), made, so_far.is_demo))
    return so_far


def keep(records: UnitOfWork, test_id: str, event: Event) -> Event:
    """Keep an event as it is.

    Raises:
        Conflict: if another one has its place.
    """
    kind, text = spelled(event.body)
    try:
        records.journal.append(StoredEntry(STREAM, test_id, event.seq, event.member, event.at_utc, kind, text, event.is_demo))
    except SequenceTakenError as error:
        raise Conflict(f"Somebody else moved {test_id} on at the same moment. Look at it again.") from error
    return event

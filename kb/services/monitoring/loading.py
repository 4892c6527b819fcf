"""The monitoring of a practice, from its entries in the journal. Everybody sees the same of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kb.errors import NotFound, UnusableRecords
from kb.peers.monitoring.events import STREAM, Body, Event, read
from kb.peers.monitoring.folding import Monitoring, fold
from kb.retrieval.writable import one_line
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.records import StoredEntry, UnitOfWork

LOOK = "see how practices are monitored"
CHANGE = "monitor practices"
BODIES = 20_000  # kept as read: a practice with ten indicators has some hundreds


def monitoring_of(kb: KnowledgeBase, records: UnitOfWork, practice: str) -> Monitoring:
    """As it is now, of a practice whose sheet is there, or that was monitored while it was.

    Raises:
        NotFound: if there is neither.
    """
    try:
        kb.practices.read(practice)
    except NotFound:
        if one_line(practice) != practice or not records.journal.of(STREAM, practice):
            raise
    return monitoring_in(records, practice)


def monitoring_in(records: UnitOfWork, practice: str) -> Monitoring:
    """As it is now; blank where nothing is measured."""
    return folded(practice, records.journal.of(STREAM, practice))


def folded(practice: str, stored: Iterable[StoredEntry]) -> Monitoring:
    """What entries of one practice come to today.

    Raises:
        UnusableRecords: if a newer version of the program wrote one of them.
    """
    events = (Event(each.seq, each.member, each.at_utc, _body(each.kind, each.body), each.is_demo) for each in stored)
    return fold(practice, events, today=today())


@lru_cache(maxsize=BODIES)
def _body(kind: str, text: str) -> Body:
    try:
        return read(kind, text)
    except ValueError as error:
        raise UnusableRecords(f"An entry of monitoring ({kind[:40]}) is of a newer version of the program. Update it.") from error

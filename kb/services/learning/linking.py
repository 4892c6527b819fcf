"""What a thing says that it comes from must be there: practices, and what happened between partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.errors import NotFound
from kb.peers.learning.parts import Because, kind_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.records import UnitOfWork

EXCHANGES = ("match", "round", "session", "case", "lesson", "recommendation", "plan", "policy", "need", "offer")  # streams


def check_because(kb: KnowledgeBase, records: UnitOfWork, because: Because) -> None:
    """See that everything that is named is there.

    Raises:
        NotFound: naming all that is not.
    """
    missing = [*_practices(kb, because.practices), *_exchanges(records, because.exchanges)]
    if missing:
        raise NotFound(f"What is named is not there: {'; '.join(missing)}.")


def _practices(kb: KnowledgeBase, names: Iterable[str]) -> Iterator[str]:
    there = set(kb.practices.names())
    return (f"no practice is called “{name}”" for name in names if name not in there)


def _exchanges(records: UnitOfWork, refs: Iterable[str]) -> Iterator[str]:
    for ref in refs:
        stream = kind_of(ref)
        if stream not in EXCHANGES or not records.journal.of(stream, ref):
            yield f"nothing is called “{ref}”"

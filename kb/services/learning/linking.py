"""What a thing says that it comes from must be there: practices, and what happened between partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.errors import InvalidEntry, NotFound
from kb.peers.learning.parts import Because, kind_of
from kb.peers.learning.record import Record
from kb.services.knowledge_base import KnowledgeBase
from kb.services.records import UnitOfWork

EXCHANGES = ("match", "round", "session", "case", "lesson", "recommendation", "plan", "policy", "need", "offer")  # streams


def check_because(kb: KnowledgeBase, records: UnitOfWork, because: Because) -> bool:
    """See that everything that is named is there.

    Returns:
        Whether it is of the demonstration: then what comes from it is too, and goes when the demonstration goes.

    Raises:
        NotFound: naming all that is not.
        InvalidEntry: if some of it is of the demonstration and some is not.
    """
    missing = [*_practices(kb, because.practices), *_exchanges(records, because.exchanges)]
    if missing:
        raise NotFound(f"What is named is not there: {'; '.join(missing)}.")
    made_up = [ref for ref in because.exchanges if records.journal.of(kind_of(ref), ref)[0].is_demo]
    if made_up and len(made_up) < len(because.exchanges):
        raise InvalidEntry(f"{', '.join(made_up)}: of the demonstration, and the rest is not. Name one or the other.")
    return bool(made_up)


def check_still(kb: KnowledgeBase, records: UnitOfWork, because: Because, thing: Record) -> None:
    """See that everything that a thing names now is there, and of the demonstration only if the thing is.

    Raises:
        NotFound: naming all that is not.
        InvalidEntry: if some of it is of the demonstration and the thing is not, or the other way round.
    """
    is_demo = check_because(kb, records, because)
    if because.exchanges and is_demo is not thing.is_demo:
        made_up, real = (", ".join(because.exchanges), thing.id) if is_demo else (thing.id, ", ".join(because.exchanges))
        raise InvalidEntry(f"{made_up}: of the demonstration, and {real} is not. Name something else.")


def _practices(kb: KnowledgeBase, names: Iterable[str]) -> Iterator[str]:
    there = set(kb.practices.names())
    return (f"no practice is called “{name}”" for name in names if name not in there)


def _exchanges(records: UnitOfWork, refs: Iterable[str]) -> Iterator[str]:
    for ref in refs:
        stream = kind_of(ref)
        if stream not in EXCHANGES or not records.journal.of(stream, ref):
            yield f"nothing is called “{ref}”"

"""What a thing names must be there: practices and exchanges that it comes from, and its partnership."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kb.errors import InvalidEntry, NotFound
from kb.peers.learning.belonging import folded
from kb.peers.learning.from_sessions import against_naming
from kb.peers.learning.parts import Because, kind_of
from kb.peers.learning.record import Record
from kb.peers.learning.round import ROUND
from kb.peers.learning.session import Session
from kb.peers.learning.session_rules import SESSION
from kb.peers.raw_values import nearest
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.round_eyes import is_seen
from kb.services.permission import Member
from kb.services.records import UnitOfWork

EXCHANGES = ("match", "round", "session", "case", "lesson", "recommendation", "plan", "policy", "need", "offer")  # streams
NOTHING = Because()


def check_because(
    kb: KnowledgeBase,
    records: UnitOfWork,
    because: Because,
    *,
    actor: Member,
    so_far: Because = NOTHING,
) -> bool | None:
    """See that everything that is named is there. What the actor may not know of is told as what is not.

    Args:
        so_far: what the thing named before: it may stay, also where the actor may not know of it.

    Returns:
        Whether it is of the demonstration: then what comes from it is too, and goes when the demonstration goes. ``None`` where
        no exchange is named.

    Raises:
        NotFound: naming all that is not.
        InvalidEntry: if some of it is of the demonstration and some is not; if a session was not held, or is kept back.
    """
    known = frozenset(so_far.exchanges)
    missing = [*_practices(kb, because.practices), *_exchanges(records, because.exchanges, known, actor)]
    if missing:
        raise NotFound(f"What is named is not there: {'; '.join(missing)}.")
    _check_sessions(records, (ref for ref in because.exchanges if ref not in known))
    made_up = [ref for ref in because.exchanges if records.journal.of(kind_of(ref), ref)[0].is_demo]
    if made_up and len(made_up) < len(because.exchanges):
        raise InvalidEntry(f"{', '.join(made_up)}: of the demonstration, and the rest is not. Name one or the other.")
    return bool(made_up) if because.exchanges else None


def check_still(
    kb: KnowledgeBase, records: UnitOfWork, because: Because, thing: Record, *, actor: Member, so_far: Because = NOTHING
) -> None:
    """See that everything that a thing names now is there, as :func:`check_because`, and of the demonstration only if the thing is.

    Raises:
        NotFound: naming all that is not.
        InvalidEntry: if some of it is of the demonstration and the thing is not, or the other way round.
    """
    is_demo = check_because(kb, records, because, actor=actor, so_far=so_far)
    if because.exchanges and is_demo is not thing.is_demo:
        made_up, real = (", ".join(because.exchanges), thing.id) if is_demo else (thing.id, ", ".join(because.exchanges))
        raise InvalidEntry(f"{made_up}: of the demonstration, and {real} is not. Name something else.")


def sessions_of(records: UnitOfWork, because: Because) -> list[Session]:
    """Those that something comes from, as they are: to decide, and not to be shown."""
    return [keeping.within(records, SESSION, ref) for ref in because.exchanges if kind_of(ref) == SESSION.stream]


def _check_sessions(records: UnitOfWork, refs: Iterable[str]) -> None:
    named = (keeping.within(records, SESSION, ref) for ref in refs if kind_of(ref) == SESSION.stream)
    if told := " ".join(each.sentence for session in named for each in against_naming(session, today())):
        raise InvalidEntry(told)


def partnership_meant(kb: KnowledgeBase, named: str, *, so_far: str = "") -> str:
    """The name of the partnership that somebody means by that name or by what it is called; empty for none.

    Args:
        so_far: what the thing named before: it may stay, also where its file is gone.

    Raises:
        NotFound: if there is none, with the name that is nearest.
    """
    if named in ("", so_far):
        return named
    names, named = kb.partnerships.names(), named[:100]
    called = {folded(title): name for name in names for title in _titles(kb, name)} | {folded(name): name for name in names}
    if (found := called.get(folded(named))) is not None:
        return found
    if near := nearest(folded(named), called):
        raise NotFound(
            f"There is no partnership called “{named}”. Did you mean “{called[near]}”? See the names: kb learn partnership list"
        )
    raise NotFound(f"There is no partnership called “{named}”. See the names: kb learn partnership list")


def _titles(kb: KnowledgeBase, name: str) -> tuple[str, ...]:
    made = kb.partnerships.read(name).made
    return made.titles if made else ()


def _practices(kb: KnowledgeBase, names: Iterable[str]) -> Iterator[str]:
    there = set(kb.practices.names())
    return (f"no practice is called “{name}”" for name in names if name not in there)


def _exchanges(records: UnitOfWork, refs: Iterable[str], known: Collection[str], actor: Member) -> Iterator[str]:
    for ref in refs:
        if not _is_there(records, ref) or (ref not in known and not _may_know(records, ref, actor)):
            yield f"nothing is called “{ref}”"


def _is_there(records: UnitOfWork, ref: str) -> bool:
    stream = kind_of(ref)
    return stream in EXCHANGES and bool(records.journal.of(stream, ref))


def _may_know(records: UnitOfWork, ref: str, actor: Member) -> bool:
    """Of all kinds only a question round may be hidden as a whole: while nobody was asked."""
    return kind_of(ref) != ROUND.stream or is_seen(keeping.within(records, ROUND, ref), actor)

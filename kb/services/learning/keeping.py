"""Things of mutual learning are begun, moved on and read: for all kinds in one way, by the rules of their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeVar, cast

from kb.errors import Conflict, InvalidEntry, NotFound, UnusableRecords
from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.given import checked
from kb.peers.assessment.move import Refusal
from kb.peers.learning.from_sessions import sessions_named, signed
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Body, Event, Kind, Record
from kb.peers.learning.session_rules import SESSION
from kb.peers.narrative import Part
from kb.retrieval.writable import one_line, writable
from kb.services import journaling, numbering
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import StoredEntry, UnitOfWork

LOOK = "see what partners learn from each other"
FOLDED = 4096  # things that are kept as folded
MAX_TRIES = 5  # ids that others took at the same moment

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Part)


def party(actor: Member) -> Party:
    """Who acts, as they are now."""
    return Party(name=actor.name, organisation=actor.organisation, country=actor.country)


def made(body: type[P], refusal: str, **fields: object) -> P:
    """What an event says, of what somebody typed; texts are made fit to be kept, and optional ones that are blank left out.

    Args:
        refusal: begins the sentence: "The need was not posted".

    Raises:
        InvalidEntry: with everything that is wrong.
    """
    found, faults = checked(body, {name: _kept(value) for name, value in fields.items() if not _is_blank(value, name, body)})
    if found is None:
        raise InvalidEntry(f"{refusal}: {'; '.join(faults)}.")
    return found


def record(kb: KnowledgeBase, kind: Kind[R], id_: str, *, actor: Member) -> R:
    """One thing, as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        return seen(records, kind, [within(records, kind, id_)], actor)[0]


def everyone(kb: KnowledgeBase, kind: Kind[R], *, actor: Member) -> list[R]:
    """All of a kind as the actor may see them, the last begun first."""
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        return seen(records, kind, all_within(records, kind), actor)


def seen(records: UnitOfWork, kind: Kind[R], found: Iterable[R], actor: Member) -> list[R]:
    """Things of a kind as the actor may see them: by its own rules, and by those of the sessions that they come from."""
    reader, day = reader_of(actor), today()
    shown = [kind.seen(each, reader, day) for each in found]
    refs = {ref for each in shown for ref in sessions_named(each)}
    named = {ref: _fold(SESSION, tuple(stored)) for ref in refs if (stored := records.journal.of(SESSION.stream, ref))}
    return [signed(each, named, reader) for each in shown] if named else shown


def within(records: UnitOfWork, kind: Kind[R], id_: str) -> R:
    """:func:`record` as it is, within a unit of work: to decide, and not to be shown.

    Raises:
        NotFound: if there is none of that id.
    """
    named = one_line(id_)
    stored = records.journal.of(kind.stream, named) if named == id_ and named.startswith(f"{kind.stream}-") else []
    if not stored:
        raise NotFound(f"There is no {kind.what} “{named[:80]}”. See the list: {kind.shown_by}")
    return _fold(kind, tuple(stored))


def all_within(records: UnitOfWork, kind: Kind[R]) -> list[R]:
    """:func:`everyone` as they are, within a unit of work: to decide, and not to be shown."""
    grouped = groupby(records.journal.everyone(kind.stream), key=lambda each: each.subject)
    found = [_fold(kind, tuple(stored)) for _, stored in grouped]
    return sorted(found, key=lambda each: (each.happened[0].at_utc, numbering.number_of(each.id), each.id), reverse=True)


def begin(
    records: UnitOfWork,
    kind: Kind[R],
    body: Body,
    *,
    actor: Member,
    id_: str = "",
    is_demo: bool | None = None,
    reader: Reader | None = None,
) -> R:
    """Keep the first event of a new thing. Returns the thing.

    Args:
        id_: that it is to have; by default the next number of its kind, which none had before it.
        is_demo: whether what it comes from is of the demonstration; ``None`` where it comes from nothing: as its actor then.
        reader: the actor as the rules know them, where more is known than they say themselves.

    Raises:
        InvalidEntry: if it may not be.
        PermissionDenied: if the actor is of the demonstration and what it comes from is real.
        Conflict: if others took all the ids that were tried.
    """
    belongs = actor.is_demo if is_demo is None else is_demo
    _refuse(kind.refusals(None, body, reader or reader_of(actor), today()))
    taken = {each.subject for each in records.journal.everyone(kind.stream)}
    first = max((numbering.number_of(each) for each in taken), default=0)
    first = max(first, numbering.used_up_to(records, kind.stream)) + 1
    for number in range(first, first + MAX_TRIES):
        try:
            text = body.model_dump_json()
            entry = journaling.append(
                records, kind.stream, id_ or f"{kind.stream}-{number}", 1, body.kind, text, actor=actor, is_demo=belongs
            )
        except Conflict:
            if id_:
                raise
            continue
        return _fold(kind, (entry,))
    raise Conflict(f"Others began a new {kind.what} at the same moment. Try again.")


def add(
    records: UnitOfWork,
    kind: Kind[R],
    id_: str,
    body: Body | Callable[[R], Body],
    *,
    actor: Member,
    day: str = "",
    reader: Reader | None = None,
) -> R:
    """Keep what happens to a thing next. Returns the thing as it is then.

    Args:
        body: or what makes it of the thing as it is now.
        day: that counts as today, as ISO date; by default today in UTC. Where only days to come are refused, give
            :func:`kb.services.clock.latest_day`.
        reader: as for :func:`begin`.

    Raises:
        NotFound: if there is none of that id.
        InvalidEntry: if it may not follow, with every reason.
        PermissionDenied: if the actor is of the demonstration and the thing is real.
        Conflict: if it came too late.
    """
    so_far = within(records, kind, id_)
    said = body if isinstance(body, Body) else body(so_far)
    _refuse(kind.refusals(so_far, said, reader or reader_of(actor), day or today()))
    stored = records.journal.of(kind.stream, id_)
    text = said.model_dump_json()
    entry = journaling.append(
        records, kind.stream, id_, journaling.next_seq(stored), said.kind, text, actor=actor, is_demo=so_far.is_demo
    )
    return _fold(kind, (*stored, entry))


def _refuse(refusals: Iterable[Refusal]) -> None:
    found = list(refusals)
    if not found:
        return
    sentence = " ".join(each.sentence for each in found)
    raise Conflict(sentence) if any(each.is_late for each in found) else InvalidEntry(sentence)


def _fold(kind: Kind[R], stored: tuple[StoredEntry, ...]) -> R:
    return cast("R", _folded(_Named(kind), stored))


class _Named:
    """A kind by its stream: a key for what was folded."""

    def __init__(self, kind: Kind[Any]) -> None:
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and other.kind.stream == self.kind.stream

    def __hash__(self) -> int:
        return hash(self.kind.stream)


@lru_cache(maxsize=FOLDED)  # by content, word by word: nothing can be out of date, whatever database it comes from
def _folded(named: _Named, stored: tuple[StoredEntry, ...]) -> Any:
    return named.kind.fold(stored[0].subject, tuple(_events(named.kind, stored)))


def _events(kind: Kind[Any], stored: Iterable[StoredEntry]) -> Iterator[Event]:
    for each in stored:
        try:
            body = kind.read(each.kind, each.body)
        except ValueError as error:
            raise UnusableRecords(
                f"An event of a {kind.what} ({each.kind[:40]}) is of a newer version of the program. Update it."
            ) from error
        yield Event(each.seq, each.member, each.at_utc, body, each.is_demo)


def _kept(value: object) -> object:
    """Texts without what no database and no file takes; within lists and mappings too."""
    if isinstance(value, str):
        return writable(value).strip()
    if isinstance(value, Mapping):
        return {name: _kept(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_kept(each) for each in value)
    return value


def _is_blank(value: object, name: str, body: type[Part]) -> bool:
    field = body.model_fields.get(name)
    is_optional = field is not None and not field.is_required()
    return is_optional and (value is None or (isinstance(value, str) and not writable(value).strip()))

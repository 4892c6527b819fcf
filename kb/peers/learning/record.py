"""A thing of mutual learning: what it is, in which state, and everything that happened to it. It is folded from its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.learning.lifecycle import Lifecycle
from kb.peers.narrative import Part


class Body(Part):
    """What one event says. Each has a ``kind``, by which it is kept."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Event:
    """Something that happened to a thing.

    Attributes:
        seq: 1, 2, 3, … within the thing.
        member: who did it.
        at_utc: when, as ISO 8601 to the second.
        is_demo: it belongs to the demonstration; then the whole thing does.
    """

    seq: int
    member: str
    at_utc: str
    body: Body
    is_demo: bool = False


@dataclass(frozen=True)
class Record:
    """What every thing has.

    Attributes:
        id: ``need-3``; unique.
        state: one of its kind.
        member: who began it.
        happened: all events, in order.
    """

    id: str
    state: StrEnum
    member: str
    is_demo: bool
    happened: tuple[Event, ...]

    @property
    def begun_on(self) -> str:
        """ISO date."""
        return self.happened[0].at_utc[:10]

    @property
    def changed_on(self) -> str:
        """ISO date on which something happened to it last."""
        return self.happened[-1].at_utc[:10]

    def last(self, body: type[B]) -> tuple[Event, B] | None:
        """The last event of a kind, and what it says."""
        return next(((each, each.body) for each in reversed(self.happened) if isinstance(each.body, body)), None)


B = TypeVar("B", bound=Body)
R = TypeVar("R", bound=Record)


def _whole(record: R, _reader: Reader, _today: str) -> R:
    return record


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of thing: how it is kept, in which order things may happen to it, and what they make of it.

    Attributes:
        stream: of the journal; ids begin with it.
        what: in a sentence: "need".
        bodies: of its events.
        lifecycle: order of its states.
        begun: makes the thing of its first event, in the state that the lifecycle says.
        then: what another event makes of it; state and history are added for it.
        refused: why an event may not follow, beyond the order of states; the thing is ``None`` before its first event.
        shown_by: command that lists them.
        seen: the thing as somebody may see it on a day; all of it, unless a kind says otherwise.
    """

    stream: str
    what: str
    bodies: tuple[type[Body], ...]
    lifecycle: Lifecycle[Any]
    begun: Callable[[str, StrEnum, Event], R]
    then: Callable[[R, Event], R]
    refused: Callable[[R | None, Body, Reader, str], Iterable[Refusal]]
    shown_by: str
    seen: Callable[[R, Reader, str], R] = _whole

    @property
    def by_kind(self) -> Mapping[str, type[Body]]:
        """Bodies by their kind."""
        return {each.kind: each for each in self.bodies}

    def read(self, kind: str, text: str) -> Body:
        """What was kept of an event.

        Raises:
            ValueError: for a kind or a content that this version does not know.
        """
        if kind not in self.by_kind:
            raise ValueError(f"no event of a {self.what} is called “{kind[:40]}”")
        return self.by_kind[kind].model_validate_json(text)

    def fold(self, id_: str, events: Sequence[Event]) -> R:
        """What ``events``, at least one, make of the thing."""
        first, *others = events
        record = self.begun(id_, self.lifecycle.after(None, first.body.kind), first)
        for event in others:
            state = self.lifecycle.after(record.state, event.body.kind)
            record = replace(self.then(record, event), state=state, happened=(*record.happened, event))
        return record

    def refusals(self, record: R | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
        """Every reason why an event may not follow; none: it may. What is out of turn is said alone."""
        if late := self.lifecycle.refused(record.state if record else None, body.kind, self.what):
            yield late
        else:
            yield from self.refused(record, body, reader, today)

    def may(self, record: R, body: type[Body]) -> bool:
        """Whether an event of this kind may follow in this state, whoever adds it."""
        return record.state in self.lifecycle.steps[body.kind].before

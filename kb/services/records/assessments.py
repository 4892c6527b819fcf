"""What happened in assessments, event by event, and where it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class StoredEvent:
    """One thing that one member did in one assessment. Never changed; never removed unless it is of the demonstration.

    Attributes:
        assessment: its id, such as ``cesena-bee-path-1``.
        seq: its place among the assessment's events, from 1.
        member: who did it.
        at_utc: ISO 8601, when.
        kind: of the body: ``opened``, ``submitted`` …
        body: what was done, as JSON; :mod:`kb.peers.assessment.events` reads it.
        is_demo: of the demonstration. The same for all events of an assessment, or removing the demonstration leaves a part.
        id: grows over all assessments; 0 before it is kept.
    """

    assessment: str
    seq: int
    member: str
    at_utc: str
    kind: str
    body: str
    is_demo: bool
    id: int = 0


@dataclass(frozen=True)
class Head:
    """How far an assessment is: a cheap key to what is known of it.

    Attributes:
        n_events: so many things happened.
        last: the greatest id of them. It alone tells that the demonstration was removed and loaded again.
    """

    n_events: int
    last: int


class SequenceTakenError(Exception):
    """The assessment has an event at that place: somebody was quicker. Never reaches a person: the service says it."""


class Assessments(Protocol):
    """Events of assessments. They can only be added."""

    def append(self, event: StoredEvent) -> StoredEvent:
        """Keep it. Returns it with its id.

        Raises:
            SequenceTakenError: if the assessment has an event of that ``seq``. The unit may go on.
        """
        ...

    def of(self, assessment: str) -> list[StoredEvent]:
        """All of one assessment, in their order; none where there is no such assessment."""
        ...

    def everyone(self, kinds: Sequence[str] = ()) -> list[StoredEvent]:
        """All of all assessments, or of these kinds only, by assessment and then in their order. One query, however many."""
        ...

    def heads(self) -> dict[str, Head]:
        """How far each assessment is, by its id: another one whenever anything happened to it. No body is read."""
        ...

    def of_concluded(self, kinds: Sequence[str], bodies: Sequence[str]) -> list[StoredEvent]:
        """As :meth:`everyone`, but of concluded assessments only, and only events of these kinds.

        Args:
            bodies: kinds whose body is wanted; it is empty in all others. Reviews are long: who asks who reviewed reads none.
        """
        ...

    def remove_demo(self) -> int:
        """Delete the demonstration's, and no other. Returns how many."""
        ...

"""What happened in a stream of its own, entry by entry, and where it is kept: tests of transferability, monitoring, the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class StoredEntry:
    """One thing that one member did. Never changed; never removed unless it is of the demonstration.

    Attributes:
        stream: what is told in it: ``transfer``, ``monitoring`` …
        subject: what of that it happened to: a test, a practice.
        seq: its place among the entries of its subject in its stream, from 1.
        member: who did it.
        at_utc: ISO 8601, when.
        kind: of the body.
        body: what was done, as JSON; who owns the stream reads it.
        is_demo: of the demonstration.
        id: grows over all streams; 0 before it is kept.
    """

    stream: str
    subject: str
    seq: int
    member: str
    at_utc: str
    kind: str
    body: str
    is_demo: bool
    id: int = 0


class Journal(Protocol):
    """Entries of all streams. They can only be added."""

    def append(self, entry: StoredEntry) -> StoredEntry:
        """Keep it. Returns it with its id.

        Raises:
            SequenceTakenError: if its subject has an entry of that ``seq`` in this stream. The unit may go on.
        """
        ...

    def of(self, stream: str, subject: str) -> list[StoredEntry]:
        """All of one subject, in their order; none where nothing happened to it."""
        ...

    def everyone(self, stream: str, kinds: Sequence[str] = ()) -> list[StoredEntry]:
        """All of a stream, or of these kinds only, by subject and then in their order. One query, however many there are."""
        ...

    def stamp(self, stream: str) -> tuple[int, int]:
        """How many entries a stream has, and the last id. Another one whenever anything was added or taken out: a cheap key.

        The second alone is none: entries of the demonstration may be taken out from before it.
        """
        ...

    def remove_demo(self) -> int:
        """Delete the demonstration's in all streams, and no other. Returns how many."""
        ...

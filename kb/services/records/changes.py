"""Who changed what, when and why, and where it is kept: the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Change:
    """One thing that one member did. Never changed and never removed; the database refuses both.

    Attributes:
        member: who did it.
        at_utc: ISO 8601, when.
        kind: of what was changed: ``practice``, ``concept`` …
        subject: its name, such as that of the practice.
        action: in past tense: ``created``, ``changed``, ``tag given`` …
        before: what was there, whole; empty where nothing was.
        after: what is there since, whole; empty where nothing is.
        why: in the member's words; may be empty.
        id: grows in the order of the changes; 0 before it is kept.
    """

    member: str
    at_utc: str
    kind: str
    subject: str
    action: str
    before: str = ""
    after: str = ""
    why: str = ""
    id: int = 0


class History(Protocol):
    """Changes, in the order in which they were made. They can only be added."""

    def add(self, change: Change) -> Change:
        """Keep it. Returns it with its id."""
        ...

    def of_subject(self, kind: str, subject: str) -> list[Change]:
        """All that was done to one thing, oldest first."""
        ...

    def last(self, kind: str, subject: str) -> Change | None:
        """What was done to one thing last, for "changed by X at T"; ``None`` where nothing was."""
        ...

    def newest(self, n: int, *, kinds: tuple[str, ...] = (), before_id: int = 0) -> list[Change]:
        """The last ``n`` of everybody, newest first; of some kinds only, or older than one, where they are given."""
        ...

    def count(self) -> int:
        """How many there are."""
        ...

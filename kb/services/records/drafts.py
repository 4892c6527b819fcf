"""What members began to write and have not saved yet, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Draft:
    """What a member has written so far. One for each member, kind and subject.

    Attributes:
        member: whose it is; nobody else sees it.
        kind: of what is written: ``practice`` …
        subject: its name.
        text: what was written, as JSON.
        base_version: of what is being changed, when the member began; empty where it is new.
        at_utc: ISO 8601, when it was last kept.
        version: 0 before it is kept; grows with every :meth:`Drafts.put`.
    """

    member: str
    kind: str
    subject: str
    text: str
    base_version: str
    at_utc: str
    version: int = 0


class Drafts(Protocol):
    """Drafts; each belongs to one member, who is named in every call."""

    def put(self, draft: Draft) -> Draft | None:
        """Keep it, over the version that it was read at (0: over none). Returns it with its new version.

        ``None`` where there is another version by now, or none any more: the member writes in two windows.
        """
        ...

    def get(self, member: str, kind: str, subject: str) -> Draft | None:
        """A member's own; ``None`` where there is none."""
        ...

    def of_member(self, member: str) -> list[Draft]:
        """A member's own, by kind and subject."""
        ...

    def remove(self, member: str, kind: str, subject: str) -> bool:
        """Forget it. Returns whether there was one."""
        ...

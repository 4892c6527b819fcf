"""Questions that members ask again and again, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kb.retrieval.answer import Filters
from kb.retrieval.passage import PassageId


@dataclass(frozen=True)
class SavedSearch:
    """A question that a member asks again and again, with what was there at the last look.

    Attributes:
        member: whose it is; nobody else sees it.
        name: as written; unique for the member, whatever its case.
        name_key: the name without regard to case.
        k: how many hits.
        seen: the passages that were shown at the last look.
        seen_at_utc: when that was, ISO 8601; empty before the first look.
        indexed_until_utc: when the index that answered then was built; empty before the first look.
        version: grows with every change; a change of an older version is refused.
        id: 0 before it is kept.
    """

    member: str
    name: str
    name_key: str
    question: str
    filters: Filters
    k: int
    created_at_utc: str
    changed_at_utc: str
    seen: tuple[PassageId, ...] = ()
    seen_at_utc: str = ""
    indexed_until_utc: str = ""
    version: int = 1
    id: int = 0


class NameTakenError(Exception):
    """The name is taken: of a member's saved search, or of a member. Never reaches a person: the service says it in a sentence."""


class SavedSearches(Protocol):
    """Saved searches; each belongs to one member, who is named in every call."""

    def add(self, saved: SavedSearch) -> SavedSearch:
        """Keep it. Returns it with its id.

        Raises:
            NameTakenError: if the member has one of that name. The unit may go on.
        """
        ...

    def of_member(self, member: str) -> list[SavedSearch]:
        """A member's own, by name."""
        ...

    def change(self, saved: SavedSearch) -> SavedSearch | None:
        """Write its new values over the version that it was read at. Returns it with its new version, ``None`` if that is gone.

        Raises:
            NameTakenError: if the member has another one of that name. The unit may go on.
        """
        ...

    def remove(self, member: str, saved_id: int) -> bool:
        """Forget it. Returns whether the member had it."""
        ...

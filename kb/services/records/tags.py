"""Tags that members gave to practices, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kb.retrieval.passage import PassageId

NO_PASSAGE = PassageId("")


@dataclass(frozen=True)
class GivenTag:
    """A tag that one member gave to one practice. It may be withdrawn, and stays to be seen then; it is never deleted.

    Attributes:
        practice: name of the sheet.
        tag: as it is spelt everywhere, ``theme:housing-and-commons`` or free.
        member: who gave it.
        at_utc: ISO 8601, when.
        why: in the member's words.
        passage_id: the passage that speaks for it; empty where none was named.
        document: path of that passage's document, then.
        quote: its words, then; they find it again when the document is cut otherwise.
        withdrawn_at_utc: empty while the tag is live.
        version: grows with every change; a change of an older version is refused.
        id: grows; 0 before it is kept.
    """

    practice: str
    tag: str
    member: str
    at_utc: str
    why: str
    passage_id: PassageId = NO_PASSAGE
    document: str = ""
    quote: str = ""
    withdrawn_at_utc: str = ""
    withdrawn_by: str = ""
    withdrawn_why: str = ""
    version: int = 1
    id: int = 0

    @property
    def is_live(self) -> bool:
        """Whether nobody has withdrawn it."""
        return not self.withdrawn_at_utc


class AlreadyGivenError(Exception):
    """The member has given this practice this tag, and it is live. Never reaches a person: the service says it in a sentence."""


class GivenTags(Protocol):
    """Tags, in the order in which they were given; withdrawn ones among them."""

    def add(self, given: GivenTag) -> GivenTag:
        """Keep it. Returns it with its id.

        Raises:
            AlreadyGivenError: if the same member's same tag of this practice is live. The unit may go on.
        """
        ...

    def one(self, given_id: int) -> GivenTag | None:
        """By its id."""
        ...

    def of_practice(self, practice: str) -> list[GivenTag]:
        """All that were given to one practice, oldest first."""
        ...

    def everyone(self) -> list[GivenTag]:
        """All that were given to any practice, oldest first."""
        ...

    def change(self, given: GivenTag) -> GivenTag | None:
        """Write its new values over the version that it was read at. Returns it with its new version, ``None`` if that is gone.

        Raises:
            AlreadyGivenError: if it would be live beside the same one. The unit may go on.
        """
        ...

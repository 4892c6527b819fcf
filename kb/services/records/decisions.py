"""What members decided about suggested tags, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kb.retrieval.passage import PassageId

NO_PASSAGE = PassageId("")


class Verdict(StrEnum):
    """What was decided."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Decision:
    """What one member decided about one suggested tag of one practice. Never changed: a later one of anybody stands for it.

    Attributes:
        practice: name of the sheet.
        tag: as it is spelt everywhere.
        member: who decided.
        at_utc: ISO 8601, when.
        why: in the member's words; may be empty.
        passage_id: the passage that spoke for the tag; empty where none was shown.
        document: path of that passage's document, then.
        quote: its words, then.
        id: grows; 0 before it is kept.
    """

    practice: str
    tag: str
    verdict: Verdict
    member: str
    at_utc: str
    why: str = ""
    passage_id: PassageId = NO_PASSAGE
    document: str = ""
    quote: str = ""
    id: int = 0


class Decisions(Protocol):
    """Decisions, in the order in which they were made. They can only be added."""

    def add(self, decision: Decision) -> Decision:
        """Keep it. Returns it with its id."""
        ...

    def of_practice(self, practice: str) -> list[Decision]:
        """All about one practice, oldest first."""
        ...

    def everyone(self) -> list[Decision]:
        """All about any practice, oldest first."""
        ...


def standing(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """What holds now: practice and tag → the last of ``decisions``, which come oldest first."""
    return {(decision.practice, decision.tag): decision for decision in decisions}

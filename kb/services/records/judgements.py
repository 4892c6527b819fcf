"""What members said about passages, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from kb.retrieval.passage import DocumentId, PassageId


class Relevance(IntEnum):
    """How well a passage answers a question; the grades of ``corpus/questions``."""

    NOT_RELEVANT = 0
    HELPS = 1
    ANSWERS = 2


@dataclass(frozen=True)
class MemberJudgement:
    """What one member said, once, about one passage for one question. Never changed: a later one stands for it.

    Attributes:
        member: who said it.
        at_utc: ISO 8601, when.
        question: as it was asked.
        question_key: the same for the same question, see :func:`kb.services.judging.question_key`.
        language: of the question, detected.
        document: path of the document, then.
        quote: the marked sentence, or the whole passage; finds the passage again when its document is cut otherwise.
        withdrawn: this takes back what the member said before.
        id: grows; 0 before it is kept.
    """

    member: str
    at_utc: str
    question: str
    question_key: str
    language: str
    document_id: DocumentId
    passage_id: PassageId
    document: str
    quote: str
    relevance: Relevance
    withdrawn: bool = False
    id: int = 0


class Judgements(Protocol):
    """Judgements, in the order in which they were made. They can only be added."""

    def add(self, judgement: MemberJudgement) -> MemberJudgement:
        """Keep it. Returns it with its id."""
        ...

    def of_member(self, member: str, question_key: str = "") -> list[MemberJudgement]:
        """All that a member said, oldest first; about one question if ``question_key`` is given."""
        ...

    def everyone(self) -> list[MemberJudgement]:
        """All that anybody said, oldest first."""
        ...

    def count(self, member: str) -> int:
        """How many a member made, withdrawals included."""
        ...

"""What members enter, and the port to where it is kept: values, repositories, and the unit of work that joins them.

Records are the only copy of what they hold; nothing of them lies in ``index/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from types import TracebackType
from typing import Protocol, Self

from kb.retrieval.answer import Filters
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
    """The member has a saved search of that name. Never reaches a person: the service says it in a sentence."""


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


class SavedSearches(Protocol):
    """Saved searches; each belongs to one member, who is named in every call."""

    def add(self, saved: SavedSearch) -> SavedSearch:
        """Keep it. Returns it with its id.

        Raises:
            NameTakenError: if the member has one of that name.
        """
        ...

    def of_member(self, member: str) -> list[SavedSearch]:
        """A member's own, by name."""
        ...

    def change(self, saved: SavedSearch) -> SavedSearch | None:
        """Write its new values over the version that it was read at. Returns it with its new version, ``None`` if that is gone.

        Raises:
            NameTakenError: if the member has another one of that name.
        """
        ...

    def remove(self, member: str, saved_id: int) -> bool:
        """Forget it. Returns whether the member had it."""
        ...


class UnitOfWork(Protocol):
    """One transaction: kept as a whole when the ``with`` block ends, undone as a whole when it is left by an error.

    Nobody else writes meanwhile, so it should be short: no searching inside.
    """

    @property
    def judgements(self) -> Judgements:
        """What members said about passages."""
        ...

    @property
    def saved_searches(self) -> SavedSearches:
        """What members ask again and again."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

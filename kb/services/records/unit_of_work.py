"""The port to where records are kept: one transaction, which joins their repositories."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from kb.services.records.assessments import Assessments
from kb.services.records.changes import History
from kb.services.records.decisions import Decisions
from kb.services.records.drafts import Drafts
from kb.services.records.journal import Journal
from kb.services.records.judgements import Judgements
from kb.services.records.members import Members
from kb.services.records.rubrics import Rubrics
from kb.services.records.saved import SavedSearches
from kb.services.records.tags import GivenTags


class UnitOfWork(Protocol):
    """One transaction: kept as a whole when the ``with`` block ends, undone as a whole when it is left by an error.

    Nobody else writes meanwhile, so it should be short: no searching inside, and no second unit.
    """

    @property
    def judgements(self) -> Judgements:
        """What members said about passages."""
        ...

    @property
    def saved_searches(self) -> SavedSearches:
        """What members ask again and again."""
        ...

    @property
    def history(self) -> History:
        """Who changed what."""
        ...

    @property
    def tags(self) -> GivenTags:
        """Tags that members gave to practices."""
        ...

    @property
    def suggestions(self) -> Decisions:
        """What members decided about suggested tags."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What members began to write."""
        ...

    @property
    def members(self) -> Members:
        """Who may act."""
        ...

    @property
    def assessments(self) -> Assessments:
        """What happened in assessments."""
        ...

    @property
    def rubrics(self) -> Rubrics:
        """The rubrics that are in use."""
        ...

    @property
    def journal(self) -> Journal:
        """What happened in tests of transferability, in monitoring and on the ladder of validation."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

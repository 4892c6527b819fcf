"""A transfer case as its events make it: :mod:`kb.peers.learning.case` folds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kb.peers.learning.case_bodies import (
    Adapted,
    CaseAdopted,
    CaseConsidered,
    CaseEvaluated,
    CaseReusing,
    CaseStopped,
    LocalPartner,
    MilestoneReached,
)
from kb.peers.learning.record import Record


class CaseState(StrEnum):
    """How far a transfer is; the last two are final."""

    CONSIDERED = "considered"
    UNDERSTAND = "understand"
    ADAPT = "adapt"
    RE_USE = "re-use"
    EVALUATED = "evaluated"
    ADOPTED = "adopted"
    STOPPED = "stopped"


@dataclass(frozen=True)
class CaseMilestone:
    """A milestone as it stands: ``reached_on`` is empty until it is reached; ``said`` is what was told with it."""

    key: str
    what: str
    due: str
    reached_on: str = ""
    said: str = ""

    def is_overdue(self, today: str) -> bool:
        """Whether its day has passed without it."""
        return not self.reached_on and self.due < today


@dataclass(frozen=True)
class CasePlan:
    """How the practice is taken over, as planned last.

    Attributes:
        core_kept: elements that stay as they are.
        adapted: elements that are done otherwise, and how.
        n_revisions: plans before this one.
    """

    core_kept: tuple[str, ...] = ()
    adapted: tuple[Adapted, ...] = ()
    milestones: tuple[CaseMilestone, ...] = ()
    local_group: tuple[LocalPartner, ...] = ()
    costs: str = ""
    funding: str = ""
    n_revisions: int = 0


@dataclass(frozen=True)
class Case(Record):
    """A transfer case.

    Attributes:
        plan: as revised last; ``None`` before there is one.
        reached: key → the milestone as it was reached.
        evaluated: the last evaluation.
    """

    considered: CaseConsidered
    plan: CasePlan | None = None
    reached: Mapping[str, MilestoneReached] = field(default_factory=lambda: MappingProxyType({}))
    evaluated: CaseEvaluated | None = None
    adopted: CaseAdopted | None = None
    stopped: CaseStopped | None = None

    @property
    def reached_re_use_on(self) -> str:
        """ISO date on which re-use began; empty before."""
        found = self.last(CaseReusing)
        return found[0].at_utc[:10] if found else ""

    def overdue(self, today: str) -> tuple[CaseMilestone, ...]:
        """Milestones whose day has passed; none of a case that is at its end."""
        if self.plan is None or self.state in (CaseState.ADOPTED, CaseState.STOPPED):
            return ()
        return tuple(each for each in self.plan.milestones if each.is_overdue(today))

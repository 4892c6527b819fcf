"""One transfer case whole, as far as a member may see it, and what the member may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.assessment.blinding import Reader
from kb.peers.learning.case import CASE, Case, CaseMilestone
from kb.peers.learning.case_bodies import (
    CaseAdapting,
    CaseAdopted,
    CaseEvaluated,
    CasePlanned,
    CaseReusing,
    CaseStopped,
    CaseUnderstanding,
    MilestoneReached,
)
from kb.peers.learning.case_refusals import may_lead
from kb.peers.learning.record import Body
from kb.peers.transfer.state import Certainty
from kb.services.assessing.evidence_now import EvidenceNow, PinNow
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.contexts import Context
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import transfer_cases
from kb.services.learning.keeping import LOOK
from kb.services.permission import Member, Role, require
from kb.services.transferring.about import context_of
from kb.services.transferring.loading import transfer_for

LEADING: Mapping[str, type[Body]] = {
    "understand": CaseUnderstanding,
    "adapt": CaseAdapting,
    "re-use": CaseReusing,
    "plan": CasePlanned,
    "reach": MilestoneReached,
    "adopt": CaseAdopted,
    "stop": CaseStopped,
}


@dataclass(frozen=True)
class Told:
    """An evaluation, who told it, and its pins as they stand now."""

    said: CaseEvaluated
    at_utc: str
    pins: tuple[PinNow, ...]


@dataclass(frozen=True)
class CaseView:
    """A transfer case.

    Attributes:
        evaluations: in the order in which they were told.
        overdue: milestones whose day has passed.
        may: what the actor may do now, as far as the state of the case and the actor decide it: understand, adapt, re-use, plan,
            reach, evaluate, adopt, stop.
        source_context: ``None`` where the profile was removed or has faults; so is ``target_context``.
        certainty: of the test that it stands on; ``None`` where that is gone.
    """

    case: Case
    evaluations: tuple[Told, ...]
    overdue: tuple[CaseMilestone, ...]
    may: frozenset[str]
    source_context: Context | None
    target_context: Context | None
    certainty: Certainty | None


def view(kb: KnowledgeBase, case: str, *, actor: Member) -> CaseView:
    """One case, as far as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    require(actor, Role.MEMBER, LOOK)
    found = transfer_cases.case(kb, case, actor=actor)
    evidence = EvidenceNow(kb, actor)
    evaluations = tuple(
        Told(each.body, each.at_utc, tuple(evidence.now(pin, own=each.member == actor.name) for pin in each.body.pins))
        for each in found.happened
        if isinstance(each.body, CaseEvaluated)
    )
    return CaseView(
        case=found,
        evaluations=evaluations,
        overdue=found.overdue(today()),
        may=_may(found, reader_of(actor)),
        source_context=context_of(kb, found.considered.source, actor=actor),
        target_context=context_of(kb, found.considered.target, actor=actor),
        certainty=_certainty(kb, found, actor),
    )


def _may(case: Case, reader: Reader) -> frozenset[str]:
    found = {name for name, body in LEADING.items() if may_lead(case, reader) and CASE.may(case, body)}
    if reader.is_facilitator and reader.name != case.member and CASE.may(case, CaseEvaluated):
        found.add("evaluate")
    return frozenset(found)


def _certainty(kb: KnowledgeBase, case: Case, actor: Member) -> Certainty | None:
    try:
        return transfer_for(kb, case.considered.test, actor=actor).certainty
    except NotFound:
        return None

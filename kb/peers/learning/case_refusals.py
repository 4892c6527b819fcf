"""Why something may not happen to a transfer case, beyond the order of its states."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.case_bodies import (
    CaseAdapting,
    CaseAdopted,
    CaseConsidered,
    CaseEvaluated,
    CasePlanned,
    CaseReusing,
    MilestoneReached,
)
from kb.peers.learning.case_record import Case
from kb.peers.learning.record import Body
from kb.peers.learning.speaking import against_speaking
from kb.peers.transfer.evaluation import against_day, against_evidence
from kb.peers.transfer.events import CaseOutcome


def may_lead(case: Case, reader: Reader) -> bool:
    """Whether somebody moves a case on: who opened it, the organisation that takes the practice over, facilitators."""
    is_own = reader.name == case.member or same_organisation(case.considered.organisation, reader.organisation)
    return is_own or reader.is_facilitator


def refused(case: Case | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
    """Every reason; roles are asked of members before.

    Args:
        today: the latest day that it is anywhere: what lies after it is future for everybody.
    """
    if case is None:
        if isinstance(body, CaseConsidered):
            yield from against_speaking(body.organisation, reader)
        return
    if isinstance(body, CaseEvaluated):
        yield from _evaluated(case, body, reader, today)
        return
    if not may_lead(case, reader):
        yield Refusal(f"Only {case.member}, members of {case.considered.organisation} and facilitators may do this to the case.")
    match body:
        case CaseAdapting():
            if case.plan is None or not case.plan.local_group:
                yield Refusal("Nobody is named as local group yet: the plan says who makes it together in the target place.")
        case CaseReusing():
            yield from _lacking(case)
        case CasePlanned():
            there = {each.key for each in body.milestones}
            if gone := [key for key in case.reached if key not in there]:
                yield Refusal(f"Milestones that were reached stay in the plan: {', '.join(gone)}.")
        case MilestoneReached():
            yield from _reached(case, body, today)
        case CaseAdopted():
            if case.evaluated and case.evaluated.outcome is CaseOutcome.DID_NOT_WORK:
                yield Refusal("By its evaluation the transfer did not work. Evaluate it again, or stop it with the reason.")


def _lacking(case: Case) -> Iterator[Refusal]:
    plan = case.plan
    said = (
        ("what of the core is kept", bool(plan and plan.core_kept)),
        ("which elements are adapted, and how", bool(plan and plan.adapted)),
        ("at least one milestone", bool(plan and plan.milestones)),
    )
    if lacks := [what for what, is_there in said if not is_there]:
        yield Refusal(f"The plan does not say yet: {'; '.join(lacks)}.")


def _reached(case: Case, body: MilestoneReached, today: str) -> Iterator[Refusal]:
    if case.plan is None or all(each.key != body.milestone for each in case.plan.milestones):
        yield Refusal(f"The plan has no milestone “{body.milestone}”.")
    elif body.milestone in case.reached:
        yield Refusal(f"The milestone {body.milestone} was reached on {case.reached[body.milestone].on} already.", is_late=True)
    if body.on > today:
        yield Refusal(f"The date {body.on} has not come yet. Tell of a milestone once it is reached.")


def _evaluated(case: Case, body: CaseEvaluated, reader: Reader, today: str) -> Iterator[Refusal]:
    if not reader.is_facilitator:
        yield Refusal("Only a facilitator may tell how a transfer went.")
    if reader.name == case.member:
        yield Refusal("You opened this case: another facilitator tells how it went.")
    yield from against_day(body.on, today=today, concluded_on="")
    if body.on < case.reached_re_use_on:
        yield Refusal(f"Re-use began on {case.reached_re_use_on}: it cannot have been evaluated on {body.on}.")
    if case.evaluated and body.on < case.evaluated.on:
        yield Refusal(f"It was evaluated on {case.evaluated.on} already; a later evaluation cannot be of {body.on}.")
    yield from against_evidence(body.pins, body.sources, today=today)

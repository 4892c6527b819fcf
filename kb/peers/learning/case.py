"""A transfer case: a practice is taken over in another place, from the first thought to its adoption, or stopped with a reason.

Source: URBACT, understand → adapt → re-use, and what follows it: the outcome goes back to the practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from kb.peers.learning.case_bodies import (
    CaseAdapting,
    CaseAdopted,
    CaseConsidered,
    CaseEvaluated,
    CasePlanned,
    CaseReusing,
    CaseStopped,
    CaseUnderstanding,
    MilestoneReached,
)
from kb.peers.learning.case_record import Case, CaseMilestone, CasePlan, CaseState
from kb.peers.learning.case_refusals import refused
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.record import Event, Kind

__all__ = ["CASE", "LIFE", "Case", "CaseMilestone", "CasePlan", "CaseState"]

UNDER_WAY = (CaseState.UNDERSTAND, CaseState.ADAPT, CaseState.RE_USE)
LIFE = Lifecycle(
    CaseState,
    {
        CaseConsidered.kind: step(CaseState.CONSIDERED),
        CaseUnderstanding.kind: step(CaseState.UNDERSTAND, CaseState.CONSIDERED),
        CaseAdapting.kind: step(CaseState.ADAPT, CaseState.UNDERSTAND),
        CaseReusing.kind: step(CaseState.RE_USE, CaseState.ADAPT),
        CasePlanned.kind: step(None, *UNDER_WAY),
        MilestoneReached.kind: step(None, *UNDER_WAY, CaseState.EVALUATED),
        CaseEvaluated.kind: step(CaseState.EVALUATED, CaseState.RE_USE, CaseState.EVALUATED),
        CaseAdopted.kind: step(CaseState.ADOPTED, CaseState.EVALUATED),
        CaseStopped.kind: step(CaseState.STOPPED, CaseState.CONSIDERED, *UNDER_WAY, CaseState.EVALUATED),
    },
)


def _begun(id_: str, state: StrEnum, event: Event) -> Case:
    assert isinstance(event.body, CaseConsidered)
    return Case(id_, state, event.member, event.is_demo, (event,), event.body)


def _then(case: Case, event: Event) -> Case:
    match event.body:
        case CasePlanned():
            return replace(case, plan=_planned(event.body, case.reached, case.plan))
        case MilestoneReached():
            return _with_reached(case, event.body)
        case CaseEvaluated():
            return replace(case, evaluated=event.body)
        case CaseAdopted():
            return replace(case, adopted=event.body)
        case CaseStopped():
            return replace(case, stopped=event.body)
    return case


def _planned(body: CasePlanned, reached: Mapping[str, MilestoneReached], before: CasePlan | None) -> CasePlan:
    milestones = []
    for each in body.milestones:
        there = reached.get(each.key)
        milestones.append(
            CaseMilestone(each.key, each.what, each.due, there.on if there else "", (there.what or "") if there else "")
        )
    return CasePlan(
        body.core_kept,
        body.adapted,
        tuple(milestones),
        body.local_group,
        body.costs,
        body.funding,
        before.n_revisions + 1 if before else 0,
    )


def _with_reached(case: Case, body: MilestoneReached) -> Case:
    reached = MappingProxyType({**case.reached, body.milestone: body})
    if case.plan is None:
        return replace(case, reached=reached)
    milestones = tuple(
        replace(each, reached_on=body.on, said=body.what or "") if each.key == body.milestone else each
        for each in case.plan.milestones
    )
    return replace(case, reached=reached, plan=replace(case.plan, milestones=milestones))


CASE = Kind(
    "case",
    "transfer case",
    (
        CaseConsidered,
        CaseUnderstanding,
        CaseAdapting,
        CaseReusing,
        CasePlanned,
        MilestoneReached,
        CaseEvaluated,
        CaseAdopted,
        CaseStopped,
    ),
    LIFE,
    _begun,
    _then,
    refused,
    "kb learn case list",
)

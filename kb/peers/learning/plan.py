"""An action plan: what an organisation will do for one policy instrument, because of what it learned; and what became of it.

Source: Interreg Europe, "What is an action plan?": nature of the actions, time, players, costs and funding if any; one for each
policy instrument; it may be in the own language with a summary in English; what is not implemented is explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.move import Refusal
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.lifecycle import Lifecycle, step
from kb.peers.learning.money import Total, total
from kb.peers.learning.plan_bodies import (
    ActionMoved,
    ActionProgress,
    PlanBegun,
    PlanFinished,
    PlanNotImplemented,
    PlanRevised,
    PlanValidated,
    PlanWritten,
)
from kb.peers.learning.record import Body, Event, Kind, Record


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    VALIDATED = "validated"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    NOT_IMPLEMENTED = "not-implemented"


ACTION_ENDED = (ActionProgress.DONE, ActionProgress.NOT_IMPLEMENTED)


@dataclass(frozen=True)
class ActionState:
    """How far an action is.

    Attributes:
        why: why it is not implemented; else what is to be said of it, or nothing.
        on: since when, as ISO date; empty while it is planned.
    """

    state: ActionProgress = ActionProgress.PLANNED
    why: str = ""
    on: str = ""


@dataclass(frozen=True)
class Plan(Record):
    """A plan as it was last written.

    Attributes:
        action_states: of every action, by key, in the order of the plan.
        validated: ``None`` too once the plan was written anew: validated was the text before.
    """

    written: PlanWritten | PlanRevised
    action_states: Mapping[str, ActionState]
    validated: PlanValidated | None = None
    not_implemented: PlanNotImplemented | None = None

    @property
    def organisation(self) -> str:
        """Whose plan it is; empty where it was unknown."""
        first = self.happened[0].body
        return first.by.organisation if isinstance(first, PlanWritten) else ""

    @property
    def costs(self) -> Total:
        """Of all actions."""
        return total(each.cost for each in self.written.actions)

    @property
    def open_actions(self) -> tuple[str, ...]:
        """Keys of those that have not ended."""
        return tuple(key for key, each in self.action_states.items() if each.state not in ACTION_ENDED)


LIFE = Lifecycle(
    PlanState,
    {
        PlanWritten.kind: step(PlanState.DRAFT),
        PlanRevised.kind: step(PlanState.DRAFT, PlanState.DRAFT, PlanState.VALIDATED),
        PlanValidated.kind: step(PlanState.VALIDATED, PlanState.DRAFT),
        PlanBegun.kind: step(PlanState.IN_PROGRESS, PlanState.VALIDATED),
        ActionMoved.kind: step(None, PlanState.IN_PROGRESS),
        PlanFinished.kind: step(PlanState.DONE, PlanState.IN_PROGRESS),
        PlanNotImplemented.kind: step(PlanState.NOT_IMPLEMENTED, PlanState.DRAFT, PlanState.VALIDATED, PlanState.IN_PROGRESS),
    },
)
NEXT: Mapping[ActionProgress, tuple[ActionProgress, ...]] = {
    ActionProgress.PLANNED: (ActionProgress.IN_PROGRESS, ActionProgress.NOT_IMPLEMENTED),
    ActionProgress.IN_PROGRESS: ACTION_ENDED,
}


def _planned(written: PlanWritten | PlanRevised) -> Mapping[str, ActionState]:
    return MappingProxyType({each.key: ActionState() for each in written.actions})


def _begun(id_: str, state: StrEnum, event: Event) -> Plan:
    assert isinstance(event.body, PlanWritten)
    return Plan(id_, state, event.member, event.is_demo, (event,), event.body, _planned(event.body))


def _then(plan: Plan, event: Event) -> Plan:
    match event.body:
        case PlanRevised() as revised:
            return replace(plan, written=revised, action_states=_planned(revised), validated=None)
        case PlanValidated() as validated:
            return replace(plan, validated=validated)
        case ActionMoved() as moved:
            now = ActionState(moved.to, moved.why, moved.on)
            return replace(plan, action_states=MappingProxyType({**plan.action_states, moved.action: now}))
        case PlanNotImplemented() as ended:
            dropped = ActionState(ActionProgress.NOT_IMPLEMENTED, ended.why, event.at_utc[:10])
            states = {key: dropped if key in plan.open_actions else each for key, each in plan.action_states.items()}
            return replace(plan, not_implemented=ended, action_states=MappingProxyType(states))
        case _:
            return plan


def may_lead(plan: Plan, reader: Reader) -> bool:
    """Who wrote it, their organisation, and facilitators."""
    return reader.name == plan.member or reader.is_facilitator or same_organisation(plan.organisation, reader.organisation)


def _refused(plan: Plan | None, body: Body, reader: Reader, today: str) -> Iterator[Refusal]:
    if plan is None:
        return
    if isinstance(body, PlanValidated):
        yield from _no_validator(plan, reader)
    elif not may_lead(plan, reader):
        yield Refusal(f"This plan is of {plan.member}: only they, their organisation and facilitators may change it.")
    if isinstance(body, ActionMoved):
        yield from _action_stays(plan, body, today)
    if isinstance(body, PlanFinished):
        yield from _unfinished(plan)


def _no_validator(plan: Plan, reader: Reader) -> Iterator[Refusal]:
    written_by = {each.member for each in plan.happened if isinstance(each.body, PlanWritten | PlanRevised)}
    if reader.name in written_by:
        yield Refusal("You wrote this plan: somebody else validates it.")
    elif reader.is_facilitator:
        return
    elif not reader.organisation or not plan.organisation:
        yield Refusal("It is not known that you work for another organisation: ask a facilitator to validate the plan.")
    elif same_organisation(plan.organisation, reader.organisation):
        yield Refusal("This plan is of your own organisation: somebody of another one validates it, or a facilitator.")


def _action_stays(plan: Plan, body: ActionMoved, today: str) -> Iterator[Refusal]:
    now = plan.action_states.get(body.action)
    if now is None:
        yield Refusal(f"The plan has no action “{body.action}”. It has {', '.join(plan.action_states)}.")
        return
    if body.to not in NEXT.get(now.state, ()):
        yield Refusal(f"The action {body.action} is {now.state}, and cannot become {body.to}.", is_late=True)
    if body.on > today:
        yield Refusal(f"The day {body.on} has not come yet.")
    elif body.on < now.on:
        yield Refusal(f"The action {body.action} is {now.state} since {now.on}: what follows cannot be before.")


def _unfinished(plan: Plan) -> Iterator[Refusal]:
    if plan.open_actions:
        yield Refusal(f"These actions have not ended: {', '.join(plan.open_actions)}. Say of each that it is done, or why not.")
    elif not any(each.state is ActionProgress.DONE for each in plan.action_states.values()):
        yield Refusal("No action was done: say that the plan is not implemented, and why.")


PLAN = Kind(
    "plan",
    "plan",
    (PlanWritten, PlanRevised, PlanValidated, PlanBegun, ActionMoved, PlanFinished, PlanNotImplemented),
    LIFE,
    _begun,
    _then,
    _refused,
    "kb learn plan list",
)

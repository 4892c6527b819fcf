"""Action plans are written, validated by others, begun, and followed action by action to their end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kb.errors import Conflict
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.plan import PLAN, Plan, PlanState
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
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.linking import check_because, check_still, partnership_meant
from kb.services.permission import Member, Role, require

WRITE, VALIDATE, FOLLOW = "write action plans", "validate action plans", "follow action plans"
NOT_WRITTEN = "The plan was not written"
REQUIRED = ("title", "instrument", "text")  # of a plan, beside its actions


def draft(
    kb: KnowledgeBase,
    *,
    title: str,
    instrument: str,
    text: str,
    actions: Sequence[Mapping[str, object]],
    actor: Member,
    place: str = "",
    language: str = "en",
    summary_en: str = "",
    partnership: str = "",
    practices: Collection[str] = (),
    exchanges: Collection[str] = (),
) -> Plan:
    """Write a plan for the actor's organisation.

    Args:
        instrument: the one policy instrument that it is to improve.
        actions: each with what :class:`~kb.peers.learning.plan_bodies.Action` has; one without a key gets its number.
        place: ISO 3166, such as PT or CA-QC.
        summary_en: required where ``language`` is not ``en``.

    Raises:
        InvalidEntry: with all that is wrong.
        NotFound: if there is no such practice, exchange or partnership.
    """
    require(actor, Role.MEMBER, WRITE)
    body = keeping.made(
        PlanWritten,
        NOT_WRITTEN,
        by=keeping.party(actor),
        title=title,
        instrument=instrument,
        text=text,
        actions=_keyed(actions),
        place=place,
        language=language,
        summary_en=summary_en,
        partnership=partnership,
        because={"practices": tuple(practices), "exchanges": tuple(exchanges)},
    )
    body = body.model_copy(update={"partnership": partnership_meant(kb, body.partnership)})
    with kb.records() as records:
        is_demo = check_because(kb, records, body.because, actor=actor)
        return keeping.begin(records, PLAN, body, actor=actor, is_demo=is_demo)


def revise(kb: KnowledgeBase, plan_id: str, changes: Mapping[str, object], *, actor: Member, base: int | None = None) -> Plan:
    """Write a plan anew. It has to be validated again, and the text before stays in its history.

    Args:
        changes: fields of :func:`draft` with what they are to say; all others stay.
        base: how many things had happened to it when it was read; more by now are a conflict.

    Raises:
        InvalidEntry: with all that is wrong.
        Conflict: once it has begun, or if something happened to it since it was read.
    """
    require(actor, Role.MEMBER, WRITE)
    given = {name: value for name, value in changes.items() if name not in ("practices", "exchanges", "by")}
    if "actions" in given:
        given["actions"] = _keyed(given["actions"])

    def body(found: Plan) -> PlanRevised:
        if base is not None and len(found.happened) != base:
            raise Conflict(f"{found.id} was revised by somebody else meanwhile. Look at it again.")
        before = {name: getattr(found.written, name) for name in type(found.written).model_fields}
        links = {name: changes.get(name, getattr(found.written.because, name)) for name in ("practices", "exchanges")}
        made = keeping.made(PlanRevised, NOT_WRITTEN, **{**before, **given, "because": links, "by": keeping.party(actor)})
        meant = partnership_meant(kb, made.partnership, so_far=found.written.partnership)
        return made.model_copy(update={"partnership": meant})

    with kb.records() as records:
        so_far = keeping.within(records, PLAN, plan_id).written.because
        revised = keeping.add(records, PLAN, plan_id, body, actor=actor)
        check_still(kb, records, revised.written.because, revised, actor=actor, so_far=so_far)
        return revised


def validate(kb: KnowledgeBase, plan_id: str, *, actor: Member, comment: str = "") -> Plan:
    """Find a plan sound: somebody of another organisation, or a facilitator who did not write it."""
    require(actor, Role.MEMBER, VALIDATE)
    body = keeping.made(PlanValidated, "The plan was not validated", by=keeping.party(actor), comment=comment)
    with kb.records() as records:
        return keeping.add(records, PLAN, plan_id, body, actor=actor)


def begin(kb: KnowledgeBase, plan_id: str, *, actor: Member) -> Plan:
    """Work on a validated plan begins."""
    require(actor, Role.MEMBER, FOLLOW)
    with kb.records() as records:
        return keeping.add(records, PLAN, plan_id, PlanBegun(by=keeping.party(actor)), actor=actor)


def move_action(
    kb: KnowledgeBase, plan_id: str, action: str, to: ActionProgress | str, *, actor: Member, why: str = "", on: str = ""
) -> Plan:
    """Tell that an action began, was done, or is not implemented.

    Args:
        action: its key.
        why: required for ``not-implemented``.
        on: ISO date; today by default.

    Raises:
        InvalidEntry: with all that is wrong.
        Conflict: while the plan is not in progress, or if the action ended.
    """
    require(actor, Role.MEMBER, FOLLOW)
    body = keeping.made(
        ActionMoved, "The action was not changed", by=keeping.party(actor), action=action, to=to, on=on.strip() or today(), why=why
    )
    with kb.records() as records:
        return keeping.add(records, PLAN, plan_id, body, actor=actor)


def finish(kb: KnowledgeBase, plan_id: str, *, actor: Member, what: str = "") -> Plan:
    """A plan is done: every action ended, and one at least was done."""
    require(actor, Role.MEMBER, FOLLOW)
    body = keeping.made(PlanFinished, "The plan was not finished", by=keeping.party(actor), what=what)
    with kb.records() as records:
        return keeping.add(records, PLAN, plan_id, body, actor=actor)


def give_up(kb: KnowledgeBase, plan_id: str, *, why: str, actor: Member) -> Plan:
    """A plan is not implemented, or not to its end: say why. Actions that had not ended are not implemented either."""
    require(actor, Role.MEMBER, FOLLOW)
    body = keeping.made(PlanNotImplemented, "The plan was not given up", by=keeping.party(actor), why=why)
    with kb.records() as records:
        return keeping.add(records, PLAN, plan_id, body, actor=actor)


def plan(kb: KnowledgeBase, plan_id: str, *, actor: Member) -> Plan:
    """One.

    Raises:
        NotFound: if there is none of that id.
    """
    return keeping.record(kb, PLAN, plan_id, actor=actor)


def plans(
    kb: KnowledgeBase,
    *,
    actor: Member,
    practice: str = "",
    exchange: str = "",
    organisation: str = "",
    state: PlanState | str = "",
) -> list[Plan]:
    """Plans, the last begun first.

    Args:
        practice: only those from it; so ``exchange``.
        organisation: only its own.
        state: only those in it.
    """
    return [
        each
        for each in keeping.everyone(kb, PLAN, actor=actor)
        if (not state or each.state == state)
        and (not practice or practice in each.written.because.practices)
        and (not exchange or exchange in each.written.because.exchanges)
        and (not organisation or same_organisation(organisation, each.organisation))
    ]


def _keyed(actions: object) -> object:
    """Each with its key, by default its number; what is blank is not said."""
    if not isinstance(actions, list | tuple) or not all(isinstance(each, Mapping) for each in actions):
        return actions
    said = [{name: value for name, value in each.items() if value not in ("", None)} for each in actions]
    return tuple({"key": str(number), **each} for number, each in enumerate(said, start=1))

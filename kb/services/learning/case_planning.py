"""The plan of a transfer case, and its milestones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kb.errors import Conflict
from kb.peers.learning.case import CASE, Case, CasePlan
from kb.peers.learning.case_bodies import CasePlanned, MilestoneReached
from kb.peers.learning.record import Body
from kb.retrieval.writable import one_line
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.evidence import for_eyes
from kb.services.learning.transfer_cases import MOVE
from kb.services.permission import Member, Role, require


def plan(
    kb: KnowledgeBase,
    case: str,
    *,
    actor: Member,
    core_kept: Sequence[str] | None = None,
    adapted: Sequence[Mapping[str, str]] | None = None,
    milestones: Sequence[Mapping[str, str]] | None = None,
    local_group: Sequence[Mapping[str, str]] | None = None,
    costs: str | None = None,
    funding: str | None = None,
    version: int | None = None,
) -> Case:
    """Write the plan, or revise it; what is not named stays. Earlier plans stay in the history.

    Args:
        adapted: ``element`` and ``how`` of each.
        milestones: ``what`` and ``due`` (ISO date) of each, and its ``key``; one without a key gets the next free.
        local_group: ``organisation`` of each, ``name`` and ``role`` where they are said.
        version: revisions of the plan that the actor saw (0 before there is one); not said: whatever there is.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: with all that is wrong; if the actor does not lead the case.
        Conflict: if somebody revised it meanwhile, or the case is not under way.
    """
    require(actor, Role.MEMBER, MOVE)
    given = {
        "core_kept": core_kept,
        "adapted": adapted,
        "milestones": None if milestones is None else _with_keys(milestones),
        "local_group": local_group,
        "costs": costs,
        "funding": funding,
    }

    def revised(so_far: Case) -> CasePlanned:
        if version is not None and version != revisions(so_far):
            raise Conflict(f"Somebody else revised the plan of {case} meanwhile. Look at it again.")
        before = _as_given(so_far.plan)
        said = {name: before[name] if value is None else value for name, value in given.items()}
        return keeping.made(CasePlanned, "The plan was not kept", **said)

    return _added(kb, case, revised, actor)


def reach(kb: KnowledgeBase, case: str, milestone: str, *, on: str, actor: Member, what: str = "") -> Case:
    """Tell that a milestone was reached on a day.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: if the plan has no such milestone, the day is none or lies ahead, or the actor does not lead the case.
        Conflict: if it was reached before.
    """
    require(actor, Role.MEMBER, MOVE)
    body = keeping.made(MilestoneReached, "The milestone was not kept", milestone=one_line(milestone), on=one_line(on), what=what)
    return _added(kb, case, body, actor)


def revisions(found: Case) -> int:
    """How often the plan was written: what :func:`plan` compares with."""
    return found.plan.n_revisions + 1 if found.plan else 0


def _added(kb: KnowledgeBase, id_: str, body: Body | Callable[[Case], Body], actor: Member) -> Case:
    with kb.records() as records:
        found = keeping.add(records, CASE, id_, body, actor=actor, day=latest_day())
    return for_eyes(kb, [found], actor=actor)[0]


def _with_keys(milestones: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Each with a key: its own, or the first of m1, m2, … that none has."""
    given = [dict(each) for each in milestones]
    taken = {each.get("key") or "" for each in given}
    free = (key for number in range(1, len(given) + len(taken) + 1) if (key := f"m{number}") not in taken)
    return [each if each.get("key") else {**each, "key": next(free)} for each in given]


def _as_given(before: CasePlan | None) -> dict[str, object]:
    """A plan as :func:`plan` takes it."""
    found = before or CasePlan()
    return {
        "core_kept": found.core_kept,
        "adapted": tuple(each.model_dump() for each in found.adapted),
        "milestones": tuple({"key": each.key, "what": each.what, "due": each.due} for each in found.milestones),
        "local_group": tuple(each.model_dump() for each in found.local_group),
        "costs": found.costs,
        "funding": found.funding,
    }

"""Transfer cases as rows of a table. Codes are the same in every language."""

from __future__ import annotations

from collections.abc import Iterable

from kb.peers.learning.case import Case
from kb.services.tables import Cell

COLUMNS = (
    "case", "opened_on", "state", "practice", "title", "source", "target", "organisation", "member", "test", "why", "local_group",
    "core_kept", "adapted", "milestones", "milestones_reached", "milestones_overdue", "costs", "funding", "outcome",
    "evaluated_on", "evaluated_by", "seen", "passages", "sources", "adopted_how", "stopped_why", "changed_on", "demonstration",
)  # fmt: skip


def case_rows(cases: Iterable[Case], *, today: str) -> list[tuple[Cell, ...]]:
    """Names of columns, then a row a case.

    Args:
        today: ISO date.
    """
    return [COLUMNS, *(_case(each, today) for each in cases)]


def _case(case: Case, today: str) -> tuple[Cell, ...]:
    told, plan, went = case.considered, case.plan, case.evaluated
    milestones = plan.milestones if plan else ()
    return (
        case.id, case.begun_on, case.state.value, told.practice, told.title, told.source, told.target, told.organisation,
        case.member, told.test, told.why,
        "\n".join(each.organisation for each in plan.local_group) if plan else "",
        "\n".join(plan.core_kept) if plan else "",
        "\n".join(f"{each.element}: {each.how}" for each in plan.adapted) if plan else "",
        len(milestones), sum(bool(each.reached_on) for each in milestones), len(case.overdue(today)),
        plan.costs if plan else "", plan.funding if plan else "",
        went.outcome.value if went else "", went.on if went else "", went.by.name if went else "", went.what if went else "",
        len(went.pins) if went else None,
        "\n".join(f"{each.source} ({each.date})" for each in went.sources) if went else "",
        case.adopted.how if case.adopted else "", case.stopped.why if case.stopped else "", case.changed_on,
        "yes" if case.is_demo else "",
    )  # fmt: skip

"""``kb learn case list|show|export``: transfer cases as the one who asks may see them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, language, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, n, output_option, print_json, show_list
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.case import Case

STATES = ("considered", "understand", "adapt", "re-use", "evaluated", "adopted", "stopped")
state = click.option("--state", default="", type=click.Choice(("", *STATES)), metavar="STATE", help="Only those in it.")
practice = click.option("--practice", default="", metavar="NAME", help="Only those of this practice.")
target = click.option("--to", "target", default="", metavar="PLACE", help="Only those in this place, such as PT.")


@click.command("list")
@state
@practice
@target
@as_json_option
@acting
def list_cases(state: str, practice: str, target: str, as_json: bool, acting_as: str) -> None:
    """All transfer cases, the last opened first."""
    from kb.services.learning import transfer_cases

    base = open_base()
    found = transfer_cases.cases(base, state=state, practice=practice, target=target.upper(), actor=actor_of(base, acting_as))
    show_list(found, "cases", "transfer case", as_json=as_json, told=as_json_of, line=in_a_line)


@click.command()
@click.argument("case", metavar="ID")
@as_json_option
@acting
def show(case: str, as_json: bool, acting_as: str) -> None:
    """One case: plan, milestones, what was learned, how it went."""
    from kb.services.learning import transfer_cases

    base = open_base()
    found = transfer_cases.case(base, case, actor=actor_of(base, acting_as))
    if as_json:
        print_json(as_json_of(found))
        return
    click.echo(flat(in_a_line(found)))
    for line in _told(found):
        click.echo(flat(line))


@click.command()
@click.argument("case", metavar="[ID]", required=False)
@click.option("--form", required=True, type=click.Choice(("pdf", "docx", "csv", "xlsx")), help="One case on paper, all as a table.")
@output_option
@state
@practice
@target
@language
@acting
def export(
    case: str | None, form: str, output: Path | None, state: str, practice: str, target: str, language: str, acting_as: str
) -> None:
    """One case with its plan as PDF or Word file, or, without ID, a list as CSV or Excel."""
    from kb.services.handouts.forms import ReportForm
    from kb.services.learning import case_exporting
    from kb.services.tables import TableFormat

    if bool(case) != (form in ("pdf", "docx")):
        raise click.UsageError("A case is written as pdf or docx; the list, without ID, as csv or xlsx.")
    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    if case:
        made = case_exporting.export_case(base, case, ReportForm(form), actor=actor, language=language)
    else:
        chosen = {"state": state, "practice": practice, "target": target.upper()}
        made = case_exporting.export_cases(base, TableFormat(form), actor=actor, **chosen)
    hand_out(made, output)


def done(found: Case) -> None:
    """Say how the case stands now."""
    click.echo(flat(in_a_line(found)))


def in_a_line(found: Case) -> str:
    """Id, state, who takes what over from where to where, milestones, how it went."""
    from kb.services.clock import today

    told = found.considered
    parts = [found.id, found.state.value, f"{told.title}: {told.source} to {told.target}", told.organisation]
    if found.plan and found.plan.milestones:
        reached = sum(bool(each.reached_on) for each in found.plan.milestones)
        overdue = len(found.overdue(today()))
        parts.append(f"{reached} of {n(len(found.plan.milestones), 'milestone')}" + (f", {overdue} overdue" if overdue else ""))
    if found.evaluated:
        parts.append(f"{found.evaluated.outcome.value} on {found.evaluated.on}")
    return " · ".join([*parts, DEMONSTRATION] if found.is_demo else parts)


def _told(found: Case) -> list[str]:
    from kb.services.clock import today

    told, plan, went = found.considered, found.plan, found.evaluated
    lines = [f"Test: {told.test}", f"Why: {told.why}"]
    lines += [f"{each.body.kind} on {each.at_utc[:10]}: {said}" for each in found.happened if (said := _learned(each.body))]
    if plan:
        lines += [
            "",
            *(f"Local group: {' · '.join(filter(None, (each.organisation, each.name, each.role)))}" for each in plan.local_group),
        ]
        lines += [f"Kept: {each}" for each in plan.core_kept]
        lines += [f"Adapted: {each.element}: {each.how}" for each in plan.adapted]
        for each in plan.milestones:
            stands = f"reached {each.reached_on}" if each.reached_on else "overdue" if each.is_overdue(today()) else "to come"
            lines.append(f"Milestone {each.key}: {each.what} · due {each.due} · {stands}")
        lines += [f"{name}: {text}" for name, text in (("Costs", plan.costs), ("Funding", plan.funding)) if text]
    if went:
        lines += ["", f"How it went: {went.outcome.value} on {went.on}, told by {went.by.name}: {went.what}"]
        lines += [f"  “{each.quote}” ({each.document})" for each in went.pins if each.document]
        lines += [f"  {each.source} ({each.date})" for each in went.sources]
        lines += [f"Kept in the end: {each}" for each in went.core_kept]
        lines += [f"Adapted in the end: {each.element}: {each.how}" for each in went.adapted]
    if found.adopted:
        lines.append(f"Adopted: {found.adopted.how}")
    if found.stopped:
        lines.append(f"Stopped: {found.stopped.why}")
    return lines


def _learned(body: object) -> str:
    return str(getattr(body, "learned", ""))


def as_json_of(found: Case) -> dict[str, Any]:
    """Everything that it is, less its history."""
    from dataclasses import asdict

    from kb.services.clock import today

    plan = found.plan
    return {
        "id": found.id,
        "state": found.state.value,
        "member": found.member,
        **found.considered.model_dump(mode="json"),
        "plan": None
        if plan is None
        else {
            "core_kept": plan.core_kept,
            "adapted": [each.model_dump() for each in plan.adapted],
            "milestones": [asdict(each) | {"is_overdue": each in found.overdue(today())} for each in plan.milestones],
            "local_group": [each.model_dump() for each in plan.local_group],
            "costs": plan.costs,
            "funding": plan.funding,
        },
        "evaluated": found.evaluated.model_dump(mode="json") if found.evaluated else None,
        "adopted": found.adopted.model_dump(mode="json") if found.adopted else None,
        "stopped": found.stopped.model_dump(mode="json") if found.stopped else None,
        "is_demo": found.is_demo,
    }

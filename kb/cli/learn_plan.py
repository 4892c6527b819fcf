"""``kb learn plan``: what organisations will do because of what they learned, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli import learn_outcome_told as told
from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, output_option, print_json, show_list
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.plan import Plan

ID = click.argument("plan_id", metavar="ID")
FILE = click.argument("file", type=click.File(encoding="utf-8"))
STATES = ("draft", "validated", "in-progress", "done", "not-implemented")
FORM: dict[str, Any] = {
    "title": "A public register", "instrument": "Regional plan for the social economy", "place": "PT", "language": "en",
    "text": "Where it starts from, what it wants, how that follows from what was learned.", "summary_en": "", "partnership": "",
    "practices": [], "exchanges": [],
    "actions": [
        {
            "key": "register", "what": "Keep a public register.", "players": ["Our organisation"], "begins": "2026-01-01",
            "ends": "2026-12-31", "cost": {"amount": 1200, "currency": "EUR"}, "funding": "Own money", "indicator": "Entries",
        }
    ],
}  # fmt: skip


@click.group()
def plan() -> None:
    """Action plans: draft, validate, begin, follow each action, finish or explain."""


@plan.command("list")
@told.of_practice
@told.of_organisation
@click.option("--state", default="", type=click.Choice(("", *STATES)), help="Only in this state.")
@as_json_option
@told.as_table
@output_option
@acting
def list_plans(
    practice: str, organisation: str, state: str, as_json: bool, form: str | None, output: Path | None, acting_as: str
) -> None:
    """Plans, the last begun first."""
    from kb.services.learning import plans
    from kb.services.learning.outcome_exporting import export_plans
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    said = {"practice": practice, "organisation": organisation, "state": state}
    if form:
        hand_out(export_plans(base, TableFormat(form), actor=actor, **said), output)
        return
    found = plans.plans(base, actor=actor, **said)
    show_list(found, "plans", "plan", as_json=as_json, told=told.as_json, line=told.in_a_line)


@plan.command()
@ID
@as_json_option
@acting
def show(plan_id: str, as_json: bool, acting_as: str) -> None:
    """One plan: its actions and everything that happened to it."""
    from kb.services.learning import plans

    base = open_base()
    found = plans.plan(base, plan_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(told.as_json(found))
        return
    _show(found)


@plan.command("form")
def show_form() -> None:
    """Print what the JSON file of a plan looks like."""
    print_json(FORM)


@plan.command()
@FILE
@acting
def draft(file: Any, acting_as: str) -> None:
    """Write a plan for your organisation from a JSON FILE (- for what comes in); see the command form. Its id is printed first."""
    from kb.services.learning import plans

    given = told.known(told.read_object(file), FORM)
    base = open_base()
    told.told(plans.draft(base, actor=actor_of(base, acting_as), **{**dict.fromkeys(plans.REQUIRED, ""), "actions": (), **given}))


@plan.command()
@ID
@FILE
@acting
def revise(plan_id: str, file: Any, acting_as: str) -> None:
    """Write a plan anew: fields of a JSON FILE stand instead of those before. It has to be validated again."""
    from kb.services.learning import plans

    given = told.known(told.read_object(file), FORM)
    base = open_base()
    told.told(plans.revise(base, plan_id, given, actor=actor_of(base, acting_as)))


@plan.command()
@ID
@click.option("--comment", default="", help="What you say to it.")
@acting
def validate(plan_id: str, comment: str, acting_as: str) -> None:
    """Find a plan of another organisation sound."""
    from kb.services.learning import plans

    base = open_base()
    told.told(plans.validate(base, plan_id, comment=comment, actor=actor_of(base, acting_as)))


@plan.command()
@ID
@acting
def begin(plan_id: str, acting_as: str) -> None:
    """Work on a validated plan begins."""
    from kb.services.learning import plans

    base = open_base()
    told.told(plans.begin(base, plan_id, actor=actor_of(base, acting_as)))


@plan.command()
@ID
@click.argument("action", metavar="KEY")
@click.argument("to", type=click.Choice(("in-progress", "done", "not-implemented")))
@click.option("--why", default="", help="Required for not-implemented.")
@click.option("--on", default="", metavar="DATE", help="Since when; today by default.")
@acting
def action(plan_id: str, action: str, to: str, why: str, on: str, acting_as: str) -> None:
    """Tell that the action KEY began, was done, or is not implemented."""
    from kb.services.learning import plans

    base = open_base()
    told.told(plans.move_action(base, plan_id, action, to, why=why, on=on, actor=actor_of(base, acting_as)))


@plan.command()
@ID
@acting
def finish(plan_id: str, acting_as: str) -> None:
    """A plan is done: every action ended, and one at least was done."""
    from kb.services.learning import plans

    base = open_base()
    told.told(plans.finish(base, plan_id, actor=actor_of(base, acting_as)))


@plan.command("not-implemented")
@ID
@why_required
@acting
def not_implemented(plan_id: str, why: str, acting_as: str) -> None:
    """A plan is not implemented, or not to its end: say why."""
    from kb.services.learning import plans

    base = open_base()
    told.told(plans.give_up(base, plan_id, why=why, actor=actor_of(base, acting_as)))


@plan.command()
@ID
@click.option("--to", "form", type=click.Choice(("pdf", "docx")), default="pdf", show_default=True, help="What to write.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@acting
def export(plan_id: str, form: str, output: Path, acting_as: str) -> None:
    """One plan as PDF or Word file."""
    from kb.bootstrap import country_names
    from kb.services.handouts.forms import ReportForm
    from kb.services.learning.outcome_exporting import export_plan
    from kb.services.outcome_files.wording import OutcomeWording

    base, wording = open_base(), OutcomeWording(countries=country_names("en"))
    hand_out(export_plan(base, plan_id, ReportForm(form), actor=actor_of(base, acting_as), wording=wording), output)


def _show(found: Plan) -> None:
    told.told(found)
    for line in told.comes_from(found.written.because):
        click.echo(flat(line))
    for each in found.written.actions:
        now = found.action_states[each.key]
        since = f" since {now.on}" if now.on else ""
        parts = [f"  {each.key}: {now.state.value}{since}", each.what, ", ".join(each.players), now.why]
        click.echo(flat(" · ".join(filter(None, parts))))
    told.history(found)

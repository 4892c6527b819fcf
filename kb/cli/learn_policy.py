"""``kb learn policy``: how policies changed because of what was learned, before and after."""

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
    from kb.peers.learning.policy import PolicyChange

ID = click.argument("policy_id", metavar="ID")
FILE = click.argument("file", type=click.File(encoding="utf-8"))
STATES = ("recorded", "confirmed", "withdrawn")
FORM: dict[str, Any] = {
    "title": "Permits in a week", "policy": "Regulation on parks", "organisation": "", "place": "PT",
    "what_changed": "One office decides.", "on": "2026-06-30", "practices": ["cesena-bee-path"], "exchanges": ["session-1"],
    "attribution": "How much of it is owed to that, in your own words.", "language": "en",
    "effects": [
        {
            "dimension": "efficiency", "what": "Days to a permit", "unit": "days",
            "before": {"value": 30, "date": "2025", "source": "Register of 2025"},
            "after": {"value": 7, "date": "2026-06", "passages": ["0123456789abcdef"]},
        }
    ],
}  # fmt: skip


@click.group()
def policy() -> None:
    """Policy changes: record one with what was measured, confirm somebody else's."""


@policy.command("list")
@told.of_practice
@told.of_organisation
@click.option("--state", default="", type=click.Choice(("", *STATES)), help="Only in this state.")
@as_json_option
@told.as_table
@output_option
@acting
def list_policies(
    practice: str, organisation: str, state: str, as_json: bool, form: str | None, output: Path | None, acting_as: str
) -> None:
    """Policy changes, the last recorded first; withdrawn ones only if asked for."""
    from kb.services.learning import policies
    from kb.services.learning.outcome_exporting import export_policies
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    said = {"practice": practice, "organisation": organisation, "state": state}
    if form:
        hand_out(export_policies(base, TableFormat(form), actor=actor, **said), output)
        return
    found = policies.policies(base, actor=actor, **said)
    show_list(found, "policies", "policy change", as_json=as_json, told=told.as_json, line=told.in_a_line)


@policy.command()
@ID
@as_json_option
@acting
def show(policy_id: str, as_json: bool, acting_as: str) -> None:
    """One policy change: before, after, and everything that happened to it."""
    from kb.services.learning import policies

    base = open_base()
    found = policies.policy_change(base, policy_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(told.as_json(found))
        return
    _show(found)


@policy.command("form")
def show_form() -> None:
    """Print what the JSON file of a policy change looks like."""
    print_json(FORM)


@policy.command()
@FILE
@acting
def record(file: Any, acting_as: str) -> None:
    """Tell how a policy of your organisation changed, from a JSON FILE (- for what comes in); facilitators tell of any.

    See the command form. The id is printed first.
    """
    from kb.services.learning import policies

    given = told.known(told.read_object(file), FORM)
    base = open_base()
    told.told(policies.record(base, actor=actor_of(base, acting_as), **{**dict.fromkeys(policies.REQUIRED, ""), **given}))


@policy.command()
@ID
@FILE
@acting
def revise(policy_id: str, file: Any, acting_as: str) -> None:
    """Tell your own policy change anew: fields of a JSON FILE stand instead of those before. It has to be confirmed again."""
    from kb.services.learning import policies

    given = told.known(told.read_object(file), FORM)
    base = open_base()
    told.told(policies.revise(base, policy_id, given, actor=actor_of(base, acting_as)))


@policy.command()
@ID
@click.option("--how", default="", help="What you saw yourself.")
@acting
def confirm(policy_id: str, how: str, acting_as: str) -> None:
    """Say that you saw it; for members of another organisation."""
    from kb.services.learning import policies

    base = open_base()
    told.told(policies.confirm(base, policy_id, how=how, actor=actor_of(base, acting_as)))


@policy.command()
@ID
@why_required
@acting
def withdraw(policy_id: str, why: str, acting_as: str) -> None:
    """Take it back. It stays in the history."""
    from kb.services.learning import policies

    base = open_base()
    told.told(policies.withdraw(base, policy_id, why=why, actor=actor_of(base, acting_as)))


@policy.command()
@ID
@click.option("--to", "form", type=click.Choice(("pdf", "docx")), default="pdf", show_default=True, help="What to write.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@acting
def export(policy_id: str, form: str, output: Path, acting_as: str) -> None:
    """One policy change as PDF or Word file, with the evidence that you may see."""
    from kb.bootstrap import country_names
    from kb.services.handouts.forms import ReportForm
    from kb.services.learning.outcome_exporting import export_policy
    from kb.services.outcome_files.wording import OutcomeWording

    base, wording = open_base(), OutcomeWording(countries=country_names("en"))
    hand_out(export_policy(base, policy_id, ReportForm(form), actor=actor_of(base, acting_as), wording=wording), output)


def _show(found: PolicyChange) -> None:
    from kb.services.outcome_files.policy_told import difference_in_words, measured_in_words
    from kb.services.outcome_files.wording import OutcomeWording

    wording = OutcomeWording()
    told.told(found)
    for line in (*told.comes_from(found.recorded.because), f"  {found.recorded.what_changed}", f"  {found.recorded.attribution}"):
        click.echo(flat(line))
    for each in found.recorded.effects:
        before, after = (measured_in_words(each, side, wording) for side in (each.before, each.after))
        click.echo(flat(f"  {each.dimension.value}: {each.what}: {before} → {after}: {difference_in_words(each, wording)}"))
    told.history(found)

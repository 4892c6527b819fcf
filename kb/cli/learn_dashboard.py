"""``kb learn dashboard``: where mutual learning stands."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, output_option
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.learning.dashboard import Counted

partnership_option = click.option("--partnership", default="", metavar="NAME", help="Only of this partnership.")
to_option = click.option("--to", "form", type=click.Choice(("csv", "xlsx")), help="Write it as a table instead.")


@click.command()
@partnership_option
@click.option("--list", "with_things", is_flag=True, help="Print under each number what it counts.")
@to_option
@click.option("--effects", is_flag=True, help="With --to: what was measured of policies before and after.")
@output_option
@as_json_option
@acting
def dashboard(
    partnership: str, with_things: bool, form: str | None, effects: bool, output: Path | None, as_json: bool, acting_as: str
) -> None:
    """Needs, matches, rounds, debriefs, recommendations, lessons, transfers, plans and policies in numbers; nobody is ranked."""
    from kb.services.learning import dashboard as service
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    if form:
        export = service.export_effects if effects else service.export
        hand_out(export(base, TableFormat(form), actor=actor, partnership=partnership), output)
        return
    found = service.dashboard(base, actor=actor, partnership=partnership)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str))
        return
    if found.is_demo:
        click.echo(DEMONSTRATION)
    for number in found.numbers:
        if number.n or number.is_open:
            click.echo(f"{number.n:5}  {number.section} · {number.key}")
            for each in number.things if with_things else ():
                click.echo(flat(f"       {_line(each)}"))
    for effect in found.effects:
        change = "" if effect.difference is None else f" ({effect.difference:+} {effect.unit})"
        before, after = effect.before or "unknown", effect.after or "unknown"
        click.echo(flat(f"{effect.ref} ({effect.state}): {effect.what}: {before} → {after}{change}"))


def _line(each: Counted) -> str:
    parts = [each.ref, each.title, each.state.value, each.organisation, f"since {each.since} ({each.n_days} days)"]
    return " · ".join(part for part in (*parts, f"due {each.due}" if each.due else "") if part)

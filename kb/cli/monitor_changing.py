"""``kb monitor set|end|add|import|withdraw``: what contributors and facilitators enter."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import exits
from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.search import flat

DIRECTIONS = ("up", "down", "keep")
FREQUENCIES = ("monthly", "quarterly", "half-yearly", "yearly", "once")


def name_of(practice: str) -> str:
    """A practice; a path to its sheet will do."""
    return practice.rsplit("/", 1)[-1].removesuffix(".yaml")


@click.command("set")
@click.argument("practice")
@click.argument("indicator", metavar="KEY")
@click.option("--title", required=True, help="What it is called.")
@click.option("--definition", required=True, help="What is counted, and how.")
@click.option("--unit", required=True, help="Such as people, euros, percent.")
@click.option("--direction", required=True, type=click.Choice(DIRECTIONS), help="Where it is wanted to go.")
@click.option("--frequency", required=True, type=click.Choice(FREQUENCIES), help="How often it is read.")
@click.option("--responsible", required=True, metavar="NAME", help="Member or organisation that reads it.")
@click.option("--first-due", default="", metavar="DATE", help="Last day of the first period; else one period after the baseline.")
@click.option("--baseline", default="", metavar="NUMBER", help="Where it began.")
@click.option("--baseline-date", default="", metavar="DATE", help="Of which day the baseline is.")
@click.option("--baseline-source", default="", metavar="TEXT", help="Who says so.")
@click.option("--target", default="", metavar="NUMBER", help="Where it should be.")
@click.option("--target-date", default="", metavar="DATE", help="By when the target should be reached.")
@click.option("--scope", default="", metavar="TEXT", help="Of what it is measured; readings of anything else count for nothing.")
@acting
def set_one(
    practice: str, indicator: str, baseline: str, baseline_date: str, baseline_source: str, target: str, target_date: str,
    acting_as: str, **said: str,
) -> None:  # fmt: skip
    """Say what is measured of PRACTICE under KEY, or say it anew; its readings stay."""
    from kb.services.monitoring import changing

    base = open_base()
    fields = {
        **said,
        "key": indicator,
        "baseline": {"value": baseline, "date": baseline_date, "source": baseline_source},
        "target": {"value": target, "date": target_date},
    }
    made = changing.set_indicator(base, name_of(practice), fields, actor=actor_of(base, acting_as))
    click.echo(flat(f"{made.key} is set: {made.title}, in {made.unit}, {made.frequency}; first reading due by {made.ends_first}"))


@click.command()
@click.argument("practice")
@click.argument("indicator", metavar="KEY")
@why_required
@acting
def end(practice: str, indicator: str, why: str, acting_as: str) -> None:
    """Await no further readings of KEY. All that were entered stay."""
    from kb.services.monitoring import changing

    base = open_base()
    changing.end_indicator(base, name_of(practice), indicator, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{indicator} is ended."))


@click.command(context_settings={"ignore_unknown_options": True})  # a value may be less than 0
@click.argument("practice")
@click.argument("indicator")
@click.argument("date")
@click.argument("value")
@click.option("--source", required=True, metavar="TEXT", help="Who says so.")
@click.option("--scope", default="", metavar="TEXT", help="Of what it was measured; else of what the indicator says.")
@click.option("--note", default="", metavar="TEXT", help="What else one should know of it.")
@acting
def add(practice: str, indicator: str, date: str, value: str, source: str, scope: str, note: str, acting_as: str) -> None:
    """Enter that INDICATOR of PRACTICE was VALUE on DATE. Its number is printed: by it a reading is withdrawn."""
    from kb.services.monitoring import changing

    base = open_base()
    actor = actor_of(base, acting_as)
    seq = changing.add_reading(base, name_of(practice), indicator, date, value, source=source, scope=scope, note=note, actor=actor)
    click.echo(f"Reading {seq} is added.")


@click.command("import")
@click.argument("practice")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only say what is wrong.")
@acting
def import_readings(practice: str, file: Path, check: bool, acting_as: str) -> None:
    """Add all readings of a CSV FILE, or none: every fault is told with its line.

    Its columns are indicator, date, value, source, and if wanted scope, note and unit.
    """
    from kb.services.monitoring import tables

    base = open_base()
    actor = actor_of(base, acting_as)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    found = tables.read_table(base, name_of(practice), content, actor=actor)
    for fault in found.faults:
        click.echo(flat(str(fault)), err=True)
    if found.faults:
        click.echo(f"Nothing was imported: {len(found.faults)} fault" + ("" if len(found.faults) == 1 else "s"), err=True)
        raise SystemExit(exits.FAULT)
    n = len(found.rows) if check else tables.import_table(base, name_of(practice), content, actor=actor)
    click.echo(f"{n} reading" + ("" if n == 1 else "s") + (", no fault" if check else " imported"))


@click.command()
@click.argument("practice")
@click.argument("number", type=int, metavar="NUMBER")
@why_required
@acting
def withdraw(practice: str, number: int, why: str, acting_as: str) -> None:
    """Say that reading NUMBER does not count. It stays in the history."""
    from kb.services.monitoring import changing

    base = open_base()
    changing.withdraw_reading(base, name_of(practice), number, why=why, actor=actor_of(base, acting_as))
    click.echo(f"Reading {number} is withdrawn.")

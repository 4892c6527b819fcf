"""``kb practice``: the sheets that tell what people did, checked, begun, shown and listed."""

from __future__ import annotations

import json
from collections.abc import Sized
from typing import TYPE_CHECKING, Any

import click

from kb.cli import exits
from kb.cli.search import flat
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.practices import Listed


@click.group()
def practice() -> None:
    """Practice sheets: check, begin, show and list them.

    They lie in YAML files in the folder practices of the corpus. kb ingest makes them searchable.
    """


@practice.command()
@click.argument("names", nargs=-1)
@click.option("--remarks/--no-remarks", default=True, help="Also say what is worth a look and no fault.")
def check(names: tuple[str, ...], remarks: bool) -> None:
    """Say everything that is wrong in the sheets, or in those called NAMES: each fault with file and line.

    A remark is worth a look; the sheet can be used all the same. Ends with 1 if there is a fault.
    """
    from kb.bootstrap import open_kb
    from kb.services import practices
    from kb.services.permission import LOCAL_MEMBER

    found = practices.check(open_kb(Settings.from_env()), map(_name, names), actor=LOCAL_MEMBER)
    faults = [fault for each in found for fault in each.faults]
    for fault in faults:
        click.echo(flat(str(fault)), err=True)
    for each in found if remarks else ():
        for remark in each.remarks:
            click.echo(f"remark: {each.name}: {flat(remark)}")
    faulty = sum(bool(each.faults) for each in found)
    click.echo(f"{_n(found, 'practice')}, " + (f"{_n(faults, 'fault')} in {faulty} of them" if faults else "no fault"))
    if faults:
        raise SystemExit(exits.FAULT)


@practice.command()
@click.argument("name")
@click.option("--title", required=True, help="What it is called.")
@click.option(
    "--kind",
    type=click.Choice(["good-practice", "tool", "plan", "lesson-from-failure"]),
    default="good-practice",
    show_default=True,
    help="What it tells of.",
)
@click.option("--language", default="en", show_default=True, help="Of its texts: en, fr, es …")
def new(name: str, title: str, kind: str, language: str) -> None:
    """Begin a sheet called NAME: a file with every key and what belongs there, to be filled in with an editor."""
    from kb.bootstrap import open_kb
    from kb.peers.practice import Kind
    from kb.services import practice_editing
    from kb.services.permission import LOCAL_MEMBER

    base = open_kb(Settings.from_env())
    begun = practice_editing.begin(base, name, kind=Kind(kind), language=language, title=title, actor=LOCAL_MEMBER)
    click.echo(f"{begun.path} is there. Fill it in, then: kb practice check {name}")


@practice.command()
@click.argument("name")
@click.option("--language", default="en", show_default=True, help="In which to read it, where a text is in several.")
def show(name: str, language: str) -> None:
    """One practice: what it says field by field, its figures, evidence and sources, and what nobody has said yet."""
    from kb.bootstrap import open_kb
    from kb.cli.practice_shown import lines
    from kb.services import practices
    from kb.services.permission import LOCAL_MEMBER

    found = practices.practice(open_kb(Settings.from_env()), _name(name), actor=LOCAL_MEMBER)
    for line in lines(found, language):
        click.echo(flat(line))
    if found.listed.sheet is None:
        raise SystemExit(exits.FAULT)


@practice.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_practices(as_json: bool) -> None:
    """All practices by name, with kind, country, owner and how much is said."""
    from kb.bootstrap import open_kb
    from kb.services import practices
    from kb.services.permission import LOCAL_MEMBER

    found = practices.practices(open_kb(Settings.from_env()), actor=LOCAL_MEMBER)
    if as_json:
        click.echo(json.dumps({"practices": [_as_json(each) for each in found]}, ensure_ascii=False, indent=1))
        return
    width = max((len(each.name) for each in found), default=0)
    for each in found:
        click.echo(f"{each.name:<{width}}  {flat(_in_a_line(each))}")
    click.echo(_n(found, "practice"))


@practice.command()
def schema() -> None:
    """Print the JSON Schema of a sheet, for editors."""
    from kb.bootstrap import open_kb

    click.echo(open_kb(Settings.from_env()).practices.schema(), nl=False)


def _name(given: str) -> str:
    """A name; a path to the file will do."""
    return given.rsplit("/", 1)[-1].removesuffix(".yaml")


def _in_a_line(each: Listed) -> str:
    sheet, counts = each.sheet, each.completeness
    if sheet is None or counts is None:
        return f"cannot be read: {len(each.faults)} faults; see kb practice check {each.name}"
    countries = sheet.place.countries if isinstance(sheet.place.countries, str) else ",".join(sheet.place.countries)
    said = f"{len(counts.said)} said, {len(counts.unknown)} unknown, {len(counts.unsaid)} not said"
    return f"{sheet.kind.value:<19} {countries:<8} {sheet.title.best('en')[1]} · {sheet.owner.name} · {said}"


def _as_json(each: Listed) -> dict[str, Any]:
    faults = [str(fault) for fault in each.faults]
    if each.sheet is None or each.completeness is None:
        return {"name": each.name, "faults": faults}
    counts = vars(each.completeness)
    sheet = each.sheet.model_dump(mode="json", exclude_unset=True)
    return {"name": each.name, "faults": faults, "completeness": counts, "sheet": sheet}


def _n(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")

"""``kb learn organisation``: the directory, listed, shown, asked, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.acting import acting, actor_of
from kb.cli.learn_directory_told import (
    LANGUAGE,
    n_of,
    name_of,
    opened,
    organisation_as_json,
    organisation_lines,
    tell_checked,
)
from kb.cli.printed import as_json_option, print_json
from kb.cli.search import flat

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kb.services.learning.directory import Entry, Sought


def _sought(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose among organisations."""
    for name, what in (
        ("programme", "That paid for one of its projects."),
        ("kind", "Such as association, network, public-body."),
        ("theme", "Of the concepts, such as food-and-agriculture."),
        ("country", "Of its seat, or where it works: ISO 3166 alpha-2."),
    ):
        command = click.option(f"--{name}", default="", help=what)(command)
    return command


@click.group()
def organisation() -> None:
    """Organisations: what they do, where, in which projects and with whom, and what they look for.

    They lie in YAML files in the folder organisations of the corpus. kb ingest makes them searchable.
    """


@organisation.command("list")
@_sought
@as_json_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a table instead: .csv or .xlsx.")
@acting
def list_organisations(
    country: str, theme: str, kind: str, programme: str, as_json: bool, output: Path | None, acting_as: str
) -> None:
    """Those that are wanted, by what they are called."""
    from kb.services.learning import directory, directory_exporting
    from kb.services.tables import TableFormat

    base, sought = opened(), _asked(country, theme, kind, programme)
    actor = actor_of(base, acting_as)
    if output:
        if (suffix := output.suffix.removeprefix(".")) not in list(TableFormat):
            raise click.BadParameter("wanted is a file that ends with .csv or .xlsx", param_hint="--output")
        output.write_bytes(directory_exporting.export(base, TableFormat(suffix), actor=actor, sought=sought).content)
        click.echo(f"Written to {output}.")
        return
    found = directory.organisations(base, actor=actor, sought=sought)
    if as_json:
        print_json({"organisations": [_as_json(each) for each in found]})
        return
    for each in found:
        click.echo(f"{each.name:<28}  {flat(_in_a_line(each))}")
    click.echo(n_of(found, "organisation"))


@organisation.command()
@click.argument("name")
@LANGUAGE
@as_json_option
@acting
def show(name: str, language: str, as_json: bool, acting_as: str) -> None:
    """One organisation with its projects, and the practices, partnerships and members that belong to it."""
    from kb.services.learning import directory

    base = opened()
    found = directory.organisation(base, name_of(name), actor=actor_of(base, acting_as))
    if as_json:
        told = {"practices": [each.name for each in found.practices], "members": [each.name for each in found.members]}
        partnerships = [{"partnership": each.partnership.partnership, "role": each.role} for each in found.partnerships]
        print_json({"organisation": organisation_as_json(found.organisation), **told, "partnerships": partnerships})
        return
    for line in organisation_lines(found, language):
        click.echo(flat(line))


@organisation.command()
@click.argument("question", nargs=-1, required=True)
@_sought
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 100), help="How many organisations.")
@as_json_option
@acting
def find(
    question: tuple[str, ...], country: str, theme: str, kind: str, programme: str, k: int, as_json: bool, acting_as: str
) -> None:
    """Organisations that answer a QUESTION in any language, best first, each with the passage that speaks."""
    from kb.services.learning import directory

    base, sought = opened(), _asked(country, theme, kind, programme)
    found = directory.find(base, " ".join(question), actor=actor_of(base, acting_as), sought=sought, k=k)
    if as_json:
        told = [{"organisation": each.organisation.organisation, "title": each.organisation.title,
                 "passage": each.hit.passage.text} for each in found]  # fmt: skip
        print_json({"question": " ".join(question), "found": told})
        return
    for n, each in enumerate(found, start=1):
        click.echo(f"{n}. {flat(each.organisation.title)} [{each.organisation.organisation}]")
        click.echo(f"   {flat(' › '.join(each.hit.passage.heading_path[-1:]))}")
        click.echo(f"   {flat(each.hit.passage.text)[:300]}")
    click.echo(n_of(found, "organisation"))


@organisation.command()
@click.argument("names", nargs=-1)
@click.option("--remarks/--no-remarks", default=True, help="Also say what is worth a look and no fault.")
@acting
def check(names: tuple[str, ...], remarks: bool, acting_as: str) -> None:
    """Say everything that is wrong in all files, or in those of NAMES: each fault with file and line.

    Ends with 1 if there is a fault.
    """
    from kb.services.learning.directory_checking import check_organisations

    base = opened()
    found = check_organisations(base, list(map(name_of, names)), actor=actor_of(base, acting_as))
    tell_checked(found, "organisation", remarks=remarks)


def _asked(country: str, theme: str, kind: str, programme: str) -> Sought:
    from kb.services.learning.directory import Sought

    return Sought(country.upper(), theme.removeprefix("theme:"), kind, programme)


def _in_a_line(each: Entry) -> str:
    own = each.organisation
    if own is None:
        return f"cannot be read: {n_of(each.faults, 'fault')}; see kb learn organisation check {each.name}"
    projects = [] if isinstance(own.projects, str) else [n_of(own.projects, "project")]
    return " · ".join([own.title, own.kind.value, own.country, *projects])


def _as_json(each: Entry) -> dict[str, Any]:
    own = organisation_as_json(each.organisation) if each.organisation else None
    return {"name": each.name, "faults": [str(fault) for fault in each.faults], "organisation": own}

"""What commands share that print a list or write a table: their options, JSON, how many there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.cli.search import flat

T = TypeVar("T")

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
form_option = click.option(
    "--to", "form", type=click.Choice(("csv", "xlsx")), default="csv", show_default=True, help="What to write."
)
output_option = click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; csv is printed without."
)


def check_output(form: str | None, output: Path | None, *, printed: Sequence[str] = ("csv",)) -> None:
    """Refuse what is noise in a terminal.

    Args:
        printed: forms that may be printed.

    Raises:
        UsageError: for a spreadsheet or a file on paper without a name.
    """
    if output is None and form is not None and form not in printed:
        are = f"{' and '.join(printed)} {'is' if len(printed) == 1 else 'are'}"
        raise click.UsageError(f"A file of this kind needs --output FILE; without it {are} printed.")


def print_json(told: Any) -> None:
    """Readably, in one object or list."""
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def show_list(
    found: Sequence[T], key: str, name: str, *, as_json: bool, told: Callable[[T], dict[str, Any]], line: Callable[[T], str]
) -> None:
    """Print things, one a line, and how many they are; or one JSON object that has them under ``key``."""
    if as_json:
        print_json({key: [told(each) for each in found]})
        return
    for each in found:
        click.echo(flat(line(each)))
    click.echo(n(len(found), name))


def n(count: int, name: str) -> str:
    """ "2 assessors", "2 matches"."""
    ending = "es" if name.endswith("ch") else "s"
    return f"{count} {name}" + ("" if count == 1 else ending)

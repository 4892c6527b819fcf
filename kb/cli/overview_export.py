"""``--export`` and ``--output`` of commands that show an overview: the same as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kb.cli.cite import hand_out
from kb.cli.printed import check_output

if TYPE_CHECKING:
    from kb.services.citing import Exported

FORMS = ("pdf", "docx", "csv", "xlsx", "json")
PRINTED = ("csv", "json")  # the others are noise in a terminal
Command = TypeVar("Command", bound=Callable[..., Any])


def exportable(command: Command) -> Command:
    """With the two options; they come as ``form`` and ``output``."""
    form = click.option("--export", "form", type=click.Choice(FORMS), help="Write a file of this form instead of showing it.")
    kind = click.Path(dir_okay=False, path_type=Path)
    output = click.option("--output", type=kind, help="File for --export; csv and json are printed without.")
    return form(output(command))


def exported(form: str | None, output: Path | None, export: Callable[..., Exported], *of: object, **asked: object) -> bool:
    """Hand the file out, if one was asked for.

    Args:
        export: one of :mod:`kb.services.taking_overviews`; ``of`` and ``asked`` are what it is called with.
    """
    if form is None:
        if output is not None:
            raise click.UsageError("--output is for --export FORM.")
        return False
    from kb.services.handouts.forms import ReportForm

    check_output(form, output, printed=PRINTED)
    hand_out(export(*of, form=ReportForm(form), **asked), output)
    return True

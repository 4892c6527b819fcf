"""``kb batch``: a CSV file of questions answered as a table of cited passages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.cite import hand_out
from kb.cli.filtering import filtered
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.retrieval.answer import Filters


@click.command()
@click.argument("questions", metavar="QUESTIONS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write: .csv or .xlsx; else CSV is printed."
)
@click.option("--k", default=5, show_default=True, type=click.IntRange(1, 200), help="How many passages a question.")
@filtered
def batch(
    questions: Path,
    output: Path | None,
    k: int,
    filters: Filters,
) -> None:
    """Ask every question of a CSV file and write the passages that answer, one a row, each cited.

    The questions stand in the column "question", or in the first one if no column has that name; columns "id" and "language" (of
    the question) are used if they are there. Any delimiter and encoding; at most 1,000 questions and 5 MB.

    Exit code 0: every question was asked; 1: at least one could not be, and its row says why.
    """
    from tqdm import tqdm

    from kb.bootstrap import open_kb
    from kb.cli import exits
    from kb.services import batch_search
    from kb.services.permission import LOCAL_MEMBER
    from kb.services.tables import TableFormat

    form = (output.suffix if output else ".csv").lower().removeprefix(".")
    if form not in [*TableFormat]:
        raise click.UsageError(f"The output must end in .csv or .xlsx; got {output}.")
    base = open_kb(Settings.from_env())
    with tqdm(unit="question", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:

        def show(progress: batch_search.BatchProgress) -> None:
            bar.total, bar.n = progress.total, progress.done
            bar.refresh()

        report = batch_search.batch(
            base, questions.read_bytes(), TableFormat(form), actor=LOCAL_MEMBER, filters=filters, k=k, on_progress=show
        )
    hand_out(report.file, output)
    if report.is_guessed:
        click.echo("No column is named “question”, so the first column was asked, from its first row on.", err=True)
    for each in report.unasked:
        click.echo(f"row {each.asked.row}: {each.reason}", err=True)
    click.echo(f"{report.n_questions} questions, {report.n_answered} with passages, {report.n_passages} passages", err=True)
    if report.unasked:
        raise SystemExit(exits.FAULT)

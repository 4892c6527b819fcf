"""``kb assess accept|decline|form|passages|review|reconfirm``: what reviewers do, without the app if they like."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import exits
from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, done, language, open_base, why, why_required
from kb.cli.search import flat


@click.command()
@click.argument("assessment", metavar="ID")
@acting
def accept(assessment: str, acting_as: str) -> None:
    """Take the seat that was offered to you."""
    from kb.services.assessing import seats

    base = open_base()
    actor = actor_of(base, acting_as)
    seats.accept(base, assessment, actor=actor)
    done(base, assessment, f"You review {assessment}. Print the form: kb assess form {assessment}", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@why
@acting
def decline(assessment: str, why: str, acting_as: str) -> None:
    """Give back the seat that was offered to you. It is offered once."""
    from kb.services.assessing import seats

    base = open_base()
    actor = actor_of(base, acting_as)
    seats.decline(base, assessment, why=why, actor=actor)
    done(base, assessment, f"You do not review {assessment}.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@click.option("--passages", "n_passages", type=click.IntRange(0, 6), default=3, show_default=True, help="Beside each question.")
@language
@acting
def form(assessment: str, n_passages: int, language: str, acting_as: str) -> None:
    """Print your review as a YAML form: every question with its scale and anchors, and what you have written already.

    Fill it in with any editor; kb assess review takes it in. Passages that speak to a question stand beside it, with their ids.
    """
    from kb.services.assessing import offline

    base = open_base()
    told = offline.form(base, assessment, actor=actor_of(base, acting_as), language=language, n_passages=n_passages)
    click.echo(told, nl=False)


@click.command()
@click.argument("assessment", metavar="ID")
@click.argument("item")
@click.option("--question", default="", help="What to ask instead of the item's own question.")
@acting
def passages(assessment: str, item: str, question: str, acting_as: str) -> None:
    """Passages of the practice's sheet and documents that speak to ITEM, a gate or criterion, with their ids for the form."""
    from kb.services.assessing import evidence

    base = open_base()
    found = evidence.for_item(base, assessment, item, question=question, actor=actor_of(base, acting_as))
    for each in found.passages:
        page = f", page {each.passage.page_label or each.passage.page}" if each.passage.page else ""
        click.echo(flat(f"{each.passage.id}  {each.document.path}{page}"))
        click.echo(f"   {flat(each.passage.text)}\n")
    click.echo(f"{found.n_passages} passages of {found.n_documents} documents searched")


@click.command()
@click.argument("assessment", metavar="ID")
@click.option(
    "--file", "path", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The form, filled in."
)
@click.option("--submit", "is_submitted", is_flag=True, help="And hand it in: it is never changed any more.")
@acting
def review(assessment: str, path: Path, is_submitted: bool, acting_as: str) -> None:
    """Take in your review from a filled-in form, as a draft that nobody else sees.

    Every fault is told at once with its line; then nothing is kept, and the command ends with 1. What is only missing yet is told
    too: it keeps a review from being submitted, and not from being kept.
    """
    from kb.services.assessing import offline, reviewing
    from kb.services.review_files import MAX_BYTES

    base = open_base()
    actor = actor_of(base, acting_as)
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    taken = offline.take_in(base, assessment, content, shown=str(path), actor=actor)
    for fault in (*taken.faults, *taken.lacking):
        click.echo(flat(str(fault)), err=True)
    if taken.desk is None:
        click.echo(f"Nothing is kept: {_n(len(taken.faults), 'fault')}.", err=True)
        raise SystemExit(exits.FAULT)
    marks = f" · {DEMONSTRATION}" if taken.desk.assessment.is_demo else ""
    for criterion in taken.desk.unsupported:
        click.echo(flat(f"note: {criterion} is scored without a passage"), err=True)
    if not is_submitted or taken.lacking:
        missing = f"; before it can be submitted, {_n(len(taken.lacking), 'thing')} to do" if taken.lacking else ""
        click.echo(f"Your review of {assessment} is kept as a draft{missing}.{marks}")
        if is_submitted:
            raise SystemExit(exits.FAULT)
        return
    reviewing.submit(base, assessment, version=taken.desk.version, actor=actor)
    done(base, assessment, f"Your review of {assessment} is submitted.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@click.argument("criterion")
@click.option("--stands/--withdraw", "stands", default=None, help="Whether your score stands, or is taken back.")
@why_required
@acting
def reconfirm(assessment: str, criterion: str, stands: bool | None, why: str, acting_as: str) -> None:
    """Say of an own score whose evidence changed that it stands, or take it back; see kb assess stale."""
    from kb.services.assessing import staleness

    if stands is None:
        raise click.UsageError("Give --stands or --withdraw.")
    base = open_base()
    actor = actor_of(base, acting_as)
    staleness.reconfirm(base, assessment, criterion, stands=stands, reason=why, actor=actor)
    done(base, assessment, f"Your score of {criterion} {'stands' if stands else 'is withdrawn'}.", actor=actor)


def _n(count: int, name: str) -> str:
    return f"{count} {name}" + ("" if count == 1 else "s")

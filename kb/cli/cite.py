"""``kb cite``: chosen passages as text, for a reference manager, as a table or as a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.services.citation_formats import Format
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.services.citing import Exported


@click.command()
@click.argument("passages", metavar="PASSAGE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice([*map(str, Format)]), default="text", show_default=True, help="Of the file.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
@click.option("--question", default="", help="What the passages answer; stands above them in text and Word files.")
@click.option("--title", default="", help="Title of the Word file.")
def cite(passages: tuple[str, ...], form: str, output: Path | None, question: str, title: str) -> None:
    """Cite passages by their ids, in the order given: at most 200. `kb search --json` tells the id of each passage."""
    from kb.bootstrap import open_kb
    from kb.retrieval.passage import PassageId
    from kb.services import citing
    from kb.services.permission import LOCAL_MEMBER

    refuse_binary(form, output)
    chosen = [PassageId(passage) for passage in passages]
    base = open_kb(Settings.from_env())
    hand_out(citing.export(base, chosen, Format(form), actor=LOCAL_MEMBER, question=question, title=title), output)


def refuse_binary(form: str, output: Path | None) -> None:
    """A Word file is for a disk: in a terminal it is noise."""
    if form == Format.DOCX and output is None:
        raise click.UsageError("A Word file needs --output FILE.")


def hand_out(exported: Exported, output: Path | None) -> None:
    """Write a file, or print it."""
    if output is None:
        click.echo(exported.content, nl=False)
        return
    try:
        output.write_bytes(exported.content)
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from error
    click.echo(f"{output}: {len(exported.content):,} bytes", err=True)

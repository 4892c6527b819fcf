"""``kb learn session notes|debrief``: what was said in a session, and what came of it."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base
from kb.cli.search import flat

LEVELS = ("individual", "organisation", "policy")


@click.command()
@click.argument("session")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", default="", metavar="TEXT", help="Of the notes; else that of the session.")
@click.option("--language", default="", metavar="CODE", help="Of the notes; else the first of the session.")
@click.option(
    "--visibility",
    type=click.Choice(("public", "members", "restricted")),
    default="members",
    show_default=True,
    help="Who may find them.",
)
@click.option(
    "--despite-names",
    "despite",
    default="",
    metavar="TEXT",
    help="Why the notes may name who was there, under the Chatham House Rule; facilitators only.",
)
@acting
def notes(session: str, file: Path, title: str, language: str, visibility: str, despite: str, acting_as: str) -> None:
    """Take in a FILE with notes of SESSION: search finds them, under its embargo and the Chatham House Rule.

    Under that rule notes that name who was there, or their organisations, are not taken in: each name is told with its lines.
    """
    from kb.services.learning import notes as taking

    base = open_base()
    actor = actor_of(base, acting_as)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    text = taking.text_of(base, file.name, content, actor=actor)
    taken = taking.take_in(base, session, text, title=title, language=language, visibility=visibility, despite=despite, actor=actor)
    kept = (
        f"The notes are {taken.document}; they are being read in." if taken.job else "The notes are kept with this made-up session."
    )
    click.echo(flat(kept))


@click.command()
@click.argument("session")
@click.option("--decided", multiple=True, metavar="TEXT", help="A decision; may be given several times.")
@click.option("--learned", multiple=True, metavar="TEXT", help="A lesson; may be given several times.")
@click.option("--level", type=click.Choice(LEVELS), default="individual", show_default=True, help="Who learned it.")
@click.option("--from-whom", default="", metavar="NAME", help="Organisation that it was learned from.")
@click.option("--open", "open_points", multiple=True, metavar="TEXT", help="A point that is open; may be given several times.")
@click.option("--note/--no-note", "is_noted", default=True, help="Note the lessons among the lessons.")
@click.option(
    "--despite-names",
    "despite",
    default="",
    metavar="TEXT",
    help="Why the debrief may name who was there, under the Chatham House Rule; facilitators only.",
)
@click.option("--draft", is_flag=True, help="Keep it as your draft, and share nothing yet.")
@acting
def debrief(
    session: str, decided: tuple[str, ...], learned: tuple[str, ...], level: str, from_whom: str, open_points: tuple[str, ...],
    is_noted: bool, despite: str, draft: bool, acting_as: str,
) -> None:  # fmt: skip
    """Share the debrief of SESSION: what your draft says already, and what is given here.

    Under the Chatham House Rule a debrief that names who was there, or their organisations, is not shared: each name is told.
    """
    from kb.services.learning import debriefs

    base = open_base()
    actor = actor_of(base, acting_as)
    desk = debriefs.desk(base, session, actor=actor)
    so_far = desk.draft.model_dump(mode="json")
    more = [{"text": each, "level": level, "from_whom": from_whom, "is_noted": is_noted} for each in learned]
    said = {
        "decisions": [*so_far["decisions"], *decided],
        "lessons": [*so_far["lessons"], *more],
        "open_points": [*so_far["open_points"], *open_points],
    }
    kept = debriefs.keep(base, session, said, version=desk.version, actor=actor)
    if draft:
        click.echo(f"Your draft of the debrief of {session} is kept.")
        return
    told = debriefs.share(base, session, version=kept.version, despite=despite, actor=actor)
    noted = [each.lesson for each in told.debrief.lessons if each.lesson] if told.debrief else []
    click.echo(f"The debrief of {told.id} is shared." + (f" Noted: {', '.join(noted)}." if noted else ""))

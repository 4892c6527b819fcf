"""``kb learn lesson``: what somebody learned, from what, and who confirms it."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli import learn_outcome_told as told
from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option, check_output, output_option, print_json, show_list
from kb.cli.search import flat

ID = click.argument("lesson_id", metavar="ID")


@click.group()
def lesson() -> None:
    """Lessons: note one, confirm somebody else's, find them by practice."""


@lesson.command("list")
@told.of_practice
@told.of_organisation
@click.option("--level", default="", type=click.Choice(("", *told.LEVELS)), help="Only of this level.")
@click.option("--state", default="", type=click.Choice(("", "noted", "confirmed", "withdrawn")), help="Only in this state.")
@as_json_option
@told.as_table
@output_option
@acting
def list_lessons(
    practice: str, organisation: str, level: str, state: str, as_json: bool, form: str | None, output: Path | None, acting_as: str
) -> None:
    """Lessons, the last noted first; withdrawn ones only if asked for."""
    from kb.services.learning import lessons
    from kb.services.learning.lesson_exporting import export_lessons
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    if form:
        said = {"practice": practice, "organisation": organisation, "level": level, "state": state}
        hand_out(export_lessons(base, TableFormat(form), actor=actor, **said), output)
        return
    found = lessons.lessons(base, practice=practice, organisation=organisation, level=level, state=state, actor=actor)
    show_list(found, "lessons", "lesson", as_json=as_json, told=told.as_json, line=told.in_a_line)


@lesson.command()
@ID
@as_json_option
@acting
def show(lesson_id: str, as_json: bool, acting_as: str) -> None:
    """One lesson with everything that happened to it."""
    from kb.services.learning import lessons

    base = open_base()
    found = lessons.lesson(base, lesson_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(told.as_json(found))
        return
    told.told(found)
    for line in told.comes_from(found.noted.because):
        click.echo(flat(line))
    told.history(found)


@lesson.command()
@click.argument("text")
@told.level
@told.practices
@told.exchanges
@click.option("--from-whom", default="", metavar="ORGANISATION", help="That it was learned from.")
@told.language
@told.despite
@acting
def note(
    text: str, level: str, practices: tuple[str, ...], exchanges: tuple[str, ...], from_whom: str, language: str, despite: str,
    acting_as: str,
) -> None:  # fmt: skip
    """Say what was learned. Its id is printed first."""
    from kb.services.learning import lessons

    base = open_base()
    actor = actor_of(base, acting_as)
    made = lessons.note(
        base, text, level=level, practices=practices, exchanges=exchanges, from_whom=from_whom, language=language, despite=despite,
        actor=actor,
    )  # fmt: skip
    told.told(made)


@lesson.command()
@ID
@click.option("--how", default="", help="How it shows with you.")
@acting
def confirm(lesson_id: str, how: str, acting_as: str) -> None:
    """Say that somebody else's lesson holds."""
    from kb.services.learning import lessons

    base = open_base()
    told.told(lessons.confirm(base, lesson_id, how=how, actor=actor_of(base, acting_as)))


@lesson.command()
@ID
@why_required
@acting
def withdraw(lesson_id: str, why: str, acting_as: str) -> None:
    """Take a lesson back. It stays in the history."""
    from kb.services.learning import lessons

    base = open_base()
    told.told(lessons.withdraw(base, lesson_id, why=why, actor=actor_of(base, acting_as)))

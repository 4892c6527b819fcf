"""``kb learn session plan|revise|join|leave|held|cancel``: until a session is over."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.search import flat

FORMATS = ("seminar", "peer-review", "matchmaking", "study-visit")
_FIELDS = (
    click.option("--zone", metavar="NAME", help="Time zone of the place, such as Europe/Lisbon; UTC without."),
    click.option("--where", metavar="TEXT", help="The place."),
    click.option("--online", "address_online", metavar="ADDRESS", help="Where one takes part from afar."),
    click.option("--capacity", type=int, help="How many may take part; of a peer review how many peers."),
    click.option("--language", "languages", multiple=True, metavar="CODE", help="Spoken there; may be given several times."),
    click.option("--practice", "practices", multiple=True, metavar="NAME", help="It is about; may be given several times."),
    click.option("--round", "round", metavar="ID", help="Question round whose answers are discussed."),
    click.option("--partnership", metavar="NAME", help="In which it is held."),
    click.option("--agenda", multiple=True, metavar="'TIME | WHAT | WHO'", help="An item; may be given several times."),
    click.option("--chatham-house/--no-chatham-house", "chatham_house", default=None, help="Under the Chatham House Rule."),
    click.option("--embargo-until", metavar="DATE", help="Before that day what was said is kept back."),
)


def _asking(command: Callable[..., Any]) -> Callable[..., Any]:
    return reduce(lambda made, option: option(made), reversed(_FIELDS), command)


@click.command()
@click.argument("format", type=click.Choice(FORMATS))
@click.argument("title")
@click.option("--begins", required=True, metavar="TIME", help="2026-12-01T10:00, by the clocks there.")
@click.option("--ends", required=True, metavar="TIME", help="2026-12-01T12:00.")
@click.option("--host", required=True, metavar="NAME", help="Organisation that it is held at.")
@click.option("--country", required=True, metavar="CODE", help="Of the host, as ISO 3166 alpha-2.")
@_asking
@acting
def plan(acting_as: str, host: str, country: str, **said: object) -> None:
    """Plan a session. Facilitators may, and members of its host. Its id is printed."""
    from kb.services.learning import sessions

    base = open_base()
    fields = {**_given(said), "host": {"organisation": host, "country": country}}
    planned = sessions.plan(base, fields, actor=actor_of(base, acting_as))
    click.echo(flat(f"{planned.id} is planned: {planned.title}, {planned.planned.begins}"))


@click.command()
@click.argument("session")
@click.option("--title", metavar="TEXT", help="Of the session.")
@click.option("--begins", metavar="TIME", help="2026-12-01T10:00, by the clocks there.")
@click.option("--ends", metavar="TIME", help="2026-12-01T12:00.")
@_asking
@acting
def revise(session: str, acting_as: str, **said: object) -> None:
    """Plan SESSION otherwise: what is named changes, the rest stays."""
    from kb.services.learning import sessions

    base = open_base()
    told = sessions.revise(base, session, _given(said), actor=actor_of(base, acting_as))
    click.echo(flat(f"{told.id} is planned: {told.title}, {told.planned.begins}"))


@click.command()
@click.argument("session")
@acting
def join(session: str, acting_as: str) -> None:
    """Take part in SESSION."""
    from kb.services.learning import sessions

    base = open_base()
    told = sessions.join(base, session, actor=actor_of(base, acting_as))
    click.echo(f"You take part in {told.id}; {told.n_taken} of {told.planned.capacity} places are taken.")


@click.command()
@click.argument("session")
@click.option("--why", default="", metavar="TEXT", help="Others read it in the history.")
@acting
def leave(session: str, why: str, acting_as: str) -> None:
    """Take part in SESSION no longer."""
    from kb.services.learning import sessions

    base = open_base()
    told = sessions.leave(base, session, why=why, actor=actor_of(base, acting_as))
    click.echo(f"You take part in {told.id} no longer.")


@click.command()
@click.argument("session")
@click.option("--on", default="", metavar="DATE", help="Day on which it ended; else its last day as planned.")
@click.option("--people", default=0, metavar="NUMBER", help="Who were there; else as many as joined.")
@acting
def held(session: str, on: str, people: int, acting_as: str) -> None:
    """Say that SESSION was held. The debrief is due within seven days."""
    from kb.services.learning import sessions

    base = open_base()
    told = sessions.held(base, session, on=on, n_participants=people, actor=actor_of(base, acting_as))
    click.echo(f"{told.id} was held; the debrief is due by {told.debrief_due}.")


@click.command()
@click.argument("session")
@why_required
@acting
def cancel(session: str, why: str, acting_as: str) -> None:
    """Say that SESSION will not take place."""
    from kb.services.learning import sessions

    base = open_base()
    told = sessions.cancel(base, session, why=why, actor=actor_of(base, acting_as))
    click.echo(f"{told.id} is cancelled.")


def _given(said: dict[str, object]) -> dict[str, object]:
    """What was given on the command line; nothing for what was not."""
    given = {name: value for name, value in said.items() if value is not None and value != ()}
    agenda = given.get("agenda", ())
    if isinstance(agenda, tuple) and agenda:
        parts = ([part.strip() for part in str(item).split("|", 2)] for item in agenda)
        given["agenda"] = [dict(zip(("at", "title", "who"), (*each, "", "")[:3], strict=True)) for each in parts]
    return given

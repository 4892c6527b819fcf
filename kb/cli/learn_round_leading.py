"""``kb learn round draft|revise|send|reschedule|close|conclude|cancel``: what facilitators do."""

from __future__ import annotations

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.learn_round_looking import in_a_line
from kb.cli.printed import n
from kb.cli.search import flat

AXIS = click.option("--axis", default=None, metavar="TEXT", help="Line along which the questions ask.")
INTRO = click.option("--intro", default=None, metavar="TEXT", help="What partners should know before they answer.")
PARTNERSHIP = click.option("--partnership", default=None, metavar="NAME", help="Whose round it is.")
SESSION = click.option("--session", default=None, metavar="ID", help="Session that will talk about the answers.")
ASKED = click.option("--asked", multiple=True, metavar="NAME", help="Organisation that is asked; more than one may be. None: all.")
LANGUAGE = click.option("--language", default=None, metavar="CODE", help="Of the questions; en unless you say another.")
QUESTION = click.option("--question", multiple=True, metavar="TEXT", help="A guiding question; one option for each, in order.")


@click.command()
@click.argument("title")
@QUESTION
@click.option("--due", required=True, metavar="DATE", help="Until when cases are waited for.")
@AXIS
@INTRO
@PARTNERSHIP
@SESSION
@ASKED
@LANGUAGE
@acting
def draft(title: str, question: tuple[str, ...], due: str, asked: tuple[str, ...], acting_as: str, **said: str | None) -> None:
    """Write the questions of a round called TITLE. Only facilitators see it before it is sent."""
    from kb.services.learning import rounds

    base = open_base()
    given = {name: value for name, value in said.items() if value is not None}
    made = rounds.draft(base, title, questions=question, due=due, asked=asked, actor=actor_of(base, acting_as), **given)
    click.echo(flat(in_a_line(made)))


@click.command()
@click.argument("round_id", metavar="ID")
@click.option("--title", default=None, metavar="TEXT", help="Of the round.")
@QUESTION
@click.option("--due", default=None, metavar="DATE", help="Until when cases are waited for.")
@AXIS
@INTRO
@PARTNERSHIP
@SESSION
@ASKED
@LANGUAGE
@acting
def revise(round_id: str, question: tuple[str, ...], asked: tuple[str, ...], acting_as: str, **said: str | None) -> None:
    """Write a round anew before it is sent; what you do not name stays. Questions are replaced all together."""
    from kb.services.learning import rounds

    base = open_base()
    actor = actor_of(base, acting_as)
    changes: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    changes |= {name: given for name, given in (("questions", question), ("asked", asked)) if given}
    seen = rounds.round_(base, round_id, actor=actor)
    click.echo(flat(in_a_line(rounds.revise(base, round_id, changes, base=len(seen.happened), actor=actor))))


@click.command()
@click.argument("round_id", metavar="ID")
@acting
def send(round_id: str, acting_as: str) -> None:
    """Ask the partners. The questions stay as they are from now on."""
    from kb.services.learning import rounds

    base = open_base()
    click.echo(flat(in_a_line(rounds.send(base, round_id, actor=actor_of(base, acting_as)))))


@click.command()
@click.argument("round_id", metavar="ID")
@click.option("--due", default="", metavar="DATE", help="Until when cases are waited for.")
@click.option("--session", default="", metavar="ID", help="Session that will talk about the answers.")
@acting
def reschedule(round_id: str, due: str, session: str, acting_as: str) -> None:
    """Name another day, or the session, of a round that was sent."""
    from kb.services.learning import rounds

    base = open_base()
    made = rounds.reschedule(base, round_id, due=due, session=session, actor=actor_of(base, acting_as))
    click.echo(flat(in_a_line(made)))


@click.command()
@click.argument("round_id", metavar="ID")
@acting
def close(round_id: str, acting_as: str) -> None:
    """Wait for no more cases. Questions on cases and interest go on, and the brief can be compiled."""
    from kb.services.learning import rounds

    base = open_base()
    made = rounds.close(base, round_id, actor=actor_of(base, acting_as))
    silent = f"; asked, and no case came: {', '.join(made.silent)}" if made.silent else ""
    click.echo(flat(in_a_line(made) + silent))


@click.command()
@click.argument("round_id", metavar="ID")
@click.option("--conclusion", multiple=True, metavar="KEY=TEXT", help="To one question; one option for each.")
@click.option("--overall", default="", metavar="TEXT", help="To all questions together.")
@acting
def conclude(round_id: str, conclusion: tuple[str, ...], overall: str, acting_as: str) -> None:
    """Write down what the partners conclude."""
    from kb.services.learning import rounds

    base = open_base()
    made = rounds.conclude(base, round_id, pairs(conclusion), overall=overall, actor=actor_of(base, acting_as))
    told = n(len(made.concluded.conclusions), "conclusion") if made.concluded else ""
    click.echo(flat(f"{in_a_line(made)} · {told}"))


@click.command()
@click.argument("round_id", metavar="ID")
@why_required
@acting
def cancel(round_id: str, why: str, acting_as: str) -> None:
    """Say that a round does not take place. What was said in it stays in its history."""
    from kb.services.learning import rounds

    base = open_base()
    click.echo(flat(in_a_line(rounds.cancel(base, round_id, why=why, actor=actor_of(base, acting_as)))))


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """``KEY=TEXT`` several times, as a mapping."""
    found = dict(each.partition("=")[::2] for each in given)
    if any("=" not in each for each in given) or len(found) < len(given):
        raise click.UsageError("Give KEY=TEXT, each key once; kb learn round show tells the keys.")
    return {key.strip(): text for key, text in found.items()}

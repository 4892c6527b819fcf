"""``kb transfer open|candidates|invite|excuse|cancel|conclude|evaluate``: what whoever leads a test does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeVar

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why, why_required
from kb.cli.search import flat
from kb.cli.transfer_told import came_to, done

OUTCOMES = ("worked", "partly", "did-not-work")
Command = TypeVar("Command", bound=Callable[..., Any])


def evidence_options(command: Command) -> Command:
    """What bears an evaluation out: ``passages``, ``sources``."""
    for option in (
        click.option(
            "--source", "sources", type=(str, str), multiple=True, metavar="TITLE DATE",
            help="Outside the knowledge base, with its year, month or day; may be given several times.",
        ),
        click.option("--passage", "passages", multiple=True, metavar="ID", help="That tells of it; may be given several times."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("open")
@click.argument("practice")
@click.option("--to", "target", required=True, metavar="PLACE", help="Where it would be taken over, such as PT or CA-QC.")
@click.option("--from", "source", default="", metavar="PLACE", help="Where it comes from; by default the one country of its sheet.")
@click.option("--framework", default="plp-transferability", show_default=True, help="What is asked; see kb transfer framework.")
@click.option("--key", multiple=True, metavar="CRITERION", help="On which it rests; by default those of its condition tags.")
@click.option("--due", default="", metavar="DATE", help="When judgements should be there, such as 2026-12-31.")
@why
@acting
def open_one(
    practice: str, target: str, source: str, framework: str, key: tuple[str, ...], due: str, why: str, acting_as: str
) -> None:
    """Open a test of PRACTICE for a place. Both places need a context profile. Its id is printed first.

    Who opens it leads it, as facilitators do; a reviewer who opens it takes part.
    """
    from kb.services.transferring import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opened = opening.open_test(
        base,
        PurePath(practice).name.removesuffix(".yaml"),
        target,
        actor=actor,
        source=source,
        framework=framework,
        key=key or None,
        due=due,
        why=why,
    )
    done(base, opened, f"{opened} is opened. Invite assessors: kb transfer invite {opened} MEMBER…", actor=actor)


@click.command()
@click.argument("test", metavar="ID")
@acting
def candidates(test: str, acting_as: str) -> None:
    """Who may be invited, what one should know about them, and why the others may not."""
    from kb.services.transferring import seats

    base = open_base()
    for each in seats.invitable(base, test, actor=actor_of(base, acting_as)):
        of = f"{each.member.name} ({each.member.organisation or 'no organisation'})"
        told = f"no: {each.refusal}" if each.refusal else "; ".join(("may be invited", *each.warnings))
        click.echo(flat(f"{of}: {told}" + (" · Demonstration data" if each.member.is_demo else "")))


@click.command()
@click.argument("test", metavar="ID")
@click.argument("members", metavar="MEMBER...", nargs=-1, required=True)
@acting
def invite(test: str, members: tuple[str, ...], acting_as: str) -> None:
    """Ask members for a judgement, one after the other; what one should know about them is told."""
    from kb.services.transferring import seats

    base = open_base()
    actor = actor_of(base, acting_as)
    for member in members:
        asked = seats.invite(base, test, member, actor=actor)
        warned = f" Note: {'; '.join(asked.warnings)}." if asked.warnings else ""
        click.echo(flat(f"{asked.member.name} is invited.{warned}"))
    done(base, test, f"They judge by: kb transfer judge {test} CRITERION --as NAME", actor=actor)


@click.command()
@click.argument("test", metavar="ID")
@click.argument("member")
@why
@acting
def excuse(test: str, member: str, why: str, acting_as: str) -> None:
    """Wait no longer for the judgement of MEMBER; whoever takes part may do so for themselves."""
    from kb.services.transferring import seats

    base = open_base()
    actor = actor_of(base, acting_as)
    seats.excuse(base, test, member, why=why, actor=actor)
    done(base, test, f"{member} is excused.", actor=actor)


@click.command()
@click.argument("test", metavar="ID")
@why_required
@acting
def cancel(test: str, why: str, acting_as: str) -> None:
    """End a test without a result. What happened stays, and nobody sees more of it than before."""
    from kb.services.transferring import seats

    base = open_base()
    actor = actor_of(base, acting_as)
    seats.cancel(base, test, why=why, actor=actor)
    done(base, test, f"{test} is cancelled.", actor=actor)


@click.command()
@click.argument("test", metavar="ID")
@acting
def conclude(test: str, acting_as: str) -> None:
    """End a test with what all judgements come to; from now on everybody sees them."""
    from kb.services.transferring import concluding

    base = open_base()
    actor = actor_of(base, acting_as)
    found = concluding.conclude(base, test, actor=actor)
    done(base, test, f"{test} is concluded: {came_to(found)}", actor=actor)


@click.command()
@click.argument("test", metavar="ID")
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES), help="How it went in the target place.")
@click.option("--on", required=True, metavar="DATE", help="When that was evaluated, such as 2026-12-31.")
@click.option("--what", required=True, help="What was seen, and by whom.")
@evidence_options
@click.option("--case", default="", metavar="ID", help="Transfer case that tells of it, or another practice with a sheet.")
@acting
def evaluate(
    test: str, outcome: str, on: str, what: str, passages: tuple[str, ...], sources: tuple[tuple[str, str], ...], case: str,
    acting_as: str,
) -> None:  # fmt: skip
    """Tell how it went where the practice was really taken over; then the result is no longer only anticipated.

    Name at least one passage or source that bears it out. A transfer with a plan has a case of its own: kb learn case.
    """
    from kb.retrieval.passage import PassageId
    from kb.services.transferring import evaluating

    base = open_base()
    actor = actor_of(base, acting_as)
    pinned = tuple(map(PassageId, passages))
    evaluating.evaluate(base, test, outcome=outcome, on=on, what=what, passages=pinned, sources=sources, case=case, actor=actor)
    done(base, test, f"How the transfer of {test} went is written down.", actor=actor)

"""``kb learn case consider|move|plan|reach|evaluate|adopt|stop``: what whoever leads a case does, and who evaluates it."""

from __future__ import annotations

from typing import Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.learn_case_looking import done
from kb.cli.transfer_leading import OUTCOMES, evidence_options

STEPS = ("understand", "adapt", "re-use")
ID = click.argument("case", metavar="ID")
core = click.option("--core", multiple=True, metavar="TEXT", help="An element that stays as it is; may be given several times.")
adapted = click.option(
    "--adapted", type=(str, str), multiple=True, metavar="ELEMENT HOW", help="Done otherwise, and how; may be given several times."
)


@click.command()
@click.argument("test")
@click.option("--organisation", default="", metavar="NAME", help="That would take it over: your own, and for facilitators any.")
@why_required
@acting
def consider(test: str, organisation: str, why: str, acting_as: str) -> None:
    """Open a case on a concluded TEST of transferability. Its id is printed first."""
    from kb.services.learning import transfer_cases

    base = open_base()
    actor = actor_of(base, acting_as)
    done(transfer_cases.consider(base, test, why=why, organisation=organisation, actor=actor))


@click.command()
@ID
@click.argument("step", type=click.Choice(STEPS))
@click.option("--learned", required=True, metavar="TEXT", help="What was learned so far, shortly.")
@acting
def move(case: str, step: str, learned: str, acting_as: str) -> None:
    """Go on to the next STEP.

    To adapt it the plan names the local group; to re-use it the plan says what is kept, what is adapted, and a milestone.
    """
    from kb.services.learning import transfer_cases

    base = open_base()
    done(transfer_cases.move(base, case, step, learned=learned, actor=actor_of(base, acting_as)))


@click.command()
@ID
@core
@adapted
@click.option(
    "--milestone", "milestones", type=(str, str, str), multiple=True, metavar="KEY WHAT DATE",
    help="To be reached by a day; may be given several times.",
)  # fmt: skip
@click.option("--group", multiple=True, metavar="ORGANISATION", help="Of the local group; may be given several times.")
@click.option("--costs", metavar="TEXT", help="What it costs.")
@click.option("--funding", metavar="TEXT", help="Who pays.")
@acting
def plan(
    case: str, core: tuple[str, ...], adapted: tuple[tuple[str, str], ...], milestones: tuple[tuple[str, str, str], ...],
    group: tuple[str, ...], costs: str | None, funding: str | None, acting_as: str,
) -> None:  # fmt: skip
    """Write the plan, or revise it: each part that is given stands instead of the one before, and the others stay."""
    from kb.services.learning import case_planning

    base = open_base()
    said: dict[str, Any] = {
        "core_kept": core or None,
        "adapted": changes(adapted),
        "milestones": [{"key": key, "what": what, "due": due} for key, what, due in milestones] or None,
        "local_group": [{"organisation": each} for each in group] or None,
    }
    if not any(said.values()) and costs is None and funding is None:
        raise click.UsageError("Say something of the plan: --core, --adapted, --milestone, --group, --costs or --funding.")
    done(case_planning.plan(base, case, **said, costs=costs, funding=funding, actor=actor_of(base, acting_as)))


@click.command()
@ID
@click.argument("milestone", metavar="KEY")
@click.option("--on", required=True, metavar="DATE", help="When it was reached, such as 2026-12-31.")
@click.option("--what", default="", metavar="TEXT", help="What one should know of it.")
@acting
def reach(case: str, milestone: str, on: str, what: str, acting_as: str) -> None:
    """Tell that a milestone of the plan was reached."""
    from kb.services.learning import case_planning

    base = open_base()
    done(case_planning.reach(base, case, milestone, on=on, what=what, actor=actor_of(base, acting_as)))


@click.command()
@ID
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES), help="How it went.")
@click.option("--on", required=True, metavar="DATE", help="When that was evaluated, such as 2026-12-31.")
@click.option("--what", required=True, help="What was seen, and by whom.")
@evidence_options
@core
@adapted
@acting
def evaluate(
    case: str, outcome: str, on: str, what: str, passages: tuple[str, ...], sources: tuple[tuple[str, str], ...],
    core: tuple[str, ...], adapted: tuple[tuple[str, str], ...], acting_as: str,
) -> None:  # fmt: skip
    """Tell how it went, with evidence; the test of transferability is told too. What was kept is as planned, unless you say."""
    from kb.retrieval.passage import PassageId
    from kb.services.learning import case_evaluating

    base = open_base()
    found = case_evaluating.evaluate(
        base, case, outcome=outcome, on=on, what=what, passages=tuple(map(PassageId, passages)), sources=sources,
        core_kept=core or None, adapted=changes(adapted), actor=actor_of(base, acting_as),
    )  # fmt: skip
    done(found)


@click.command()
@ID
@click.option("--how", required=True, metavar="TEXT", help="By which decision, with which money.")
@acting
def adopt(case: str, how: str, acting_as: str) -> None:
    """Say that it stays."""
    from kb.services.learning import transfer_cases

    base = open_base()
    done(transfer_cases.adopt(base, case, how=how, actor=actor_of(base, acting_as)))


@click.command()
@ID
@why_required
@acting
def stop(case: str, why: str, acting_as: str) -> None:
    """Go on with it no more; the reason is a finding for others."""
    from kb.services.learning import transfer_cases

    base = open_base()
    done(transfer_cases.stop(base, case, why=why, actor=actor_of(base, acting_as)))


def changes(adapted: tuple[tuple[str, str], ...]) -> list[dict[str, str]] | None:
    """Elements with how they are done otherwise; ``None`` where nothing is said."""
    return [{"element": element, "how": how} for element, how in adapted] or None

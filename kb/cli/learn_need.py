"""``kb learn need``: what partners look for, and the offers that fit it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why_required
from kb.cli.cite import hand_out
from kb.cli.learn_match_told import (
    SEEKS,
    URGENCIES,
    as_json_of,
    fit_as_json,
    how_many_option,
    in_a_line,
    language_option,
    mine_option,
    partnership_option,
    practice_option,
    show_fit,
    show_thing,
    spoken_option,
    theme_option,
)
from kb.cli.printed import as_json_option, check_output, form_option, n, output_option, print_json, show_list
from kb.cli.search import flat


@click.group()
def need() -> None:
    """Needs: post what you look for, in any language; see which offers fit it; say how it was answered."""


@need.command("list")
@click.option("--seeks", default="", type=click.Choice(("", *SEEKS)), metavar="WHAT", help="Only what seeks it.")
@click.option("--open", "is_open", is_flag=True, help="Only those for which matches are still looked for.")
@mine_option
@as_json_option
@acting
def list_needs(seeks: str, is_open: bool, mine: bool, as_json: bool, acting_as: str) -> None:
    """All needs, the last posted first."""
    from kb.services.learning import needs

    base = open_base()
    actor = actor_of(base, acting_as)
    everyone = needs.needs(base, actor=actor, is_wanted=is_open)
    found = [each for each in everyone if seeks in ("", each.posted.seeks) and (not mine or each.member == actor.name)]
    show_list(found, "needs", "need", as_json=as_json, told=as_json_of, line=in_a_line)


@need.command()
@click.argument("need_id", metavar="ID")
@as_json_option
@acting
def show(need_id: str, as_json: bool, acting_as: str) -> None:
    """One need, with what happened to it."""
    from kb.services.learning import needs

    base = open_base()
    found = needs.need(base, need_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(as_json_of(found))
    else:
        show_thing(found)


@need.command()
@click.argument("need_id", metavar="ID")
@how_many_option
@as_json_option
@acting
def candidates(need_id: str, how_many: int, as_json: bool, acting_as: str) -> None:
    """Offers that fit a need, best first, each with what speaks for it (+) and what stands in the way (-)."""
    from kb.services.learning import matching

    base = open_base()
    found = matching.candidates(base, need_id, actor=actor_of(base, acting_as), k=how_many)
    if as_json:
        told = [
            {"offer": each.offer.id, **fit_as_json(each.score, each.reasons, each.obstacles, each.match)}
            for each in found.candidates
        ]
        print_json({"need": need_id, "other_countries": found.n_other_countries, "candidates": told})
        return
    for place, each in enumerate(found.candidates, 1):
        show_fit(f"{place}. {in_a_line(each.offer)}", each.reasons, each.obstacles, each.match)
    few = "" if found.has_other_countries else "; a peer review needs peers of 2 other countries"
    click.echo(f"{n(len(found.candidates), 'offer')} of {found.n_all}, of other countries: {found.n_other_countries}{few}")


def fields(command: Any) -> Any:
    """The options of what a need says."""
    for option in (
        click.option("--seeks", required=True, type=click.Choice(SEEKS), help="What is sought."),
        theme_option,
        click.option("--place", default="", metavar="CODE", help="That it is for, such as PT or CA-QC."),
        click.option("--instrument", default="", metavar="TEXT", help="Plan, programme or law that it serves."),
        practice_option,
        language_option,
        spoken_option,
        click.option("--urgency", default="normal", show_default=True, type=click.Choice(URGENCIES), help="How soon."),
        partnership_option,
    ):
        command = option(command)
    return command


@need.command()
@click.argument("title")
@click.argument("text")
@fields
@acting
def post(title: str, text: str, acting_as: str, **said: Any) -> None:
    """Say what you look for: TITLE in a line, TEXT in a few sentences."""
    from kb.services.learning import needs

    base = open_base()
    found = needs.post(base, title, text, actor=actor_of(base, acting_as), **said)
    click.echo(flat(f"{found.id} is posted. See what fits it: kb learn need candidates {found.id}"))


@need.command()
@click.argument("need_id", metavar="ID")
@click.argument("title")
@click.argument("text")
@fields
@acting
def revise(need_id: str, title: str, text: str, acting_as: str, **said: Any) -> None:
    """Say your need in other words, all of it; what was said before stays in its history."""
    from kb.services.learning import needs

    base = open_base()
    found = needs.revise(base, need_id, title=title, text=text, actor=actor_of(base, acting_as), **said)
    click.echo(flat(f"{found.id} is changed."))


@need.command()
@click.argument("need_id", metavar="ID")
@click.option("--how", required=True, metavar="TEXT", help="How it was answered.")
@practice_option
@click.option("--by", "exchanges", multiple=True, metavar="ID", help="Match, session or round that answered it; may be repeated.")
@acting
def answer(need_id: str, how: str, practices: tuple[str, ...], exchanges: tuple[str, ...], acting_as: str) -> None:
    """Say that your need is answered, and how."""
    from kb.services.learning import needs

    base = open_base()
    needs.answer(base, need_id, how, practices=practices, exchanges=exchanges, actor=actor_of(base, acting_as))
    click.echo(flat(f"{need_id} is answered."))


@need.command()
@click.argument("need_id", metavar="ID")
@why_required
@acting
def withdraw(need_id: str, why: str, acting_as: str) -> None:
    """Look for it no longer. It stays in the history."""
    from kb.services.learning import needs

    base = open_base()
    needs.withdraw(base, need_id, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{need_id} is withdrawn."))


@need.command()
@form_option
@output_option
@acting
def export(form: str, output: Path | None, acting_as: str) -> None:
    """All needs as a table."""
    from kb.services.learning import needs_exporting
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    hand_out(needs_exporting.export_needs(base, TableFormat(form), actor=actor_of(base, acting_as)), output)

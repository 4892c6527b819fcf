"""``kb learn offer``: what partners can give, and the needs that it fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why, why_required
from kb.cli.cite import hand_out
from kb.cli.learn_match_told import (
    FORMATS,
    SEEKS,
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
def offer() -> None:
    """Offers: post what you can give, to how many at a time; see which needs it fits; pause it, resume it, withdraw it."""


@offer.command("list")
@click.option("--gives", default="", type=click.Choice(("", *SEEKS)), metavar="WHAT", help="Only what gives it.")
@click.option("--active", "is_active", is_flag=True, help="Only those that take proposals.")
@mine_option
@as_json_option
@acting
def list_offers(gives: str, is_active: bool, mine: bool, as_json: bool, acting_as: str) -> None:
    """All offers, the last posted first."""
    from kb.services.learning import offers

    base = open_base()
    actor = actor_of(base, acting_as)
    everyone = offers.offers(base, actor=actor, is_active=is_active)
    found = [each for each in everyone if (not gives or gives in each.posted.gives) and (not mine or each.member == actor.name)]
    show_list(found, "offers", "offer", as_json=as_json, told=as_json_of, line=in_a_line)


@offer.command()
@click.argument("offer_id", metavar="ID")
@as_json_option
@acting
def show(offer_id: str, as_json: bool, acting_as: str) -> None:
    """One offer, with what happened to it."""
    from kb.services.learning import offers

    base = open_base()
    found = offers.offer(base, offer_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(as_json_of(found))
    else:
        show_thing(found)


@offer.command()
@click.argument("offer_id", metavar="ID")
@how_many_option
@as_json_option
@acting
def candidates(offer_id: str, how_many: int, as_json: bool, acting_as: str) -> None:
    """Needs that an offer fits, best first, each with what speaks for it (+) and what stands in the way (-)."""
    from kb.services.learning import matching

    base = open_base()
    found = matching.for_offer(base, offer_id, actor=actor_of(base, acting_as), k=how_many)
    if as_json:
        told = [{"need": each.need.id, **fit_as_json(each.score, each.reasons, each.obstacles, each.match)} for each in found]
        print_json({"offer": offer_id, "candidates": told})
        return
    for place, each in enumerate(found, 1):
        show_fit(f"{place}. {in_a_line(each.need)}", each.reasons, each.obstacles, each.match)
    click.echo(n(len(found), "need"))


def fields(command: Any) -> Any:
    """The options of what an offer says."""
    for option in (
        click.option("--gives", required=True, multiple=True, type=click.Choice(SEEKS), help="What is given; may be repeated."),
        theme_option,
        practice_option,
        language_option,
        spoken_option,
        click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="In which form; may be repeated."),
        click.option("--capacity", type=int, default=1, show_default=True, help="To how many at a time."),
        partnership_option,
    ):
        command = option(command)
    return command


@offer.command()
@click.argument("title")
@click.argument("text")
@fields
@acting
def post(title: str, text: str, acting_as: str, **said: Any) -> None:
    """Say what you can give: TITLE in a line, TEXT in a few sentences."""
    from kb.services.learning import offers

    base = open_base()
    found = offers.post(base, title, text, actor=actor_of(base, acting_as), **said)
    click.echo(flat(f"{found.id} is posted. See whom it fits: kb learn offer candidates {found.id}"))


@offer.command()
@click.argument("offer_id", metavar="ID")
@click.argument("title")
@click.argument("text")
@fields
@acting
def revise(offer_id: str, title: str, text: str, acting_as: str, **said: Any) -> None:
    """Say your offer in other words, all of it; what was said before stays in its history."""
    from kb.services.learning import offers

    base = open_base()
    found = offers.revise(base, offer_id, title=title, text=text, actor=actor_of(base, acting_as), **said)
    click.echo(flat(f"{found.id} is changed."))


@offer.command()
@click.argument("offer_id", metavar="ID")
@why
@acting
def pause(offer_id: str, why: str, acting_as: str) -> None:
    """Take no proposals for now. What was proposed already can still be decided."""
    from kb.services.learning import offers

    base = open_base()
    offers.pause(base, offer_id, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{offer_id} is paused."))


@offer.command()
@click.argument("offer_id", metavar="ID")
@acting
def resume(offer_id: str, acting_as: str) -> None:
    """Take proposals again."""
    from kb.services.learning import offers

    base = open_base()
    offers.resume(base, offer_id, actor=actor_of(base, acting_as))
    click.echo(flat(f"{offer_id} is active."))


@offer.command()
@click.argument("offer_id", metavar="ID")
@why_required
@acting
def withdraw(offer_id: str, why: str, acting_as: str) -> None:
    """Give it no longer. It stays in the history."""
    from kb.services.learning import offers

    base = open_base()
    offers.withdraw(base, offer_id, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{offer_id} is withdrawn."))


@offer.command()
@form_option
@output_option
@acting
def export(form: str, output: Path | None, acting_as: str) -> None:
    """All offers as a table."""
    from kb.services.learning import needs_exporting
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    hand_out(needs_exporting.export_offers(base, TableFormat(form), actor=actor_of(base, acting_as)), output)

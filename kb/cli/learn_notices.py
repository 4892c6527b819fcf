"""``kb learn notices``: what waits for you, and whether you have it by mail."""

from __future__ import annotations

from dataclasses import asdict

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.printed import as_json_option, n, print_json
from kb.cli.search import flat


@click.group()
def notices() -> None:
    """What waits for you, from all parts of the app; and whether you have it by mail."""


@notices.command("list")
@as_json_option
@acting
def list_notices(as_json: bool, acting_as: str) -> None:
    """What waits for you, what is overdue first."""
    from kb.services.learning.digest_wording import KINDS
    from kb.services.learning.waiting import waiting

    base = open_base()
    found = waiting(base, actor=actor_of(base, acting_as))
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        due = f"{'OVERDUE since' if each.is_overdue else 'due'} {each.due}" if each.due else f"since {each.since}"
        marks = [DEMONSTRATION] if each.is_demo else []
        click.echo(flat(" · ".join(part for part in (due, KINDS[each.kind], each.ref, each.title, each.about, *marks) if part)))
    click.echo(f"{n(len(found), 'thing')} waiting")


@notices.command()
@click.argument("address")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Of the letters: en or fr.")
@acting
def subscribe(address: str, language: str, acting_as: str) -> None:
    """Have one letter a day of what waits sent to ADDRESS, if anything does. Only you and administrators see it."""
    from kb.services.learning import mailing

    base = open_base()
    mailing.subscribe(base, address, language=language, actor=actor_of(base, acting_as))
    click.echo(flat(f"Letters of what waits go to {address}. They are sent by: kb learn notify"))


@notices.command()
@acting
def unsubscribe(acting_as: str) -> None:
    """Have no letters, and your address forgotten."""
    from kb.services.learning import mailing

    base = open_base()
    mailing.unsubscribe(base, actor=actor_of(base, acting_as))
    click.echo("No letters are sent to you, and your address is forgotten.")

"""``kb learn notify``: send letters of what waits. To be run once a day, by whatever runs things here."""

from __future__ import annotations

import sys

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base
from kb.cli.exits import FAULT
from kb.cli.search import flat


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the letters and send none.")
@acting
def notify(dry_run: bool, acting_as: str) -> None:
    """Send each member who asked for it one letter of what waits: once a day at most, and none where nothing waits.

    The mail server is named by KB_SMTP_URL, the sender by KB_MAIL_FROM.
    """
    from kb.services.learning import mailing

    base = open_base()
    sent = mailing.notify(base, actor=actor_of(base, acting_as), dry_run=dry_run)
    for each in sent:
        if each.fault:
            click.echo(flat(f"{each.name}: not sent. {each.fault}"), err=True)
        elif each.was_told:
            click.echo(flat(f"{each.name}: has a letter of today already."))
        elif not each.n:
            click.echo(flat(f"{each.name}: nothing waits."))
        elif dry_run:
            click.echo(flat(f"{each.name}:"))
            click.echo("\n".join(flat(line) for line in each.text.splitlines()))
        else:
            click.echo(flat(f"{each.name}: sent ({each.n})."))
    if not sent:
        click.echo("Nobody asked for letters.")
    if any(each.fault for each in sent):
        sys.exit(FAULT)

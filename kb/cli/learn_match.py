"""``kb learn match``: a need and an offer are proposed to each other; the seeker consents, then the host decides."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base, why, why_required
from kb.cli.cite import hand_out
from kb.cli.learn_match_told import (
    match_as_json,
    match_in_a_line,
    show_fit,
    show_history,
)
from kb.cli.printed import as_json_option, check_output, form_option, output_option, print_json, show_list
from kb.cli.search import flat

said_option = click.option("--what", required=True, metavar="TEXT", help="What came of it.")


@click.group()
def match() -> None:
    """Matches: propose, consent as the seeker, accept or decline as the host, say what came of it.

    Nobody is matched without consent: a match that somebody else proposed waits for the seeker first, and then for the host.
    """


@match.command("list")
@click.option("--need", default="", metavar="ID", help="Only those of this need.")
@click.option("--offer", default="", metavar="ID", help="Only those of this offer.")
@click.option("--waiting", is_flag=True, help="Only those on which you decide next.")
@as_json_option
@acting
def list_matches(need: str, offer: str, waiting: bool, as_json: bool, acting_as: str) -> None:
    """All matches, the last proposed first."""
    from kb.services.learning import matches

    base = open_base()
    found = matches.matches(base, need=need, offer=offer, waiting=waiting, actor=actor_of(base, acting_as))
    show_list(found, "matches", "match", as_json=as_json, told=match_as_json, line=match_in_a_line)


@match.command()
@click.argument("match_id", metavar="ID")
@as_json_option
@acting
def show(match_id: str, as_json: bool, acting_as: str) -> None:
    """One match: why they fit, and what happened."""
    from kb.services.learning import matches

    base = open_base()
    found = matches.match(base, match_id, actor=actor_of(base, acting_as))
    if as_json:
        print_json(match_as_json(found))
        return
    show_fit(match_in_a_line(found), found.proposed.reasons, (), "")
    show_history(found)


@match.command()
@click.argument("need", metavar="NEED")
@click.argument("offer", metavar="OFFER")
@why
@acting
def propose(need: str, offer: str, why: str, acting_as: str) -> None:
    """Propose that OFFER serves NEED. For your own need you agree by that; everybody else is asked."""
    from kb.services.learning import matches

    base = open_base()
    found = matches.propose(base, need, offer, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{found.id} is proposed; it waits for {found.waits_for}."))


@match.command()
@click.argument("match_id", metavar="ID")
@acting
def consent(match_id: str, acting_as: str) -> None:
    """Agree, as the seeker, to what somebody else proposed. Then the host decides."""
    from kb.services.learning import matches

    base = open_base()
    found = matches.consent(base, match_id, actor=actor_of(base, acting_as))
    click.echo(flat(f"You agreed to {found.id}; it waits for {found.waits_for}."))


@match.command()
@click.argument("match_id", metavar="ID")
@click.option("--what", default="", metavar="TEXT", help="Such as how to go on.")
@acting
def accept(match_id: str, what: str, acting_as: str) -> None:
    """Agree, as the host, after the seeker did. The need is matched then."""
    from kb.services.learning import matches

    base = open_base()
    found = matches.accept(base, match_id, what=what, actor=actor_of(base, acting_as))
    click.echo(flat(f"{found.id} is agreed; {found.proposed.need} is matched."))


@match.command()
@click.argument("match_id", metavar="ID")
@why_required
@acting
def decline(match_id: str, why: str, acting_as: str) -> None:
    """Say no, as the host or the seeker; the other side reads why."""
    from kb.services.learning import matches

    base = open_base()
    matches.decline(base, match_id, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{match_id} is declined."))


@match.command()
@click.argument("match_id", metavar="ID")
@said_option
@acting
def done(match_id: str, what: str, acting_as: str) -> None:
    """Say, as one of the two, that it took place and what came of it."""
    from kb.services.learning import matches

    base = open_base()
    matches.done(base, match_id, what=what, actor=actor_of(base, acting_as))
    click.echo(flat(f"{match_id} is done."))


@match.command()
@click.argument("match_id", metavar="ID")
@why_required
@acting
def withdraw(match_id: str, why: str, acting_as: str) -> None:
    """Take a match back before it took place. A need that no other match serves is open again."""
    from kb.services.learning import matches

    base = open_base()
    matches.withdraw(base, match_id, why=why, actor=actor_of(base, acting_as))
    click.echo(flat(f"{match_id} is withdrawn."))


@match.command()
@form_option
@output_option
@acting
def export(form: str, output: Path | None, acting_as: str) -> None:
    """All matches as a table."""
    from kb.services.learning import needs_exporting
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    hand_out(needs_exporting.export_matches(base, TableFormat(form), actor=actor_of(base, acting_as)), output)

"""``kb learn network``: who learned what from whom."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.cite import hand_out
from kb.cli.learn_dashboard import partnership_option, to_option
from kb.cli.printed import as_json_option, check_output, n, output_option, print_json
from kb.cli.search import flat


@click.command()
@partnership_option
@to_option
@output_option
@as_json_option
@acting
def network(partnership: str, form: str | None, output: Path | None, as_json: bool, acting_as: str) -> None:
    """Who learned what from whom, the latest first: matches and transfers, and lessons and policy changes that others confirmed."""
    from kb.services.learning import network as service
    from kb.services.tables import TableFormat

    check_output(form, output)
    base = open_base()
    actor = actor_of(base, acting_as)
    if form:
        hand_out(service.export(base, TableFormat(form), actor=actor, partnership=partnership), output)
        return
    found = service.network(base, actor=actor, partnership=partnership)
    if as_json:
        print_json(asdict(found))
        return
    for each in found.edges:
        marks = f" · {DEMONSTRATION}" if each.is_demo else ""
        click.echo(flat(f"{each.on} · {each.learner} ← {each.teacher} · {each.what} {each.ref} · {each.title}{marks}"))
    click.echo(f"{n(len(found.edges), 'arrow')} between {n(len(found.nodes), 'organisation')}")
    if found.n_unconfirmed:
        click.echo(f"{found.n_unconfirmed} more would be drawn if somebody else confirmed what was told.")

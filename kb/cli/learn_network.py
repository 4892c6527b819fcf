"""``kb learn network``: who learned what from whom."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.cite import hand_out
from kb.cli.learn_dashboard import check_output, output_option, partnership_option, to_option
from kb.cli.search import flat
from kb.cli.transfer_told import as_json_option, n


@click.command()
@partnership_option
@to_option
@output_option
@as_json_option
@acting
def network(partnership: str, form: str | None, output: Path | None, as_json: bool, acting_as: str) -> None:
    """Who learned what from whom: lessons, matches, transfers and policy changes, the latest first."""
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
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    for each in found.edges:
        marks = f" · {DEMONSTRATION}" if each.is_demo else ""
        click.echo(flat(f"{each.on} · {each.learner} ← {each.teacher} · {each.what} {each.ref} · {each.title}{marks}"))
    click.echo(f"{n(len(found.edges), 'arrow')} between {n(len(found.nodes), 'organisation')}")

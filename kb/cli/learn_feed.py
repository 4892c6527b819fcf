"""``kb learn feed``: what happened lately between partners."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import DEMONSTRATION, open_base
from kb.cli.cite import hand_out
from kb.cli.printed import as_json_option
from kb.cli.search import flat


@click.command()
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True, help="How many.")
@click.option("--atom", is_flag=True, help="Write it as an Atom feed (RFC 4287).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; the feed is printed without.")
@as_json_option
@acting
def feed(limit: int, atom: bool, output: Path | None, as_json: bool, acting_as: str) -> None:
    """What happened lately, newest first: what you may see."""
    from kb.services.learning import feed as service

    base = open_base()
    actor = actor_of(base, acting_as)
    if atom:
        hand_out(service.atom(base, actor=actor, limit=limit), output)
        return
    found = service.feed(base, actor=actor, limit=limit)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1, default=str))
        return
    for each in found:
        marks = f" · {DEMONSTRATION}" if each.is_demo else ""
        click.echo(flat(f"{each.at_utc} · {service.said(each)} · {each.ref} · {each.title}{marks}"))

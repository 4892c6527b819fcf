"""``kb transfer matrix|could-work-in|where-could-work``: practices and places at a glance.

There is an order for one target place and one for one practice, and none of organisations or partners.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import open_base
from kb.cli.overview_export import exportable, exported
from kb.cli.printed import as_json_option, n
from kb.cli.search import flat
from kb.cli.transfer_told import in_cell

if TYPE_CHECKING:
    from kb.peers.transfer.matrix import Cell
    from kb.services.transferring.matrix import Matrix
    from kb.services.transferring.ranking import Untested

FOOTINGS = {"covered": "Could work", "thin": "Too little is known", "blocked": "Something stands in the way"}


@click.command()
@click.option("--practice", "practices", multiple=True, metavar="NAME", help="Only this one; may be given several times.")
@click.option("--to", "targets", multiple=True, metavar="PLACE", help="Only this place; may be given several times.")
@as_json_option
@acting
def matrix(practices: tuple[str, ...], targets: tuple[str, ...], as_json: bool, acting_as: str) -> None:
    """What the last concluded test of each practice came to in each place; pairs without a test are left out."""
    from kb.services.transferring import matrix as service

    base = open_base()
    places = tuple(each.upper() for each in targets)
    found = service.matrix(base, actor=actor_of(base, acting_as), practices=practices, targets=places)
    if as_json:
        click.echo(json.dumps(_matrix_json(found), ensure_ascii=False, indent=1, allow_nan=False))
        return
    for practice, title in found.practices:
        pairs = [(practice, target) for target in found.targets if (practice, target) in {*found.cells, *found.n_open}]
        if pairs:
            click.echo(flat(f"{practice}: {title}"))
        for pair in pairs:
            told = [in_cell(found.cells[pair])] if pair in found.cells else []
            told += [f"{found.n_open[pair]} open"] if pair in found.n_open else []
            click.echo(flat(f"  {pair[1]:<7} {' · '.join(told)}"))
    click.echo(f"{n(len(found.cells), 'concluded pair')} of {len(found.practices)} practices and {len(found.targets)} places")


@click.command("could-work-in")
@click.argument("place")
@click.option("--k", default=10, show_default=True, type=click.IntRange(0, 1000), help="How many untested ones.")
@as_json_option
@exportable
@acting
def could_work_in(place: str, k: int, as_json: bool, form: str | None, output: Path | None, acting_as: str) -> None:
    """What could work in PLACE: tested practices by what is anticipated, then others, those from the nearest place first."""
    from kb.services import taking_overviews
    from kb.services.transferring import ranking

    base = open_base()
    actor = actor_of(base, acting_as)
    if exported(form, output, taking_overviews.export_could_work, base, place.upper(), actor=actor):
        return
    found = ranking.could_work_in(base, place.upper(), actor=actor)
    _print(found.tested, found.untested[:k], {"target": found.target}, as_json=as_json, by_target=False)


@click.command("where-could-work")
@click.argument("practice")
@click.option("--k", default=10, show_default=True, type=click.IntRange(0, 1000), help="How many untested ones.")
@as_json_option
@exportable
@acting
def where_could_work(practice: str, k: int, as_json: bool, form: str | None, output: Path | None, acting_as: str) -> None:
    """Where PRACTICE could work: places that it was tested for, then others, those nearest to its own first."""
    from kb.services import taking_overviews
    from kb.services.transferring import ranking

    base = open_base()
    actor = actor_of(base, acting_as)
    if exported(form, output, taking_overviews.export_where_work, base, practice, actor=actor):
        return
    found = ranking.where_could_work(base, practice, actor=actor)
    about = {"practice": found.practice, "title": found.title}
    _print(found.tested, found.untested[:k], about, as_json=as_json, by_target=True)


def _print(tested: Sequence[Cell], untested: Sequence[Untested], about: dict[str, Any], *, as_json: bool, by_target: bool) -> None:
    from kb.services.overview_files.ranking_file import tested_value, untested_value

    if as_json:
        told = {**about, "tested": list(map(tested_value, tested)), "untested": list(map(untested_value, untested))}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
        return
    for footing, title in FOOTINGS.items():
        cells = [each for each in tested if each.footing.value == footing]
        _list(title, (f"{each.target if by_target else each.practice}: {in_cell(each)} · {each.test}" for each in cells))
    _list("Not tested, the nearest first", (_untested(each, by_target=by_target) for each in untested))


def _list(title: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told:
        click.echo(title)
        for line in told:
            click.echo(flat(f"  {line}"))


def _untested(each: Untested, *, by_target: bool) -> str:
    if each.distance is None or each.distance.value is None:
        far = "nothing can be compared"
    else:
        far = f"{each.source} is {each.distance.value:.2f} apart, {each.distance.n_known} of {each.distance.n_all} indicators known"
    is_open = f" · {n(each.n_open, 'test')} open" if each.n_open else ""
    return f"{each.target if by_target else each.practice}: {far}{is_open}"


def _matrix_json(found: Matrix) -> dict[str, Any]:
    from kb.services.overview_files.ranking_file import tested_value

    return {
        "practices": [{"practice": name, "title": title} for name, title in found.practices],
        "targets": list(found.targets),
        "cells": [tested_value(cell) for cell in found.cells.values()],
        "open": [{"practice": practice, "target": target, "n": many} for (practice, target), many in found.n_open.items()],
    }

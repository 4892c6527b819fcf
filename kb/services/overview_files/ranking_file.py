"""What could work in a place, and where a practice could work, to be taken along. Never a bare mean, and always how certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kb.peers.transfer.matrix import Cell as Tested
from kb.peers.transfer.matrix import Footing
from kb.retrieval.writable import one_line, writable
from kb.services.handouts.blocks import Block, Grid, Heading, Row, Tone, Words
from kb.services.overview_files.overview import Overview, yes
from kb.services.overview_files.wording import OverviewWording
from kb.services.tables import Cell
from kb.services.transferring.ranking import CouldWork, Untested, WhereWork

FORMAT = "plp-ranking/1"
COLUMNS = (
    "practice", "title", "target", "standing", "source", "certainty", "mean", "mean_if_unknown_low", "mean_if_unknown_high",
    "criteria_known", "criteria_all", "blocking", "apart", "assessors", "test", "concluded_on", "concluded_tests", "open_tests",
    "distance", "indicators_known", "indicators_all", "demonstration",
)  # fmt: skip
UNTESTED = "untested"  # in the place of what a mean stands on


def could_work_file(found: CouldWork, wording: OverviewWording) -> Overview:
    """Practices for one place."""
    title = wording.could_work.format(place=wording.place_name(found.target))
    return _file(
        f"could-work-in-{found.target}", title, found.tested, found.untested, {"target": found.target}, wording, by_place=False
    )


def where_work_file(found: WhereWork, wording: OverviewWording) -> Overview:
    """Places for one practice."""
    title = wording.where_work.format(practice=one_line(found.title))
    about = {"practice": found.practice, "title": found.title}
    return _file(f"where-{found.practice}-could-work", title, found.tested, found.untested, about, wording, by_place=True)


def tested_value(cell: Tested) -> dict[str, Any]:
    """A test for other programs."""
    names = ("practice", "target", "test", "title", "source", "mean", "low", "high", "n_known", "n_all", "n_blocking", "n_apart",
             "n_assessors", "n_tests", "concluded_at_utc", "is_demo")  # fmt: skip
    return {**{name: getattr(cell, name) for name in names}, "certainty": cell.certainty.value, "standing": cell.footing.value}


def untested_value(each: Untested) -> dict[str, Any]:
    """What was not tested, for other programs."""
    far = each.distance
    return {
        "practice": each.practice, "title": each.title, "source": each.source, "target": each.target, "n_open": each.n_open,
        "distance": far.value if far else None, "indicators_known": far.n_known if far else 0,
        "indicators_all": far.n_all if far else 0,
    }  # fmt: skip


def _file(
    name: str,
    title: str,
    tested: Sequence[Tested],
    untested: Sequence[Untested],
    about: dict[str, Any],
    wording: OverviewWording,
    *,
    by_place: bool,
) -> Overview:
    value = {**about, "tested": list(map(tested_value, tested)), "untested": list(map(untested_value, untested))}
    return Overview(
        name=name,
        format=FORMAT,
        kicker=wording.transfer,
        title=title,
        facts=(),
        rows=[COLUMNS, *map(_tested_row, tested), *map(_untested_row, untested)],
        value=value,
        blocks=tuple(_blocks(tested, untested, wording, by_place=by_place)),
        is_demo=any(each.is_demo for each in tested),
    )


def _tested_row(cell: Tested) -> tuple[Cell, ...]:
    return (
        cell.practice, cell.title, cell.target, cell.footing.value, cell.source, cell.certainty.value, cell.mean, cell.low,
        cell.high, cell.n_known, cell.n_all, cell.n_blocking, cell.n_apart, cell.n_assessors, cell.test,
        cell.concluded_at_utc[:10], cell.n_tests, None, None, None, None, yes(cell.is_demo),
    )  # fmt: skip


def _untested_row(each: Untested) -> tuple[Cell, ...]:
    far = each.distance
    known: tuple[Cell, ...] = (far.value, far.n_known, far.n_all) if far else (None,) * 3
    return (each.practice, each.title, each.target, UNTESTED, each.source, *([None] * 12), each.n_open or None, *known, "")


def _blocks(tested: Sequence[Tested], untested: Sequence[Untested], wording: OverviewWording, *, by_place: bool) -> Iterator[Block]:
    label = wording.place if by_place else wording.practice
    if tested:
        yield Words(wording.ranking_note)
        yield Words(f"{wording.certainties['anticipated']}: {wording.certainty_note}", Tone.NOTE)
    head = (label, wording.source, wording.result, wording.known, wording.in_the_way, wording.certainty, wording.assessors)
    for footing in Footing:
        rows = tuple(_tested(each, wording, by_place=by_place) for each in tested if each.footing is footing)
        if rows:
            yield Heading(1, wording.footings.get(footing.value, footing.value))
            yield Grid(head, rows, (3.6, 1.8, 2.6, 1.5, 1.4, 1.9, 1.6), 2)
    if untested:
        yield Heading(1, wording.untested.format(n=len(untested)))
        yield Words(wording.untested_note)
        rows = tuple(_untested(each, wording, by_place=by_place) for each in untested)
        yield Grid((label, wording.source, wording.distance), rows, (5, 2.5, 5), 3)


def _tested(cell: Tested, wording: OverviewWording, *, by_place: bool) -> Row:
    low, high = wording.signed(cell.low), wording.signed(cell.high)
    mean = wording.no_mean if cell.mean is None else wording.signed(cell.mean)
    return Row(
        (
            writable(wording.marked(wording.place_name(cell.target) if by_place else cell.title, is_demo=cell.is_demo)),
            wording.place_name(cell.source),
            wording.spanned.format(value=mean, low=low, high=high),
            wording.n_of_m.format(n=cell.n_known, total=cell.n_all),
            str(cell.n_blocking),
            f"{wording.certainties.get(cell.certainty.value, cell.certainty.value)}\n{cell.concluded_at_utc[:10]}",
            str(cell.n_assessors),
        )
    )


def _untested(each: Untested, wording: OverviewWording, *, by_place: bool) -> Row:
    far = each.distance
    told = wording.no_distance
    if far and far.value is not None:
        told = f"{wording.number(far.value)} · {wording.n_of_m.format(n=far.n_known, total=far.n_all)}"
    source = wording.place_name(each.source) if each.source else wording.none
    return Row((writable(wording.place_name(each.target) if by_place else each.title), source, told))

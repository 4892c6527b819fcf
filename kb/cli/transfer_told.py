"""What commands of ``kb transfer`` share: a test on one line, what a cell came to, and values with their sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.cli.assess_told import DEMONSTRATION
from kb.cli.printed import n
from kb.cli.search import flat

if TYPE_CHECKING:
    from kb.peers.transfer.matrix import Cell
    from kb.peers.transfer.result import Result
    from kb.services.knowledge_base import KnowledgeBase
    from kb.services.permission import Member
    from kb.services.transferring.listing import ListedTest


def done(base: KnowledgeBase, test: str, sentence: str, *, actor: Member) -> None:
    """Say what was done, and how the test stands now."""
    from kb.services.transferring import viewing

    click.echo(flat(sentence))
    click.echo(flat(in_a_line(viewing.view(base, test, actor=actor).listed)))


def in_a_line(each: ListedTest) -> str:
    """Id, stage, what is awaited, and what it came to."""
    parts = [each.id, each.stage.value]
    if each.result is None:
        parts += [f"due {each.due}" + (", overdue" if each.is_overdue else "")] if each.due else []
        parts += [f"{each.n_ready} of {each.n_assessors} judgements"] if each.n_assessors else ["nobody takes part yet"]
    else:
        parts += [came_to(each.result), n(each.result.n_assessors, "assessor"), each.certainty.value]
    parts += [f"{each.framework}, version {each.version}", f"{each.title}: {each.source} to {each.target}"]
    return " · ".join([*parts, DEMONSTRATION] if each.is_demo else parts)


def came_to(result: Result) -> str:
    """Mean, range, coverage and constraints together."""
    blocking = f" · {len(result.blocking)} in the way" if result.blocking else ""
    return f"{spanned(result.mean, result.low, result.high)} · {result.n_known} of {result.n_all} criteria known{blocking}"


def in_cell(cell: Cell) -> str:
    """The same of a cell."""
    blocking = f" · {cell.n_blocking} in the way" if cell.n_blocking else ""
    known = f"{cell.n_known} of {cell.n_all} criteria known"
    parts = [spanned(cell.mean, cell.low, cell.high), known + blocking, n(cell.n_assessors, "assessor"), cell.certainty.value]
    return " · ".join([*parts, DEMONSTRATION] if cell.is_demo else parts)


def spanned(mean: float | None, low: float, high: float) -> str:
    """ "+0.54 (−0.13 to +0.92)": never a mean alone."""
    told = "no mean" if mean is None else value(mean)
    return f"{told} ({value(low)} to {value(high)})"


def value(of: float | None) -> str:
    """With its sign; a dash for none."""
    if of is None:
        return "–"
    rounded = round(of, 2) + 0.0  # no "−0"
    return ("+" if rounded > 0 else "−" if rounded < 0 else "") + f"{abs(rounded):g}"

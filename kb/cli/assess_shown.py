"""An assessment as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.services.assessment_files.report import AssessmentReport
from kb.services.assessment_files.told import facts, told
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Quoted, References, Words

MAX_CHARS = 44  # of a cell; a table of three reviewers stays within 160 columns


def lines(report: AssessmentReport, wording: AssessmentWording) -> Iterator[str]:
    """All that the PDF says, in the same order and with the same numbers of evidence."""
    yield ""
    yield report.title
    if report.is_demo:
        yield f"{wording.demonstration}. {wording.demonstration_note}"
    yield from names_with_values(facts(report, wording))
    yield from lines_of(told(report, wording))


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Pieces of any report."""
    for block in blocks:
        yield from _lines(block)


def names_with_values(block: Facts) -> Iterator[str]:
    """Each name with its value, one a line."""
    width = max((len(name) for name, _ in block.rows), default=0)
    yield from (f"  {name:<{width}}  {value}" for name, value in block.rows)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield ""
            yield text if level == 1 else f"  {text}"
        case Words(text=text, is_inset=is_inset):
            yield from (f"{'      ' if is_inset else '    '}{line}" for line in text.splitlines() if line.strip())
        case Facts():
            yield from names_with_values(block)
        case Grid():
            yield from _table(block)
        case References(text=text, numbers=numbers):
            yield f"      {text} {' '.join(f'[{number}]' for number in numbers)}"
        case Quoted():
            remark = f" ({block.remark})" if block.remark else ""
            yield f"  [{block.number}] “{' '.join(block.quote.split())}” — {block.source}{remark}"


def _table(grid: Grid) -> Iterator[str]:
    cells = [grid.head, *(row.cells for row in grid.rows if not row.is_section)]
    widths = [max(len(_cut(row[index])) for row in cells) for index in range(len(grid.head))]
    yield _row(grid.head, widths)
    for row in grid.rows:
        yield f"  {row.cells[0]}" if row.is_section else _row(row.cells, widths)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "    " + "  ".join(f"{_cut(cell):<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cut(cell: str) -> str:
    told = " ".join(cell.split())
    return told if len(told) <= MAX_CHARS else told[: MAX_CHARS - 1] + "…"

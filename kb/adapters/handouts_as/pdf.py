"""A report as a PDF: A4, quiet, fit for a black and white printer.

Text can be selected and searched; numbers of evidence lead to the quotations; the outline lists the parts. Nothing in it is active.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, is_dataclass
from typing import Any

from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from kb.adapters.handouts_as.pdf_fonts import Typefaces
from kb.adapters.handouts_as.pdf_paper import BLACK, LEADING, PT, SIDE, TOP, Paper, cut
from kb.retrieval.writable import is_right_to_left
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Quoted, References, Row, Tone, Words
from kb.services.handouts.handout import Handout

PALE, SHADE = 190, 240  # lines and heads of tables
MAX_CELL_CHARS = 400  # a row of a table has to fit on a page
INSET = 6.0  # of what one reviewer said, mm
NAMES = 46.0  # width of the names of facts, mm


def write(handout: Handout) -> bytes:
    """The file; the same handout gives the same bytes."""
    paper = Paper(handout, Typefaces.of(["0123456789[]·/U+ABCDEF", *_texts([handout])]))
    try:
        paper.begin()
        for block in handout.blocks:
            _draw(paper, block)
            paper.is_below_rule = isinstance(block, Heading) and block.level == 1
        paper.end()
        return bytes(paper.output())
    finally:
        paper.close_fonts()


def _draw(paper: Paper, block: Block) -> None:
    """Below what was drawn before."""
    match block:
        case Heading():
            _draw_heading(paper, block)
        case Words():
            _draw_words(paper, block)
        case Facts():
            _draw_facts(paper, block)
        case Grid():
            _draw_grid(paper, block)
        case References():
            _draw_references(paper, block)
        case Quoted():
            _draw_quoted(paper, block)


def _draw_heading(paper: Paper, block: Heading) -> None:
    size, before, room = (14, 8.0, 52) if block.level == 1 else (11.5, 3.5, 30)  # a part begins with an item and some of its lines
    if not paper.is_below_rule:
        paper.keep_together(room)
    if paper.y > TOP + 4 and not paper.is_below_rule:
        paper.ln(before)
    paper.start_section(cut(paper.drawable(block.text), 120), level=block.level - 1)
    paper.paragraph(block.text, size, bold=True, after=0.6)
    if block.level == 1:
        paper.set_draw_color(PALE)
        paper.line(SIDE, paper.y, paper.w - SIDE, paper.y)
        paper.ln(2)


def _draw_words(paper: Paper, block: Words) -> None:
    indent = INSET if block.is_inset else 0
    match block.tone:
        case Tone.LEAD:
            paper.paragraph(block.text, 16, bold=True, after=1)
        case Tone.STRONG:
            paper.keep_together(12)
            paper.paragraph(block.text, 10, bold=True, indent=indent, before=1.6)
        case Tone.NOTE:
            paper.paragraph(block.text, 9, grey=True, indent=indent, before=0 if block.is_inset else 1.2, after=0.4)
        case Tone.PLAIN:
            paper.paragraph(block.text, 10, indent=indent, after=0.6)


def _draw_facts(paper: Paper, block: Facts) -> None:
    for name, value in block.rows:
        paper.keep_together(6)
        page, top = paper.page, paper.y
        paper.look(9.5, grey=True)
        paper.multi_cell(NAMES - 2, 9.5 * PT * LEADING, paper.drawable(name), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
        bottom = paper.y
        if paper.page == page:
            paper.set_y(top)
        paper.paragraph(value, 9.5, indent=NAMES)
        paper.set_y(max(paper.y, bottom) if paper.page == page else paper.y)
    paper.ln(1.5)


def _draw_grid(paper: Paper, block: Grid) -> None:
    paper.look(9)
    paper.shape_for("".join(cell for row in (Row(block.head), *block.rows) for cell in row.cells))
    paper.set_draw_color(PALE)
    sides = ["L" if column < block.n_text else "C" for column in range(len(block.head))]
    with paper.table(
        col_widths=block.shares,
        text_align=sides,
        v_align="T",
        borders_layout="HORIZONTAL_LINES",
        line_height=9 * PT * LEADING,
        padding=(0.9, 1.2),
        headings_style=FontFace(emphasis="B", fill_color=SHADE),
        repeat_headings=1,
    ) as table:
        table.row([paper.drawable(cut(cell, 60)) for cell in block.head])
        for row in block.rows:
            line = table.row()
            for cell in row.cells:
                text = paper.drawable(cut(cell, MAX_CELL_CHARS))
                align = "R" if is_right_to_left(text) and not row.is_section else None
                style = FontFace(emphasis="B") if row.is_section else None
                line.cell(text, align=align, style=style, colspan=len(block.head) if row.is_section else 1)
    paper.ln(1.5)


def _draw_references(paper: Paper, block: References) -> None:
    paper.look(9, grey=True)
    paper.set_x(SIDE + INSET)
    paper.shape_for(block.text)
    paper.write(9 * PT * LEADING, paper.drawable(block.text) + " ")
    paper.set_text_color(BLACK)
    for number in block.numbers:
        paper.look(9)
        paper.write(9 * PT * LEADING, f"[{number}]", link=paper.evidence_link(number))
        paper.write(9 * PT * LEADING, " ")
    paper.ln(9 * PT * LEADING)


def _draw_quoted(paper: Paper, block: Quoted) -> None:
    paper.keep_together(18)
    paper.ln(1.2)
    paper.set_link(paper.evidence_link(block.number), y=paper.y, page=paper.page)
    top = paper.y
    paper.look(10, bold=True)
    paper.cell(12, 10 * PT * LEADING, f"[{block.number}]")
    paper.set_y(top)
    paper.paragraph(f"“{block.quote}”", 10, indent=12, like=block.quote)
    paper.paragraph(block.source, 9, grey=True, indent=12)
    if block.remark:
        paper.paragraph(block.remark, 9, bold=True, indent=12)


def _texts(blocks: Iterable[Any]) -> Iterator[str]:
    """Every text in nested values."""
    for each in blocks:
        if isinstance(each, str):
            yield each
        elif is_dataclass(each) and not isinstance(each, type):
            yield from _texts(astuple(each))
        elif isinstance(each, (tuple, list)):
            yield from _texts(each)

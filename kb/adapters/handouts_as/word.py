"""A report as a Word file, by python-docx. Text only: no field, no macro, no link but from a number to its quotation."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kb.adapters.handouts_as.word_runs import anchor, link, run, turn
from kb.retrieval.writable import is_right_to_left
from kb.services.handouts.blocks import Block, Facts, Grid, Heading, Quoted, References, Row, Tone, Words
from kb.services.handouts.handout import Handout

BLACK, GREY = RGBColor(0, 0, 0), RGBColor(95, 95, 95)
MAX_PROPERTY_CHARS = 255  # python-docx refuses more
TYPEFACE = "Calibri"  # where it is not installed, programs take one of the same widths
STYLES = (("Normal", 10.5, 0, 4), ("Title", 22, 0, 6), ("Heading 1", 15, 18, 4), ("Heading 2", 12, 10, 2))  # points
LINE, SHADE = "BEBEBE", "F0F0F0"  # of tables
INSET = Mm(6)
NAMES = Mm(46)


def write(handout: Handout) -> bytes:
    """The .docx file."""
    document = docx.Document()
    _lay_out(document, handout)
    if handout.is_demo:
        banner = document.sections[0].header.paragraphs[0]
        banner.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run(banner, handout.demonstration, bold=True)
    _paragraph(document, handout.kicker, size=9, grey=True)
    _paragraph(document, handout.title, style="Title")
    for text in (handout.demonstration_note, handout.summary):
        if text:
            _paragraph(document, text)
    for block in handout.blocks:
        _draw(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Any, handout: Handout) -> None:
    """A4, black, and what programs know about the file."""
    about = document.core_properties
    about.title = handout.title[:MAX_PROPERTY_CHARS]
    about.author = about.comments = ""  # python-docx's template names itself there
    about.language = handout.language
    about.created = about.modified = datetime.fromisoformat(handout.made_on[:10])
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    styles = document.styles
    for name, size, before, after in STYLES:
        style = styles[name]
        style.font.size, style.font.color.rgb = Pt(size), BLACK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if f"{name} Char" in styles:
            styles[f"{name} Char"].font.color.rgb = BLACK
    for line in list(styles["Title"].element.iter(qn("w:pBdr"))):
        line.getparent().remove(line)
    for fonts in styles.element.iter(qn("w:rFonts")):
        for letters in ("ascii", "hAnsi"):
            fonts.attrib.pop(qn(f"w:{letters}Theme"), None)
            fonts.set(qn(f"w:{letters}"), TYPEFACE)
    for language in styles.element.find(qn("w:docDefaults")).iter(qn("w:lang")):
        language.set(qn("w:val"), handout.language)


def _draw(document: Any, block: Block) -> None:
    match block:
        case Heading():
            _paragraph(document, block.text, style=f"Heading {block.level}")
        case Words():
            _words(document, block)
        case Facts():
            _facts(document, block)
        case Grid():
            _grid(document, block)
        case References():
            paragraph = _paragraph(document, f"{block.text} ", size=9.5, grey=True, indent=INSET)
            for number in block.numbers:
                link(paragraph, f"[{number}]", _name(number))
                run(paragraph, " ")
        case Quoted():
            _quoted(document, block)


def _words(document: Any, block: Words) -> None:
    indent = INSET if block.is_inset else None
    match block.tone:
        case Tone.LEAD:
            _paragraph(document, block.text, size=16, bold=True, follows=True)
        case Tone.STRONG:
            _paragraph(document, block.text, bold=True, indent=indent, follows=True)
        case Tone.NOTE:
            _paragraph(document, block.text, size=9.5, grey=True, indent=indent)
        case Tone.PLAIN:
            for line in filter(str.strip, block.text.split("\n")):
                _paragraph(document, line, indent=indent)


def _facts(document: Any, block: Facts) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for name, value in block.rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = NAMES, Mm(166) - NAMES
        _fill(cells[0], name, grey=True)
        _fill(cells[1], value)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=0, cols=len(block.head))
    table.autofit = False
    _rule(table)
    for number, row in enumerate((Row(block.head), *block.rows)):
        line = table.add_row()
        _mark_row(line, is_head=number == 0)
        cells = line.cells
        for cell, share in zip(cells, block.shares, strict=True):
            cell.width = int(Mm(166) * share / sum(block.shares))
        if row.is_section:
            whole = cells[0].merge(cells[-1])
            _fill(whole, row.cells[0], bold=True)
            whole.paragraphs[0].paragraph_format.keep_with_next = True
            continue
        for column, (cell, text) in enumerate(zip(cells, row.cells, strict=True)):
            _fill(cell, text, bold=number == 0, centred=column >= block.n_text)
            if number == 0:
                _shade(cell)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _rule(table: Any) -> None:
    """Thin lines below the rows, and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark_row(row: Any, *, is_head: bool) -> None:
    """A row stays on one page; the head is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(("w:tblHeader",) if is_head else ())):
        properties.append(OxmlElement(tag))


def _quoted(document: Any, block: Quoted) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    leftward = is_right_to_left(block.quote)
    turn(paragraph, leftward)
    anchor(paragraph, _name(block.number), block.number)
    run(paragraph, f"[{block.number}] ", bold=True)
    run(paragraph, f"“{block.quote}”", right_to_left=leftward, language=block.language)
    _paragraph(document, block.source, size=9.5, grey=True, indent=INSET, follows=bool(block.remark))
    if block.remark:
        _paragraph(document, block.remark, size=9.5, bold=True, indent=INSET)


def _name(number: int) -> str:
    return f"evidence_{number}"


def _fill(cell: Any, text: str, *, bold: bool = False, grey: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    paragraph.paragraph_format.line_spacing = 1.0
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    leftward = is_right_to_left(text)
    turn(paragraph, leftward)
    run(paragraph, text, right_to_left=leftward, bold=bold, size=9.5, colour=GREY if grey else None)


def _paragraph(
    document: Any,
    text: str,
    *,
    style: str | None = None,
    size: float = 0,
    bold: bool = False,
    grey: bool = False,
    indent: Any = None,
    follows: bool = False,
) -> Any:
    """A paragraph that runs as its text does; ``follows``: the next one stays on its page."""
    paragraph = document.add_paragraph(style=style)
    leftward = is_right_to_left(text)
    turn(paragraph, leftward)
    if indent is not None:
        paragraph.paragraph_format.left_indent = indent
    if follows:
        paragraph.paragraph_format.keep_with_next = True
    run(paragraph, text, right_to_left=leftward, bold=bold, size=size, colour=GREY if grey else None)
    return paragraph

"""PDF: PDFium reads; pypdf reads what PDFium cannot open; a file with a lost page tree is repaired in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pypdfium2

from kb.adapters.readers.collect import Collector
from kb.adapters.readers.pdf_contents import Contents
from kb.adapters.readers.pdf_glyphs import decoded_pages, is_coded, is_prose
from kb.adapters.readers.pdf_headings import heading_levels, mark_outline
from kb.adapters.readers.pdf_layout import body_size, by_page, drop_running, joined, paragraphs, vocabulary
from kb.adapters.readers.pdf_properties import label, language, metadata, outline, properties
from kb.adapters.readers.pdf_repair import with_new_page_tree
from kb.adapters.readers.pdf_text import page_lines
from kb.adapters.readers.sniff import Kind
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading

NO_TEXT = "no text (scan or blank)"
_MAX_DAMAGED = 1_000  # pages that do not load before the rest is given up


def read(data: bytes) -> Reading:
    """Read a PDF.

    Raises:
        ReadError: ``encrypted`` if it asks for a password (an empty one is tried), ``no_text`` for a scan, ``failed`` with reasons.
    """
    contents = _contents(data)
    n_pages = len(contents.lines)
    if not any(contents.lines):
        if len(contents.damaged) == n_pages:
            raise ReadError("a damaged PDF (no page of it can be read)")
        raise ReadError(NO_TEXT, state="no_text")
    into = Collector()
    _lay_out(contents, into)
    if not into.blocks:
        raise ReadError(NO_TEXT, state="no_text")
    return Reading(Kind.PDF, into.blocks, contents.metadata, n_pages, (*contents.remarks, *_remarks(contents), *into.remarks))


def _contents(data: bytes) -> Contents:
    """Try PDFium, then pypdf, then PDFium on a repaired copy."""
    try:
        contents = _with_letters(_by_pdfium(data), data)
    except pypdfium2.PdfiumError as error:
        first = _reason(error)
    else:
        # PDFium makes one blank page of a file whose page tree is lost; a scan has all its pages and needs no repair.
        return contents if any(contents.lines) else _repaired(data, more_than=len(contents.lines)) or contents
    from kb.adapters.readers.pdf_second import by_pypdf  # only now: most PDFs do not need it

    try:
        return by_pypdf(data)
    except ReadError as error:
        if error.state == "encrypted":
            raise
        second = str(error)
    repaired = _repaired(data, more_than=0)
    if repaired is None:
        raise ReadError(f"a damaged PDF (PDFium: {first}; pypdf: {second})")
    return repaired


def _repaired(data: bytes, *, more_than: int) -> Contents | None:
    """The contents of a copy with a new page tree, if it has more pages than were seen and text on them."""
    copy = with_new_page_tree(data)
    if copy is None:
        return None
    try:
        contents = _by_pdfium(copy)
    except pypdfium2.PdfiumError:
        return None
    if len(contents.lines) <= more_than or not any(contents.lines):
        return None
    contents = _with_letters(contents, copy)
    contents.remarks += ("The page tree is damaged; pages were read in the order in which the file holds them.",)
    return contents


def _by_pdfium(data: bytes) -> Contents:
    contents = Contents()
    document = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(document)):
            contents.labels.append(label(document, index))
            try:
                page = document[index]
                contents.lines.append(page_lines(page, index + 1))
                page.close()
            except pypdfium2.PdfiumError:
                contents.lines.append([])
                contents.damaged.append(index + 1)
                if len(contents.damaged) > _MAX_DAMAGED:
                    break
        contents.outline = outline(document)
        contents.metadata = metadata(properties(document), language(document))
    finally:
        document.close()
    return contents


def _with_letters(contents: Contents, data: bytes) -> Contents:
    """Read pages of bare codes in another way, or leave them out and say so."""
    coded = [number for number, lines in enumerate(contents.lines, start=1) if lines and is_coded(lines)]
    if not coded:
        return contents
    decoded = decoded_pages(data, coded)
    for number in coded:
        contents.lines[number - 1] = decoded.get(number, [line for line in contents.lines[number - 1] if is_prose(line.text)])
    contents.coded = [number for number in coded if number not in decoded]
    return contents


def _lay_out(contents: Contents, into: Collector) -> None:
    """Turn lines into blocks, page by page."""
    lines = [line for page in contents.lines for line in page]
    body = body_size(lines)
    words = vocabulary(lines)
    pages = drop_running(contents.lines, body, contents.labels)
    kept = [line for page in pages for line in page] or lines  # a document of nothing but headers keeps them
    mark_outline(by_page(kept), contents.outline)
    found = [paragraph for page in by_page(kept).values() for paragraph in paragraphs(page)]
    levels = heading_levels(found, body)
    for at, paragraph in enumerate(found):
        into.page = paragraph.first.page
        into.page_label = contents.labels[into.page - 1]
        text = joined(paragraph.lines, words)
        if at in levels:
            into.heading(text, levels[at])
        else:
            into.add(BlockKind.LIST_ITEM if paragraph.is_item else BlockKind.PARAGRAPH, text)


def _remarks(contents: Contents) -> Iterable[str]:
    """Which pages gave nothing, and why."""
    if contents.damaged:
        yield f"{_pages(contents.damaged)} damaged and left out."
    if contents.coded:
        yield f"{_pages(contents.coded)} drawn in fonts that do not say which letters they show; OCR would help."
    explained = {*contents.damaged, *contents.coded}
    blank = [number for number, lines in enumerate(contents.lines, start=1) if not lines and number not in explained]
    if blank:
        yield f"{_pages(blank)} without text (scan or blank)."


def _pages(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"Page {named} is" if len(numbers) == 1 else f"{len(numbers)} pages ({named}) are"


def _reason(error: Exception) -> str:
    """PDFium's word for it, without the wrapping: "Data format error"."""
    return str(error).rpartition("PDFium: ")[2].rstrip(").") or "unknown error"

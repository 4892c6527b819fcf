"""PDF: PDFium reads; pypdf reads what PDFium cannot open; a file with a lost page tree is repaired in memory."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.metadata import from_mapping
from kb.adapters.readers.ooxml import is_name, is_placeholder
from kb.adapters.readers.pdf_glyphs import decoded_pages, is_coded, is_prose
from kb.adapters.readers.pdf_headings import OutlineEntry, heading_levels, mark_outline
from kb.adapters.readers.pdf_layout import body_size, by_page, drop_running, joined, paragraphs, vocabulary
from kb.adapters.readers.pdf_repair import with_new_page_tree
from kb.adapters.readers.pdf_text import Line, page_lines
from kb.adapters.readers.sniff import Kind
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Metadata, Reading

NO_TEXT = "no text (scan or blank)"
_MAX_DAMAGED = 1_000  # pages that do not load before the rest is given up
_MAX_OUTLINE = 5_000
_LABEL_BYTES = 256


@dataclass
class Contents:
    """What either library takes out of a PDF, before layout.

    Attributes:
        lines: by page; a page without text is an empty list.
        labels: printed label of each page, or ``None``.
        damaged: physical numbers of pages that do not load.
    """

    lines: list[list[Line]] = field(default_factory=list)
    labels: list[str | None] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    outline: list[OutlineEntry] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    remarks: tuple[str, ...] = ()


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
        return _with_letters(_by_pdfium(data), data)
    except pypdfium2.PdfiumError as error:
        first = _reason(error)
    from kb.adapters.readers.pdf_second import by_pypdf  # only now: most PDFs do not need it

    try:
        return by_pypdf(data)
    except ReadError as error:
        if error.state == "encrypted":
            raise
        second = str(error)
    repaired = with_new_page_tree(data)
    if repaired is not None:
        try:
            contents = _with_letters(_by_pdfium(repaired), repaired)
        except pypdfium2.PdfiumError:
            pass  # the two reasons below are the ones that matter
        else:
            if any(contents.lines):
                contents.remarks += ("The page tree is damaged; pages were read in the order in which the file holds them.",)
                return contents
    raise ReadError(f"a damaged PDF (PDFium: {first}; pypdf: {second})")


def _by_pdfium(data: bytes) -> Contents:
    contents = Contents()
    document = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(document)):
            contents.labels.append(_label(document, index))
            try:
                page = document[index]
                contents.lines.append(page_lines(page, index + 1))
                page.close()
            except pypdfium2.PdfiumError:
                contents.lines.append([])
                contents.damaged.append(index + 1)
                if len(contents.damaged) > _MAX_DAMAGED:
                    break
        contents.outline = _outline(document)
        contents.metadata = metadata(document.get_metadata_dict(skip_empty=True), _language(document))
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
    lost = [number for number in coded if number not in decoded]
    if lost:
        contents.remarks += (f"{_pages(lost)} drawn in fonts that do not say which letters they show; OCR would help.",)
    return contents


def _label(document: Any, index: int) -> str | None:
    """The label in the document's page-label tree, or ``None``."""
    buffer = ctypes.create_string_buffer(_LABEL_BYTES)
    length = pdfium.FPDF_GetPageLabel(document.raw, index, buffer, _LABEL_BYTES)
    text = buffer.raw[: max(0, min(length, _LABEL_BYTES) - 2)].decode("utf-16-le", "replace")
    return one_line(text) or None


def _outline(document: Any) -> list[OutlineEntry]:
    entries: list[OutlineEntry] = []
    for bookmark in document.get_toc(max_depth=6):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            entries.append(OutlineEntry(bookmark.get_title(), bookmark.level + 1, index + 1))
        if len(entries) >= _MAX_OUTLINE:
            break
    return entries


def _language(document: Any) -> str:
    buffer = (ctypes.c_ushort * (_LABEL_BYTES // 2))()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, _LABEL_BYTES)
    return bytes(buffer)[: max(0, min(length, _LABEL_BYTES) - 2)].decode("utf-16-le", "replace")


def metadata(properties: dict[str, str], language: str = "") -> Metadata:
    """Title, authors and language; a title that a program made up is none. Dates say when a file was made, so they are left out."""
    title, author = one_line(properties.get("Title", "")), one_line(properties.get("Author", ""))
    values: dict[str, object] = {
        "title": "" if is_placeholder(title) else title,
        "authors": author if is_name(author) else "",
        "language": language,
    }
    return from_mapping(values)[0]


def _lay_out(contents: Contents, into: Collector) -> None:
    """Turn lines into blocks, page by page."""
    lines = [line for page in contents.lines for line in page]
    body = body_size(lines)
    words = vocabulary(lines)
    pages = drop_running(contents.lines, body)
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
    """Which pages gave nothing."""
    if contents.damaged:
        yield f"{_pages(contents.damaged)} damaged and left out."
    blank = [number for number, lines in enumerate(contents.lines, start=1) if not lines and number not in set(contents.damaged)]
    if blank:
        yield f"{_pages(blank)} without text (scan or blank)."


def _pages(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"Page {named} is" if len(numbers) == 1 else f"{len(numbers)} pages ({named}) are"


def _reason(error: Exception) -> str:
    """PDFium's word for it, without the wrapping: "Data format error"."""
    return str(error).rpartition("PDFium: ")[2].rstrip(").") or "unknown error"

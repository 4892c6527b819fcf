"""XLSX: each visible sheet is a page, its name the page's label."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from kb.adapters.readers.archive import Archive, has_declaration
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.tables import MAX_COLUMNS, Row, add_table
from kb.errors import ReadError
from kb.retrieval.passage import Metadata, Reading

_STRICT = (  # ISO strict namespaces and what openpyxl knows in their place
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DEFAULT_NAME = re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja|Foglio|Planilha|Folha|Лист|Blad|Arkusz)\s?\d*", re.IGNORECASE)


def read(data: bytes) -> Reading:
    """Read a workbook's values (formulas as they were last computed).

    Raises:
        ReadError: ``no_text`` if every sheet is empty, ``failed`` or ``encrypted`` as :class:`Archive` says.
    """
    safe = _repacked(Archive(data))
    into, hidden = Collector(), 0
    try:
        with warnings.catch_warnings(action="ignore"):  # openpyxl warns of decorations it does not know
            book = openpyxl.load_workbook(io.BytesIO(safe), read_only=True, data_only=True, keep_links=False)
            for number, sheet in enumerate(book.worksheets, start=1):
                if sheet.sheet_state != "visible":
                    hidden += 1
                    continue
                into.page, into.page_label = number, sheet.title
                _add_sheet(sheet, into)
            n_pages, properties = len(book.worksheets), book.properties
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"not a readable workbook ({type(error).__name__}: {error})") from error
    if not into.blocks:
        raise ReadError("no text (every sheet is empty)", state="no_text")
    remarks = (f"{hidden} hidden sheet{'s' * (hidden > 1)} left out.",) if hidden else ()
    return Reading(Kind.XLSX, into.blocks, Metadata(title=one_line(properties.title or "")), n_pages, (*remarks, *into.remarks))


def _add_sheet(sheet: Any, into: Collector) -> None:
    rows = _rows(sheet)
    first = next(rows, None)
    if first is None:
        return
    if not _DEFAULT_NAME.fullmatch(sheet.title):
        into.heading(sheet.title, 1)
    add_table(into, _after(first, rows))


def _after(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _rows(sheet: Any) -> Iterator[Row]:
    """Rows with at least one value, as text."""
    sheet.reset_dimensions()  # what a file declares may be a million empty rows
    for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
        if any(value is not None for value in row):
            yield [_text(value) for value in row]


def _text(value: object) -> str:
    """A cell as a person reads it: whole numbers without ``.0``, dates without an empty time."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    return str(value).removesuffix(" 00:00:00")


def _repacked(archive: Archive) -> bytes:
    """The workbook's XML parts alone, each checked, in transitional namespaces: the library meets no macro, image or link."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as into:
        for name in sorted(archive.names):
            if not name.endswith((".xml", ".rels")) or name.startswith("xl/externalLinks/"):
                continue
            part = archive.read(name)
            if has_declaration(part):
                raise ReadError(f"{name} declares a DOCTYPE or entity, which no real document needs")
            for strict, transitional in _STRICT:
                part = part.replace(strict, transitional)
            into.writestr(name, part)
    return packed.getvalue()

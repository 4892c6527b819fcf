"""Tables of any format become blocks of about twenty rows, one row a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.text import decode
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading

ROWS_PER_BLOCK = 20  # about a passage of short rows
MAX_COLUMNS = 200  # more is a matrix of numbers; nobody quotes it
DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"[-+(]?[\d.,'\s%€$£]+\)?")
_HEADER_CELL_CHARS = 60  # longer cells are statements, not column names

Row = Sequence[str]


def read(data: bytes) -> Reading:
    """Read a CSV or TSV file.

    Raises:
        ReadError: ``no_text`` if every cell is empty, ``failed`` if it cannot be decoded.
    """
    text, remarks = decode(data)
    into = Collector()
    add_table(into, _rows(text.replace("\0", "")))
    if not into.blocks:
        raise ReadError("no text (every cell is empty)", state="no_text")
    return Reading(Kind.CSV, into.blocks, remarks=(*remarks, *into.remarks))


def add_table(into: Collector, rows: Iterable[Row]) -> None:
    """Add a table as blocks.

    Lines above the header become a paragraph. With a clear header each later row reads ``Header: value | Header: value``, so that a
    passage from the middle still says what its cells mean; without one the cells are joined by `` | ``.
    """
    filled = (row for row in (_trimmed(row) for row in rows) if row)
    top = list(islice(filled, ROWS_PER_BLOCK))
    at = _header_at(top)
    if at is None:
        lines: Iterator[str] = (" | ".join(row) for row in _chain(top, filled))
    else:
        for row in top[:at]:
            into.paragraph(" | ".join(filter(None, row)))
        header = top[at]
        lines = (_labelled(header, row) for row in _chain(top[at + 1 :], filled))
    while not into.is_full and (block := list(islice(lines, ROWS_PER_BLOCK))):
        into.add(BlockKind.TABLE, "\n".join(block))


def _chain(first: list[list[str]], rest: Iterator[list[str]]) -> Iterator[list[str]]:
    yield from first
    yield from rest


def _trimmed(row: Row) -> list[str]:
    """Cells on one line each, without the empty ones at the end; empty if all are."""
    cells = [one_line(cell) for cell in row[:MAX_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _header_at(rows: list[list[str]]) -> int | None:
    """Which row names the columns: the first full one of at least two short, different words above rows of the same width."""
    for at, row in enumerate(rows[:-1]):
        width = max(len(each) for each in rows)
        if len(row) < 2 or len(row) < width - 1:
            if at >= 5:  # a title, a date, a note; a table that has not begun by now has no header
                return None
            continue
        is_named = all(cell and len(cell) <= _HEADER_CELL_CHARS and not _NUMBER.fullmatch(cell) for cell in row)
        return at if is_named and len(set(row)) == len(row) else None
    return None


def _labelled(header: Sequence[str], row: Sequence[str]) -> str:
    """One row as ``Header: value | …``; empty cells are left out, cells beyond the header stand alone."""
    named = [f"{name}: {cell}" for name, cell in zip(header, row, strict=False) if cell]
    return " | ".join((*named, *filter(None, row[len(header) :])))


def _rows(text: str) -> Iterator[Row]:
    """Rows of a CSV text, by the delimiter that cuts its first lines most evenly."""
    csv.field_size_limit(1 << 27)
    sample = text[: 1 << 16]
    delimiter = max(DELIMITERS, key=lambda each: evenness(sample, each))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ReadError(f"not a readable table ({error})") from error


def evenness(sample: str, delimiter: str) -> float:
    """How alike the first fifty lines are in width; 0 if the delimiter does not occur."""
    try:
        widths = [len(row) for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 50) if row]
    except csv.Error:
        return 0.0
    usual = max(set(widths), key=widths.count, default=1)
    return 0.0 if usual < 2 else widths.count(usual) / len(widths) + min(usual, 20) / 1000

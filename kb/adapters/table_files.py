"""Tables as files: CSV in, CSV and XLSX out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from kb.errors import ReadError
from kb.retrieval.writable import safe_cell, writable
from kb.services.tables import Cell, TableFormat

MAX_CELL_CHARS = 32_767  # of a cell. Source: Microsoft, "Excel specifications and limits"
WIDE, NARROW = 60, 14  # columns of the sheet, in characters
_ALONE = "\x1f"  # delimiter for a file that has none; taken out of the text first


class TableFiles:
    """Answers :class:`kb.services.tables.Tables`."""

    def read(self, content: bytes, heads: Sequence[str]) -> list[list[str]]:
        """See the port."""
        from kb.adapters.readers.text import decode

        text = decode(content)[0].translate({0: None, ord(_ALONE): " "}).removeprefix("\ufeff")
        csv.field_size_limit(1 << 27)
        try:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, heads)))
        except csv.Error as error:
            raise ReadError(f"not a readable table ({error})") from error

    def write(self, rows: Sequence[Sequence[Cell]], form: TableFormat) -> bytes:
        """See the port. CSV has a byte order mark, without which Excel guesses the encoding."""
        safe = [[_safe(cell) for cell in row] for row in rows]
        if form is TableFormat.XLSX:
            return _workbook(safe)
        table = io.StringIO(newline="")
        csv.writer(table, lineterminator="\r\n").writerows(safe)
        return table.getvalue().encode("utf-8-sig")


def _delimiter(text: str, heads: Sequence[str]) -> str:
    """The one that parts the names of columns where there are any; else the one that cuts the first lines most evenly.

    In a list without names of columns a comma with a space after it is a comma of the sentence and cuts nothing.
    """
    from kb.adapters.readers.tables import DELIMITERS, evenness

    known: tuple[str, ...] = tuple(DELIMITERS)
    first = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in (_ALONE, *known):
        if any(cell.strip().casefold() in heads for cell in next(csv.reader([first], delimiter=delimiter), [])):
            return delimiter
    sample = text[: 1 << 16].replace(", ", "  ")
    best = max(known, key=lambda each: evenness(sample, each))
    return best if evenness(sample, best) >= 0.9 else _ALONE  # nearly every line has as many columns


def _safe(cell: Cell) -> Cell:
    return safe_cell(writable(cell)[: MAX_CELL_CHARS - 1]) if isinstance(cell, str) else cell


def _workbook(rows: list[list[Cell]]) -> bytes:
    """One sheet, names of columns fixed above it; long texts wrap."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for number, column in enumerate(sheet.iter_cols(), start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = WIDE if longest > WIDE else max(NARROW, longest + 2)
        for cell in column:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "#N/A" is a text as well
            cell.alignment = Alignment(vertical="top", wrap_text=longest > WIDE)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()

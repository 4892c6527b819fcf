"""The port to tables that come in and go out as files."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

Cell = str | int | float | None


class TableFormat(StrEnum):
    """What a table can be written as."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """Of a file of this format."""
        if self is TableFormat.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Tables(Protocol):
    """Answered by :class:`kb.adapters.table_files.TableFiles`."""

    def read(self, content: bytes, heads: Sequence[str]) -> list[list[str]]:
        """The rows of a CSV file of any delimiter and encoding, empty ones included.

        Args:
            heads: names of columns in small letters; a first row that has one of them tells the delimiter.

        Raises:
            ReadError: if it is no text or no table.
        """
        ...

    def write(self, rows: Sequence[Sequence[Cell]], form: TableFormat) -> bytes:
        """A file of these rows, the first being the names of columns. No cell of it is computed by a spreadsheet."""
        ...

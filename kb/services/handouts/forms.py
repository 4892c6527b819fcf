"""What a report can be written as, and the port to the libraries that write it on paper."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # every start of the program comes by here
    from kb.services.handouts.handout import Handout


class ReportForm(StrEnum):
    """What a report can be taken along as."""

    PDF = "pdf"
    DOCX = "docx"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def suffix(self) -> str:
        """Of a file of this form."""
        return f".{self.value}"

    @property
    def media_type(self) -> str:
        """Of a file of this form."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Mapping[ReportForm, str] = {
    ReportForm.PDF: "application/pdf",
    ReportForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportForm.CSV: "text/csv; charset=utf-8",
    ReportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportForm.JSON: "application/json",
}
PAPER = (ReportForm.PDF, ReportForm.DOCX)


class HandoutFormats(Protocol):
    """The port to the libraries that write on paper."""

    def write(self, handout: Handout, form: ReportForm) -> bytes:
        """The file, for a form of :data:`PAPER`. Nothing in it is active: no formula, no macro, no field, no link to anywhere else.

        The same handout gives the same bytes, but for the dates that a ZIP folder tells (Word).
        """
        ...

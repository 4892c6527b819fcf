"""What an assessment can be written as, and the port to the libraries that write it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # every start of the program comes by here
    from kb.services.assessment_files.report import AssessmentReport
    from kb.services.assessment_files.wording import AssessmentWording


class AssessmentForm(StrEnum):
    """What an assessment can be taken along as."""

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


_MEDIA_TYPES: Mapping[AssessmentForm, str] = {
    AssessmentForm.PDF: "application/pdf",
    AssessmentForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    AssessmentForm.CSV: "text/csv; charset=utf-8",
    AssessmentForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    AssessmentForm.JSON: "application/json",
}


class AssessmentFormats(Protocol):
    """The port to the libraries that write the forms."""

    def write(self, report: AssessmentReport, form: AssessmentForm, wording: AssessmentWording) -> bytes:
        """The file. Nothing in it is active: no formula, no macro, no field, no link to anywhere else.

        The same report gives the same bytes, but for the dates that a ZIP folder tells (Word, XLSX).
        """
        ...

"""Answer :class:`kb.services.assessment_files.formats.AssessmentFormats`: one module a form, loaded when that form is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kb.services.assessment_files.formats import AssessmentForm

if TYPE_CHECKING:
    from kb.services.assessment_files.report import AssessmentReport
    from kb.services.assessment_files.wording import AssessmentWording

_MODULES = {
    AssessmentForm.PDF: "paper",
    AssessmentForm.DOCX: "paper",
    AssessmentForm.CSV: "table",
    AssessmentForm.XLSX: "table",
    AssessmentForm.JSON: "as_json",
}


class AssessmentWriter:
    """Writes every form; see the port."""

    def write(self, report: AssessmentReport, form: AssessmentForm, wording: AssessmentWording) -> bytes:
        """See the port."""
        content: bytes = import_module(f"{__name__}.{_MODULES[form]}").write(report, form, wording)
        return content

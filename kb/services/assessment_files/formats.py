"""What an assessment can be written as, and the port to the libraries that write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kb.services.handouts.forms import ReportForm

if TYPE_CHECKING:  # every start of the program comes by here
    from kb.services.assessment_files.report import AssessmentReport
    from kb.services.assessment_files.wording import AssessmentWording


AssessmentForm = ReportForm  # as every report


class AssessmentFormats(Protocol):
    """The port to the libraries that write the forms."""

    def write(self, report: AssessmentReport, form: AssessmentForm, wording: AssessmentWording) -> bytes:
        """The file. Nothing in it is active: no formula, no macro, no field, no link to anywhere else.

        The same report gives the same bytes, but for the dates that a ZIP folder tells (Word, XLSX).
        """
        ...

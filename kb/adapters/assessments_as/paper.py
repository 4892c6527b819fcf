"""An assessment on paper, by the writers of the house: PDF and Word."""

from __future__ import annotations

from kb.adapters.handouts_as import HandoutWriter
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.report import AssessmentReport
from kb.services.assessment_files.told import handout
from kb.services.assessment_files.wording import AssessmentWording


def write(report: AssessmentReport, form: AssessmentForm, wording: AssessmentWording) -> bytes:
    """Everything that it says, in one order."""
    return HandoutWriter().write(handout(report, wording), form)

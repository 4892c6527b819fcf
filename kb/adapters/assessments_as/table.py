"""An assessment as a table, by the tables of the house: one row a score."""

from __future__ import annotations

from kb.adapters.table_files import TableFiles
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.report import AssessmentReport
from kb.services.assessment_files.rows import rows
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.tables import TableFormat


def write(report: AssessmentReport, form: AssessmentForm, _wording: AssessmentWording) -> bytes:
    """CSV or XLSX without formulas; names of columns and codes are the same in every language."""
    return TableFiles().write(rows([report]), TableFormat(form.value))

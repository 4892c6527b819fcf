"""An assessment as JSON: the report as it is, for other programs. Names and codes are the same in every language."""

from __future__ import annotations

import json
from dataclasses import asdict

from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.report import AssessmentReport
from kb.services.assessment_files.wording import AssessmentWording

FORMAT = "plp-assessment/1"  # raised when a name in it changes its meaning


def write(report: AssessmentReport, _form: AssessmentForm, _wording: AssessmentWording) -> bytes:
    """UTF-8; names and meanings are those of :class:`kb.services.assessment_files.report.AssessmentReport`."""
    return (json.dumps({"format": FORMAT, **asdict(report)}, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()

"""Take assessments along: one as PDF, Word file, table or JSON; all that one may see as a table."""

from __future__ import annotations

from kb.services.assessing.loading import LOOK, assessments_for
from kb.services.assessing.reporting import report
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.rows import rows
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.tables import TableFormat


def export(
    kb: KnowledgeBase,
    assessment_id: str,
    form: AssessmentForm,
    *,
    actor: Member,
    wording: AssessmentWording = AssessmentWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """One assessment as a file that says what the actor may see of it, and nothing else.

    Args:
        wording: the fixed words, in the reader's language.
        language: of titles and questions, where the rubric has them in it.

    Raises:
        NotFound: if there is no such assessment.
    """
    made = report(kb, assessment_id, actor=actor, wording=wording, language=language)
    return Exported(f"{assessment_id}{form.suffix}", form.media_type, kb.assessment_formats.write(made, form, wording))


def export_all(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    wording: AssessmentWording = AssessmentWording(),  # noqa: B008  # frozen
    language: str = "en",
) -> Exported:
    """Every assessment as the actor may see it, in one table; arguments are those of :func:`export`."""
    require(actor, Role.MEMBER, LOOK)
    found = (report(kb, each.id, actor=actor, wording=wording, language=language) for each in assessments_for(kb, actor=actor))
    return Exported(f"assessments-{today()}.{form}", form.media_type, kb.tables.write(rows(found), form))

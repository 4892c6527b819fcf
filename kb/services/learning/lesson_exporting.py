"""Take lists of lessons and recommendations along as tables."""

from __future__ import annotations

from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, recommendations
from kb.services.learning.keeping import LOOK
from kb.services.outcome_files.rows import lesson_rows, recommendation_rows
from kb.services.permission import Member, Role, require
from kb.services.tables import TableFormat


def export_lessons(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    practice: str = "",
    organisation: str = "",
    level: str = "",
    state: str = "",
) -> Exported:
    """The lessons of a list; arguments are those of :func:`kb.services.learning.lessons.lessons`."""
    require(actor, Role.MEMBER, LOOK)
    found = lessons.lessons(kb, practice=practice, organisation=organisation, level=level, state=state, actor=actor)
    return Exported(f"lessons-{today()}.{form}", form.media_type, kb.tables.write(lesson_rows(found), form))


def export_recommendations(
    kb: KnowledgeBase,
    form: TableFormat,
    *,
    actor: Member,
    practice: str = "",
    organisation: str = "",
    level: str = "",
    state: str = "",
) -> Exported:
    """The recommendations of a list; arguments are those of the list."""
    require(actor, Role.MEMBER, LOOK)
    found = recommendations.recommendations(kb, practice=practice, organisation=organisation, level=level, state=state, actor=actor)
    return Exported(f"recommendations-{today()}.{form}", form.media_type, kb.tables.write(recommendation_rows(found), form))

"""What an assessment comes to, and its end."""

from __future__ import annotations

from kb.peers.assessment.events import Body, Concluded
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment
from kb.services.assessing.adding import added
from kb.services.assessing.loading import LOOK, assessment_for, rubric_of
from kb.services.assessing.opening import RUN
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require


def preview(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> Outcome | None:
    """What the assessment would come to now; what it came to, once it is concluded. ``None`` to whom no review is shown yet.

    Raises:
        NotFound: if there is no such assessment.
    """
    require(actor, Role.MEMBER, LOOK)
    assessment = assessment_for(kb, assessment_id, actor=actor)
    if assessment.outcome is not None:
        return assessment.outcome
    return conclusion(assessment, rubric_of(kb, assessment, actor=actor)) if assessment.reviews else None


def conclude(kb: KnowledgeBase, assessment_id: str, *, actor: Member, seen: Outcome | None = None) -> None:
    """End an assessment with what it comes to.

    Args:
        seen: what :func:`preview` gave to the actor; if it comes to something else by now, it is not concluded.

    Raises:
        NotFound: if there is no such assessment.
        InvalidEntry: while a review is awaited, or a wide spread is not settled; all reasons.
        Conflict: if it has changed since, or is at an end.
    """
    require(actor, Role.FACILITATOR, RUN)

    def made(assessment: Assessment, rubric: Rubric) -> Body:
        return Concluded(outcome=seen or conclusion(assessment, rubric))

    added(kb, assessment_id, made, actor=actor)

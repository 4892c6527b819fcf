"""A member takes a seat or declines it."""

from __future__ import annotations

from kb.peers.assessment.events import Accepted, Declined
from kb.services.assessing.adding import added
from kb.services.assessing.opening import reason
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

REVIEW, DECLINE = "review practices", "decline to review"


def accept(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> None:
    """Take the seat that was offered to the actor.

    Raises:
        InvalidEntry: if none was.
        Conflict: if the actor has taken or declined it, or was excused.
    """
    require(actor, Role.REVIEWER, REVIEW)
    added(kb, assessment_id, Accepted(), actor=actor)


def decline(kb: KnowledgeBase, assessment_id: str, *, why: str = "", actor: Member) -> None:
    """Give back the seat that was offered to the actor, also after it was taken. A seat is offered once."""
    require(actor, Role.MEMBER, DECLINE)
    added(kb, assessment_id, Declined(why=reason(why)), actor=actor)

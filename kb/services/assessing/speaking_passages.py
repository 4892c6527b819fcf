"""Passages of a practice that speak to a gate or criterion: each is a standing query, asked together with all of its rubric."""

from __future__ import annotations

from kb.peers.assessment.rubric import Criterion, Gate, Rubric
from kb.retrieval.standing import StandingQuery
from kb.services.assessing.loading import LOOK
from kb.services.assessing.practice_passages import PracticeDocuments
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.standing_evidence import SHOWN, Beside, Found, speaking_in, standing_query

__all__ = ["SHOWN", "Found", "items_of", "speaking_to", "standing_queries"]


def speaking_to(
    kb: KnowledgeBase, rubric: Rubric, asked: Gate | Criterion, own: PracticeDocuments, *, actor: Member, shown: int
) -> Found:
    """The passages of a practice that speak most to an item.

    Args:
        own: where to look.
        shown: passages of documents, at most.

    Raises:
        UnusableIndex: if there is nothing to search.
    """
    require(actor, Role.MEMBER, LOOK)
    beside = Beside(own.sheet, tuple(asked.fields))
    return speaking_in(kb, standing_queries(rubric), asked.name, own.ids, actor=actor, shown=shown, beside=beside)


def standing_queries(rubric: Rubric) -> tuple[StandingQuery, ...]:
    """One for each gate and criterion, in the rubric's order."""
    return tuple(standing_query(each.name, each.standing) for each in items_of(rubric))


def items_of(rubric: Rubric) -> tuple[Gate | Criterion, ...]:
    """Gates, then criteria, in the rubric's order."""
    return (*rubric.gates, *rubric.criteria)

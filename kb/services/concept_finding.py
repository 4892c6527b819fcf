"""Find concepts by a word of any language."""

from __future__ import annotations

from kb.peers.concept_matches import Match, matches
from kb.peers.concepts import PIVOT
from kb.services.concepts import READ
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

__all__ = ["Match", "find"]


def find(kb: KnowledgeBase, text: str, *, actor: Member, language: str = PIVOT) -> tuple[Match, ...]:
    """The concepts that have ``text`` in a label of any language or in a local word, false friends among them; nearest first.

    Args:
        language: of the reader, whose words are told first.

    Raises:
        UnusableConcepts: if the concept files have faults.
    """
    require(actor, Role.MEMBER, READ)
    return matches(kb.concepts(), text, language)

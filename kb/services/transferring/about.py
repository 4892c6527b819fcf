"""What a test is about: the practice, and the two places, what is known of each and how far they are apart by it."""

from __future__ import annotations

from kb.errors import InvalidEntry, NotFound
from kb.peers.contexts.distance import Distance
from kb.services import contexts, practices
from kb.services.contexts import Context
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.practices import Listed
from kb.services.transferring.loading import LOOK


def context_of(kb: KnowledgeBase, place: str, *, actor: Member) -> Context | None:
    """What is known of a place; ``None`` where its profile was removed, or cannot be read now."""
    require(actor, Role.MEMBER, LOOK)
    try:
        return contexts.context(kb, place, actor=actor)
    except (NotFound, InvalidEntry):
        return None


def distance_of(kb: KnowledgeBase, source: str, target: str, *, actor: Member) -> Distance | None:
    """How far two places are apart; ``None`` where a profile was removed, or cannot be read now."""
    require(actor, Role.MEMBER, LOOK)
    try:
        return contexts.distance(kb, source, target, actor=actor)
    except (NotFound, InvalidEntry):
        return None


def practice_of(kb: KnowledgeBase, name: str, *, actor: Member) -> Listed | None:
    """A practice as it is in the list; ``None`` where its sheet was removed."""
    require(actor, Role.MEMBER, LOOK)
    try:
        return practices.listed(kb, name, actor=actor)
    except NotFound:
        return None

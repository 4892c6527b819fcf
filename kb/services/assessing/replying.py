"""The right of reply: the owner of the practice answers to the reviews before anything is concluded."""

from __future__ import annotations

from collections.abc import Mapping

from kb.errors import InvalidEntry
from kb.peers.assessment.events import Replied, ReplyClosed
from kb.peers.assessment.given import checked
from kb.services.assessing.adding import added
from kb.services.assessing.opening import reason
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

REPLY = "reply to reviews"


def reply(
    kb: KnowledgeBase,
    assessment_id: str,
    *,
    comments: Mapping[str, str],
    general: str,
    actor: Member,
    on_behalf_of: str = "",
) -> None:
    """Reply to the reviews for the owner; a later reply stands instead. It is open until it is closed.

    Args:
        comments: gate or criterion → words; blank ones are left out.
        on_behalf_of: who spoke, where a facilitator writes it down.

    Raises:
        NotFound: if there is no such assessment.
        InvalidEntry: if the actor does not answer for the owner, or the reply cannot be taken; all reasons.
    """
    require(actor, Role.MEMBER, REPLY)
    said = {item: words.strip() for item, words in comments.items() if words.strip()}
    replied, faults = checked(Replied, {"comments": said, "general": general, "on_behalf_of": on_behalf_of})
    if replied is None:
        raise InvalidEntry(f"The reply cannot be taken: {'; '.join(faults)}.")
    added(kb, assessment_id, replied, actor=actor)


def close_reply(kb: KnowledgeBase, assessment_id: str, *, actor: Member, why: str = "") -> None:
    """Let the panel go on: the reply is in, or its date has passed, or it is said why it is waited for no longer.

    Raises:
        NotFound: if there is no such assessment.
        InvalidEntry: if the actor is neither facilitator nor who answers for the owner, or it is too early.
    """
    require(actor, Role.MEMBER, REPLY)
    added(kb, assessment_id, ReplyClosed(why=reason(why)), actor=actor)

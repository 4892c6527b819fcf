"""All things of mutual learning as the actor may see them, read at once: for what waits, the dashboard, the network and the feed.

Passages are not looked up anew: whatever is made of these things tells no words of documents.
"""

from __future__ import annotations

from typing import TypeVar

from kb.peers.learning.case import CASE
from kb.peers.learning.lesson import LESSON
from kb.peers.learning.match import MATCH
from kb.peers.learning.need import NEED
from kb.peers.learning.offer import OFFER
from kb.peers.learning.plan import PLAN
from kb.peers.learning.policy import POLICY
from kb.peers.learning.recommendation import RECOMMENDATION
from kb.peers.learning.record import Kind, Record
from kb.peers.learning.round import ROUND
from kb.peers.learning.session_rules import SESSION
from kb.peers.learning.things import Things
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.keeping import LOOK, all_within
from kb.services.learning.round_eyes import is_seen
from kb.services.permission import Member, Role, require

R = TypeVar("R", bound=Record)


def things(kb: KnowledgeBase, *, actor: Member) -> Things:
    """All of them that the actor may know of."""
    require(actor, Role.MEMBER, LOOK)
    reader, day = reader_of(actor), today()
    with kb.records() as records:

        def seen(kind: Kind[R]) -> tuple[R, ...]:
            return tuple(kind.seen(each, reader, day) for each in all_within(records, kind))

        return Things(
            needs=seen(NEED),
            offers=seen(OFFER),
            matches=seen(MATCH),
            rounds=tuple(each for each in seen(ROUND) if is_seen(each, actor)),
            sessions=seen(SESSION),
            cases=seen(CASE),
            lessons=seen(LESSON),
            recommendations=seen(RECOMMENDATION),
            plans=seen(PLAN),
            policies=seen(POLICY),
        )

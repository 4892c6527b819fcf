"""When a need or an offer ends, what was proposed with it and not agreed yet ends too."""

from __future__ import annotations

from kb.peers.learning.match import MATCH, MatchState, MatchWithdrawn, Over
from kb.services.learning import keeping
from kb.services.permission import Member
from kb.services.records import UnitOfWork


def end_proposals(records: UnitOfWork, what: Over, id_: str, *, actor: Member) -> None:
    """Withdraw every match with this need or offer of which somebody has still to say whether they agree."""
    for each in keeping.all_within(records, MATCH):
        named = each.proposed.need if what is Over.NEED else each.proposed.offer
        if named == id_ and each.state is MatchState.PROPOSED:
            keeping.add(records, MATCH, each.id, MatchWithdrawn(over=what), actor=actor)

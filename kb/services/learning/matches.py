"""Matches are proposed by anybody, agreed by the seeker and then by the host, and told what came of them."""

from __future__ import annotations

from kb.errors import Conflict, InvalidEntry
from kb.peers.learning.match import (
    MATCH,
    WITH_ITSELF,
    ConsentGiven,
    Match,
    MatchAccepted,
    MatchDeclined,
    MatchDone,
    MatchProposed,
    MatchState,
    MatchWithdrawn,
)
from kb.peers.learning.matching import Fit, n_served
from kb.peers.learning.need import NEED, Need, NeedMatched, NeedReopened, NeedState
from kb.peers.learning.offer import OFFER, Offer, OfferState
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping, matching
from kb.services.learning.spelling import spellings
from kb.services.permission import Member, Role, require
from kb.services.records import UnitOfWork

PROPOSE, DECIDE, TELL, WITHDRAW = "propose matches", "decide on matches", "say what came of matches", "withdraw matches"


def propose(kb: KnowledgeBase, need: str, offer: str, *, actor: Member, why: str = "") -> Match:
    """Propose that an offer serves a need. Who proposes it for their own need agrees by that; everybody else is asked.

    Args:
        why: what the actor adds to the reasons.

    Raises:
        NotFound: if there is no such need or offer.
        InvalidEntry: if they are of one organisation, or one of them is made up and the other is not.
        Conflict: if the need is over, the offer paused or full, or they are matched already.
    """
    require(actor, Role.MEMBER, PROPOSE)
    wanted, given = keeping.record(kb, NEED, need, actor=actor), keeping.record(kb, OFFER, offer, actor=actor)
    found = matching.fit_of(kb, wanted, given, actor=actor)
    body = _proposed(wanted, given, found, actor, why)
    if spellings(kb).is_one(body.seeker.organisation, body.host.organisation):
        raise InvalidEntry(WITH_ITSELF)
    with kb.records() as records:
        _check_open(keeping.within(records, NEED, need), keeping.within(records, OFFER, offer))
        _check_free(records, given, need)
        return keeping.begin(records, MATCH, body, actor=actor, is_demo=wanted.is_demo)


def consent(kb: KnowledgeBase, match: str, *, actor: Member) -> Match:
    """Agree, as the seeker, to what somebody else proposed. Then the host decides.

    Raises:
        NotFound: if there is no such match.
        InvalidEntry: if it is not the actor's need.
        Conflict: if they agreed already, or it is decided.
    """
    require(actor, Role.MEMBER, DECIDE)
    with kb.records() as records:
        return keeping.add(records, MATCH, match, ConsentGiven(by=keeping.party(actor)), actor=actor)


def accept(kb: KnowledgeBase, match: str, *, actor: Member, what: str = "") -> Match:
    """Agree, as the host, after the seeker did. The need is matched then, in the same unit of work.

    Args:
        what: the host adds, such as how to go on.

    Raises:
        NotFound: if there is no such match.
        InvalidEntry: if it is not the actor's offer, or the seeker has not agreed.
        Conflict: if it is decided, the need is over, or the offer serves as many as it can.
    """
    require(actor, Role.MEMBER, DECIDE)
    body = keeping.made(MatchAccepted, "The match was not accepted", by=keeping.party(actor), what=what)
    with kb.records() as records:
        found = keeping.add(records, MATCH, match, body, actor=actor)
        need = keeping.within(records, NEED, found.proposed.need)
        offer = keeping.within(records, OFFER, found.proposed.offer)
        others = [each for each in keeping.all_within(records, MATCH) if each.id != match]
        if n_served(offer.id, others) >= offer.posted.capacity:
            raise _full(offer)
        keeping.add(records, NEED, need.id, NeedMatched(match=match), actor=actor)
        return found


def decline(kb: KnowledgeBase, match: str, *, why: str, actor: Member) -> Match:
    """Say no, as the host or the seeker, and why.

    Raises:
        NotFound: if there is no such match.
        InvalidEntry: if it concerns others.
        Conflict: if it is decided.
    """
    require(actor, Role.MEMBER, DECIDE)
    body = keeping.made(MatchDeclined, "The match was not declined", why=why)
    with kb.records() as records:
        return keeping.add(records, MATCH, match, body, actor=actor)


def done(kb: KnowledgeBase, match: str, *, what: str, actor: Member) -> Match:
    """Say, as one of the two, that it took place and what came of it. The offer is free for another one then."""
    require(actor, Role.MEMBER, TELL)
    body = keeping.made(MatchDone, "Nothing was said of the match", what=what)
    with kb.records() as records:
        return keeping.add(records, MATCH, match, body, actor=actor)


def withdraw(kb: KnowledgeBase, match: str, *, why: str, actor: Member) -> Match:
    """Take a match back before it took place. A need that no other match serves is open again, in the same unit of work."""
    require(actor, Role.MEMBER, WITHDRAW)
    body = keeping.made(MatchWithdrawn, "The match was not withdrawn", why=why)
    with kb.records() as records:
        if not body.why:
            raise InvalidEntry("The match was not withdrawn: why: is missing.")
        was_agreed = keeping.within(records, MATCH, match).state is MatchState.ACCEPTED
        found = keeping.add(records, MATCH, match, body, actor=actor)
        if was_agreed:
            _reopen(records, found, actor)
        return found


def matches(kb: KnowledgeBase, *, actor: Member, need: str = "", offer: str = "", waiting: bool = False) -> list[Match]:
    """Matches, the last proposed first.

    Args:
        need: only those of it.
        offer: only those of it.
        waiting: only those on which the actor decides next.
    """
    found = keeping.everyone(kb, MATCH, actor=actor)
    return [
        each
        for each in found
        if need in ("", each.proposed.need) and offer in ("", each.proposed.offer) and (not waiting or each.waits_for == actor.name)
    ]


def match(kb: KnowledgeBase, id_: str, *, actor: Member) -> Match:
    """One match.

    Raises:
        NotFound: if there is none of that id.
    """
    return keeping.record(kb, MATCH, id_, actor=actor)


def _proposed(need: Need, offer: Offer, found: Fit, actor: Member, why: str) -> MatchProposed:
    if need.is_demo != offer.is_demo:
        raise InvalidEntry("The match was not proposed: one of them belongs to the demonstration, and the other is real.")
    seeker, host = need.posted.by, offer.posted.by
    return keeping.made(
        MatchProposed,
        "The match was not proposed",
        by=keeping.party(actor),
        need=need.id,
        offer=offer.id,
        seeker=seeker,
        host=host,
        score=found.score,
        reasons=found.reasons,
        consents=(actor.name,) if actor.name in (seeker.name, host.name) else (),
        why=why,
    )


def _check_open(need: Need, offer: Offer) -> None:
    if not need.is_wanted:
        raise Conflict(f"The need is {need.state}: nothing is looked for any more.")
    if offer.state is not OfferState.ACTIVE:
        raise Conflict(f"The offer is {offer.state}: it takes no proposals.")


def _check_free(records: UnitOfWork, offer: Offer, need: str) -> None:
    everyone = keeping.all_within(records, MATCH)
    for each in everyone:
        if each.is_alive and (each.proposed.need, each.proposed.offer) == (need, offer.id):
            raise Conflict(f"The two are matched already: {each.id} is {each.state}.")
    if n_served(offer.id, everyone) >= offer.posted.capacity:
        raise _full(offer)


def _full(offer: Offer) -> Conflict:
    return Conflict(f"The offer serves as many as it can at a time: {offer.posted.capacity}. Wait until one of them is done.")


def _reopen(records: UnitOfWork, match: Match, actor: Member) -> None:
    """Unless another match serves the need, or it is over."""
    need = keeping.within(records, NEED, match.proposed.need)
    served = any(
        each.proposed.need == need.id and each.state in (MatchState.ACCEPTED, MatchState.DONE)
        for each in keeping.all_within(records, MATCH)
    )
    if need.state is NeedState.MATCHED and not served:
        keeping.add(records, NEED, need.id, NeedReopened(match=match.id), actor=actor)

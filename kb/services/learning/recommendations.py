"""Recommendations are issued by peers, answered by whom they are for, and put into practice with evidence of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.parts import Level
from kb.peers.learning.recommendation import (
    RECOMMENDATION,
    Recommendation,
    RecommendationAnswered,
    RecommendationImplemented,
    RecommendationIssued,
    RecommendationState,
    RecommendationWithdrawn,
    Response,
)
from kb.peers.learning.record import Body
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.evidence import for_eyes, pins_of
from kb.services.learning.linking import check_because, sessions_of
from kb.services.learning.names_in_texts import named_in_any, reason_given, refuse_text
from kb.services.learning.sessions import for_eyes as for_eyes_of_session
from kb.services.permission import Member, Role, require

ISSUE, ANSWER = "issue recommendations", "answer recommendations"
IMPLEMENT, WITHDRAW = "tell how recommendations were implemented", "withdraw recommendations"
NOT_ISSUED, NOT_ANSWERED = "The recommendation was not issued", "The recommendation was not answered"
NOT_IMPLEMENTED = "How the recommendation was implemented was not kept"


def issue(
    kb: KnowledgeBase,
    text: str,
    *,
    to: str,
    actor: Member,
    level: Level | str = Level.ORGANISATION,
    practices: Collection[str] = (),
    exchanges: Collection[str] = (),
    language: str = "en",
    despite: str = "",
) -> Recommendation:
    """Advise an organisation.

    Args:
        to: organisation that is advised.
        exchanges: ids of a match, a round, a session, a transfer case, in which it was found.
        language: of the text, as BCP 47 primary tag.
        despite: why it may name who was at a session under the Chatham House Rule; a facilitator's to say, and kept with it. The
            text may name the organisation that is advised in any case.

    Raises:
        InvalidEntry: with all that is wrong; if a session that is named was not held, or its embargo lasts; if it names who was
            at one under the Chatham House Rule, with each name.
        PermissionDenied: if somebody else than a facilitator says ``despite``.
        NotFound: if there is no such practice or exchange.
    """
    require(actor, Role.MEMBER, ISSUE)
    reason = reason_given(despite, actor=actor)
    because = {"practices": tuple(practices), "exchanges": tuple(exchanges)}
    body = keeping.made(
        RecommendationIssued,
        NOT_ISSUED,
        by=keeping.party(actor),
        to=to,
        text=text,
        level=level,
        because=because,
        language=language,
    )
    with kb.records() as records:
        is_demo = check_because(kb, records, body.because, actor=actor)
        seen = (for_eyes_of_session(each, actor) for each in sessions_of(records, body.because))
        names = named_in_any(kb, seen, body.text, writer=body.by, told=body.to)
        if not reason:
            refuse_text(names)
        body = body.model_copy(update={"despite": reason if names else ""})
        return keeping.begin(records, RECOMMENDATION, body, actor=actor, is_demo=is_demo)


def answer(kb: KnowledgeBase, recommendation: str, *, response: Response | str, actor: Member, reason: str = "") -> Recommendation:
    """Say for the organisation what it makes of a recommendation; a facilitator of another one does so on its behalf.

    Args:
        response: ``accept``, ``partly`` or ``reject``; a reject ends it.
        reason: required, unless it is accepted.

    Raises:
        InvalidEntry: with all that is wrong, or if the actor does not speak for the organisation.
        Conflict: if it was answered already.
    """
    require(actor, Role.MEMBER, ANSWER)

    def body(found: Recommendation) -> RecommendationAnswered:
        return keeping.made(
            RecommendationAnswered,
            NOT_ANSWERED,
            by=keeping.party(actor),
            response=response,
            reason=reason,
            on_behalf=_on_behalf(found, actor),
        )

    return _added(kb, recommendation, body, actor)


def implement(
    kb: KnowledgeBase,
    recommendation: str,
    *,
    on: str,
    what: str,
    actor: Member,
    passages: Sequence[str] = (),
    source: str = "",
) -> Recommendation:
    """Tell when and how a recommendation was put into practice.

    Args:
        on: ISO date.
        passages: that show it, of any documents that the actor may see; or ``source``, in words.

    Raises:
        InvalidEntry: with all that is wrong, or if the actor does not speak for the organisation.
        NotFound: if there is no such recommendation, or one of the passages.
        Conflict: if it was not answered, or rejected.
    """
    require(actor, Role.MEMBER, IMPLEMENT)
    pins = pins_of(kb, passages, actor=actor)

    def body(found: Recommendation) -> RecommendationImplemented:
        return keeping.made(
            RecommendationImplemented,
            NOT_IMPLEMENTED,
            by=keeping.party(actor),
            on=on,
            what=what,
            pins=pins,
            source=source,
            on_behalf=_on_behalf(found, actor),
        )

    return _added(kb, recommendation, body, actor)


def withdraw(kb: KnowledgeBase, recommendation: str, *, why: str, actor: Member) -> Recommendation:
    """Take a recommendation back. That it was issued stays in its history."""
    require(actor, Role.MEMBER, WITHDRAW)
    body = keeping.made(RecommendationWithdrawn, "The recommendation was not withdrawn", why=why)
    return _added(kb, recommendation, body, actor)


def recommendation(kb: KnowledgeBase, recommendation_id: str, *, actor: Member) -> Recommendation:
    """One, as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    return for_eyes(kb, [keeping.record(kb, RECOMMENDATION, recommendation_id, actor=actor)], actor=actor)[0]


def recommendations(
    kb: KnowledgeBase,
    *,
    actor: Member,
    practice: str = "",
    exchange: str = "",
    organisation: str = "",
    level: Level | str = "",
    state: RecommendationState | str = "",
) -> list[Recommendation]:
    """Recommendations, the last issued first.

    Args:
        practice: only those from it; so ``exchange``.
        organisation: only those that it gave or got.
        state: only those in it; by default all but withdrawn ones.
    """
    found = [
        each
        for each in keeping.everyone(kb, RECOMMENDATION, actor=actor)
        if (each.state == state if state else each.state is not RecommendationState.WITHDRAWN)
        and (not practice or practice in each.issued.because.practices)
        and (not exchange or exchange in each.issued.because.exchanges)
        and (not level or each.issued.level == level)
        and (not organisation or any(same_organisation(organisation, one) for one in (each.issued.to, each.issued.by.organisation)))
    ]
    return for_eyes(kb, found, actor=actor)


def _added(kb: KnowledgeBase, recommendation: str, body: Body | Callable[[Recommendation], Body], actor: Member) -> Recommendation:
    with kb.records() as records:
        told = keeping.add(records, RECOMMENDATION, recommendation, body, actor=actor)
        seen = keeping.seen(records, RECOMMENDATION, [told], actor)
    return for_eyes(kb, seen, actor=actor)[0]


def _on_behalf(found: Recommendation, actor: Member) -> bool:
    return not same_organisation(found.issued.to, actor.organisation)

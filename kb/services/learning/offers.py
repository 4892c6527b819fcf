"""Offers are posted in any language, put in other words, paused and resumed, and withdrawn."""

from __future__ import annotations

from collections.abc import Collection

from kb.peers.learning.match import Over
from kb.peers.learning.offer import OFFER, Offer, OfferPaused, OfferPosted, OfferResumed, OfferRevised, OfferState, OfferWithdrawn
from kb.peers.learning.parts import Because
from kb.peers.learning.seeks import Seeks
from kb.peers.learning.sought import OfferFormat
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping, over
from kb.services.learning.linking import check_because, partnership_meant
from kb.services.permission import Member, Role, require

POST, CHANGE, WITHDRAW = "post offers", "change offers", "withdraw offers"


def post(
    kb: KnowledgeBase,
    title: str,
    text: str,
    *,
    gives: Collection[Seeks | str],
    actor: Member,
    theme: str = "",
    practices: Collection[str] = (),
    language: str = "",
    languages: Collection[str] = (),
    formats: Collection[OfferFormat | str] = (),
    capacity: int = 1,
    partnership: str = "",
) -> Offer:
    """Say what one can give.

    Args:
        theme: slug of a theme.
        language: of the text, as BCP 47 primary tag; empty: it is detected.
        languages: in which it can be given; empty: those that the actor reads.
        capacity: matches that can be served at a time.

    Raises:
        InvalidEntry: with all that is wrong.
        NotFound: if there is no such practice or partnership.
    """
    require(actor, Role.MEMBER, POST)
    said = {"gives": tuple(gives), "theme": theme, "practices": tuple(practices), "languages": tuple(languages),
            "formats": tuple(formats), "capacity": capacity, "partnership": partnership}  # fmt: skip
    language = language or kb.detector.detect(f"{title}. {text}")
    body = keeping.made(
        OfferPosted, "The offer was not posted", by=keeping.party(actor), title=title, text=text, language=language, **said
    )
    body = body.model_copy(update={"partnership": partnership_meant(kb, body.partnership)})
    with kb.records() as records:
        check_because(kb, records, Because(practices=body.practices), actor=actor)
        return keeping.begin(records, OFFER, body, actor=actor)


def revise(
    kb: KnowledgeBase,
    offer: str,
    *,
    title: str,
    text: str,
    gives: Collection[Seeks | str],
    actor: Member,
    theme: str = "",
    practices: Collection[str] = (),
    language: str = "",
    languages: Collection[str] = (),
    formats: Collection[OfferFormat | str] = (),
    capacity: int = 1,
    partnership: str = "",
) -> Offer:
    """Say it in other words; all of it is said anew, as in :func:`post`. What was said before stays in its history."""
    require(actor, Role.MEMBER, CHANGE)
    said = {"gives": tuple(gives), "theme": theme, "practices": tuple(practices), "languages": tuple(languages),
            "formats": tuple(formats), "capacity": capacity, "partnership": partnership}  # fmt: skip
    language = language or kb.detector.detect(f"{title}. {text}")
    body = keeping.made(
        OfferRevised, "The offer was not changed", by=keeping.party(actor), title=title, text=text, language=language, **said
    )
    with kb.records() as records:
        check_because(kb, records, Because(practices=body.practices), actor=actor)
        so_far = keeping.within(records, OFFER, offer).posted.partnership
        body = body.model_copy(update={"partnership": partnership_meant(kb, body.partnership, so_far=so_far)})
        return keeping.add(records, OFFER, offer, body, actor=actor)


def pause(kb: KnowledgeBase, offer: str, *, actor: Member, why: str = "") -> Offer:
    """Take no proposals for now. What was proposed already stays, and can be decided."""
    require(actor, Role.MEMBER, CHANGE)
    body = keeping.made(OfferPaused, "The offer was not paused", why=why)
    with kb.records() as records:
        return keeping.add(records, OFFER, offer, body, actor=actor)


def resume(kb: KnowledgeBase, offer: str, *, actor: Member) -> Offer:
    """Take proposals again."""
    require(actor, Role.MEMBER, CHANGE)
    with kb.records() as records:
        return keeping.add(records, OFFER, offer, OfferResumed(), actor=actor)


def withdraw(kb: KnowledgeBase, offer: str, *, why: str, actor: Member) -> Offer:
    """Give it no longer. What was proposed with it and not agreed ends; that it was posted stays in its history."""
    require(actor, Role.MEMBER, WITHDRAW)
    body = keeping.made(OfferWithdrawn, "The offer was not withdrawn", why=why)
    with kb.records() as records:
        found = keeping.add(records, OFFER, offer, body, actor=actor)
        over.end_proposals(records, Over.OFFER, offer, actor=actor)
        return found


def offers(kb: KnowledgeBase, *, actor: Member, is_active: bool = False) -> list[Offer]:
    """Offers, the last posted first.

    Args:
        is_active: only those that take proposals.
    """
    found = keeping.everyone(kb, OFFER, actor=actor)
    return [each for each in found if not is_active or each.state is OfferState.ACTIVE]


def offer(kb: KnowledgeBase, id_: str, *, actor: Member) -> Offer:
    """One offer.

    Raises:
        NotFound: if there is none of that id.
    """
    return keeping.record(kb, OFFER, id_, actor=actor)

"""Needs are posted in any language, put in other words, withdrawn, and said to be answered."""

from __future__ import annotations

from collections.abc import Collection

from kb.peers.learning.match import Over
from kb.peers.learning.need import NEED, Need, NeedAnswered, NeedPosted, NeedRevised, NeedWithdrawn
from kb.peers.learning.parts import Because
from kb.peers.learning.seeks import Seeks
from kb.peers.learning.sought import Urgency
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping, over
from kb.services.learning.linking import check_because, check_still, partnership_meant
from kb.services.permission import Member, Role, require

POST, CHANGE, ANSWER, WITHDRAW = "post needs", "change needs", "say how needs were answered", "withdraw needs"


def post(
    kb: KnowledgeBase,
    title: str,
    text: str,
    *,
    seeks: Seeks | str,
    actor: Member,
    theme: str = "",
    place: str = "",
    instrument: str = "",
    practices: Collection[str] = (),
    language: str = "",
    languages: Collection[str] = (),
    urgency: Urgency | str = Urgency.NORMAL,
    partnership: str = "",
) -> Need:
    """Say what one looks for.

    Args:
        theme: slug of a theme.
        place: that it is wanted for, ISO 3166.
        instrument: plan, programme or law that it is to serve.
        practices: that it is about.
        language: of the text, as BCP 47 primary tag; empty: it is detected.
        languages: in which one can speak with the actor; empty: those that they read.

    Raises:
        InvalidEntry: with all that is wrong.
        NotFound: if there is no such practice or partnership.
    """
    require(actor, Role.MEMBER, POST)
    said = {"seeks": seeks, "theme": theme, "place": place, "instrument": instrument, "practices": tuple(practices),
            "languages": tuple(languages), "urgency": urgency, "partnership": partnership}  # fmt: skip
    language = language or kb.detector.detect(f"{title}. {text}")
    body = keeping.made(
        NeedPosted, "The need was not posted", by=keeping.party(actor), title=title, text=text, language=language, **said
    )
    body = body.model_copy(update={"partnership": partnership_meant(kb, body.partnership)})
    with kb.records() as records:
        check_because(kb, records, Because(practices=body.practices), actor=actor)
        return keeping.begin(records, NEED, body, actor=actor)


def revise(
    kb: KnowledgeBase,
    need: str,
    *,
    title: str,
    text: str,
    seeks: Seeks | str,
    actor: Member,
    theme: str = "",
    place: str = "",
    instrument: str = "",
    practices: Collection[str] = (),
    language: str = "",
    languages: Collection[str] = (),
    urgency: Urgency | str = Urgency.NORMAL,
    partnership: str = "",
) -> Need:
    """Say it in other words; all of it is said anew, as in :func:`post`. What was said before stays in its history."""
    require(actor, Role.MEMBER, CHANGE)
    said = {"seeks": seeks, "theme": theme, "place": place, "instrument": instrument, "practices": tuple(practices),
            "languages": tuple(languages), "urgency": urgency, "partnership": partnership}  # fmt: skip
    language = language or kb.detector.detect(f"{title}. {text}")
    body = keeping.made(
        NeedRevised, "The need was not changed", by=keeping.party(actor), title=title, text=text, language=language, **said
    )
    with kb.records() as records:
        check_because(kb, records, Because(practices=body.practices), actor=actor)
        so_far = keeping.within(records, NEED, need).posted.partnership
        body = body.model_copy(update={"partnership": partnership_meant(kb, body.partnership, so_far=so_far)})
        return keeping.add(records, NEED, need, body, actor=actor)


def answer(
    kb: KnowledgeBase, need: str, how: str, *, actor: Member, practices: Collection[str] = (), exchanges: Collection[str] = ()
) -> Need:
    """Say that one's own need is answered, how, and by which practices and exchanges. What was proposed for it and not agreed ends.

    Raises:
        NotFound: if there is no such need, practice or exchange.
        InvalidEntry: if it is somebody else's, or one of what is named belongs to the demonstration and the need does not.
        Conflict: if it is answered or withdrawn already.
    """
    require(actor, Role.MEMBER, ANSWER)
    refusal = "The need was not answered"
    because = keeping.made(Because, refusal, practices=tuple(practices), exchanges=tuple(exchanges))
    body = keeping.made(NeedAnswered, refusal, how=how, because=because)
    with kb.records() as records:
        check_still(kb, records, because, keeping.within(records, NEED, need), actor=actor)
        found = keeping.add(records, NEED, need, body, actor=actor)
        over.end_proposals(records, Over.NEED, need, actor=actor)
        return found


def withdraw(kb: KnowledgeBase, need: str, *, why: str, actor: Member) -> Need:
    """Look for it no longer. What was proposed for it and not agreed ends; that it was posted stays in its history."""
    require(actor, Role.MEMBER, WITHDRAW)
    body = keeping.made(NeedWithdrawn, "The need was not withdrawn", why=why)
    with kb.records() as records:
        found = keeping.add(records, NEED, need, body, actor=actor)
        over.end_proposals(records, Over.NEED, need, actor=actor)
        return found


def needs(kb: KnowledgeBase, *, actor: Member, is_wanted: bool = False) -> list[Need]:
    """Needs, the last posted first.

    Args:
        is_wanted: only those for which matches are still looked for.
    """
    found = keeping.everyone(kb, NEED, actor=actor)
    return [each for each in found if each.is_wanted or not is_wanted]


def need(kb: KnowledgeBase, id_: str, *, actor: Member) -> Need:
    """One need.

    Raises:
        NotFound: if there is none of that id.
    """
    return keeping.record(kb, NEED, id_, actor=actor)

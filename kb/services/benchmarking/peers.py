"""Practices that can be compared with one, by the basis that a person picks; nearest first, each with its reason.

No score is read here: who is near does not depend on how anybody was assessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.errors import KBError
from kb.peers.benchmark.comparable import Compared, by_context, by_size, by_theme, peer
from kb.peers.benchmark.reasons import Basis, Peer, TextsAlike, WhyNone
from kb.peers.contexts.distance import Distance, distance
from kb.retrieval.answer import MAX_HITS, Filters
from kb.retrieval.similar import SimilarDocument
from kb.services import contexts, similar, tagging
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.suggesting import sheet_path

LOOK = "compare practices"
NEAREST = 10


@dataclass(frozen=True)
class Comparables:
    """The practices that are nearest to one.

    Attributes:
        peers: nearest first; of those equally near, by name.
        why_none: where there are none.
        n_others: other practices whose sheets can be read.
        n_comparable: of these, with any nearness on this basis.
        copies: practices left out by text, since their sheets have nearly the same words: they would say the same again.
    """

    practice: str
    basis: Basis
    peers: tuple[Peer, ...]
    why_none: WhyNone | None
    n_others: int
    n_comparable: int
    copies: tuple[str, ...] = ()


def comparable(kb: KnowledgeBase, practice: str, basis: Basis, *, actor: Member, k: int = NEAREST) -> Comparables:
    """The ``k`` practices that are nearest to one on a basis.

    Raises:
        NotFound: if there is no practice of that name.
        UnusableIndex: by text, if there is nothing to compare with.
    """
    require(actor, Role.MEMBER, LOOK)
    kb.practices.read(practice)
    everyone = compared(kb, actor=actor)
    own = everyone.pop(practice, None)
    others = list(everyone.values())
    if own is None:
        return Comparables(practice, basis, (), WhyNone.UNREADABLE, len(others), 0)
    if basis is Basis.TEXT:
        return _by_text(kb, own, everyone, actor, k)
    if basis is Basis.THEME:
        found, why_none = by_theme(own, others)
    elif basis is Basis.SIZE:
        found, why_none = by_size(own, others)
    else:
        found, why_none = by_context(own, others, _apart(kb, own, others, actor))
    return Comparables(practice, basis, found[: max(0, k)], why_none, len(others), len(found))


def compared(kb: KnowledgeBase, *, actor: Member) -> dict[str, Compared]:
    """What is compared of every practice, by name; without those whose sheets cannot be read."""
    require(actor, Role.MEMBER, LOOK)
    tagged = tagging.tags_by_practice(kb, actor=actor)
    sheets = ((name, kb.practices.read(name).sheet) for name in tagged)
    return {name: Compared.of(sheet, tagged[name]) for name, sheet in sheets if sheet}


def _apart(kb: KnowledgeBase, own: Compared, others: Sequence[Compared], actor: Member) -> dict[tuple[str, str], Distance]:
    """Distances between the places of a practice and all other ones, as far as there are profiles."""
    try:
        indicators = contexts.asked(kb, actor=actor)
    except KBError:  # faulty or absent indicators: nothing can be compared, and the page of contexts says why
        return {}
    profiles = contexts.profiles(kb, actor=actor)
    there = {place for each in others for place in each.places if place in profiles}
    everyone = tuple(profiles.values())
    return {
        (here, place): distance(profiles[here], profiles[place], indicators, everyone)
        for here in own.places
        if here in profiles
        for place in there
    }


def _by_text(kb: KnowledgeBase, own: Compared, others: Mapping[str, Compared], actor: Member, k: int) -> Comparables:
    sheets = {document.path: document for document in visible_documents(kb.catalog, actor).values()}
    own_sheet = sheets.get(sheet_path(own.practice))
    named = {sheets[path].id: name for name in others if (path := sheet_path(name)) in sheets}
    if own_sheet is None or not named:
        return Comparables(own.practice, Basis.TEXT, (), WhyNone.NO_TEXT if others else WhyNone.ALONE, len(others), 0)
    within = Filters(documents=tuple(sorted(named)))
    wanted = min(max(1, k), MAX_HITS)
    found = similar.more_like_document(kb, own_sheet.id, actor=actor, k=wanted, filters=within)
    peers = [_alike(others[named[each.document.id]], each) for each in found.found]
    return Comparables(
        own.practice,
        Basis.TEXT,
        tuple(sorted(peers, key=lambda each: -each.nearness)),
        None if peers else WhyNone.NO_TEXT,
        len(others),
        len(named) - len(found.left_out),
        copies=tuple(sorted(named[each.id] for each in found.left_out)),
    )


def _alike(other: Compared, found: SimilarDocument) -> Peer:
    """Nearness rises with the score, and stays below 1."""
    z = max(0.0, found.score)
    return peer(other, z / (1 + z), TextsAlike(found.score, found.pairs))

"""Offers for a need, and needs for an offer: by meaning and by rules, each with its reasons. Nothing is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.errors import InvalidEntry, NotFound
from kb.peers.contexts.place import country_of
from kb.peers.learning.match import MATCH, Match
from kb.peers.learning.match_reasons import Obstacle, Reason
from kb.peers.learning.matching import (
    MIN_OTHER_COUNTRIES,
    Fit,
    Known,
    Nearness,
    fit,
    may_meet,
    n_served,
    other_countries,
    shortlist,
)
from kb.peers.learning.need import NEED, Need
from kb.peers.learning.offer import OFFER, Offer, OfferState
from kb.peers.learning.spellings import Spellings
from kb.services import contexts
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.spelling import spellings
from kb.services.learning.text_vectors import passage_vectors_of
from kb.services.permission import Member, Role, require
from kb.services.question_vectors import vectors_of
from kb.services.records import name_key

LOOK = "look for matches"
MIN_KNOWN = 4  # other places whose distance is known: of fewer, half say nothing about what is near


@dataclass(frozen=True)
class Candidate:
    """An offer for a need.

    Attributes:
        score: comparable within its list only.
        match: id of the match of the two that is proposed or agreed already; empty: there is none.
    """

    offer: Offer
    score: float
    reasons: tuple[Reason, ...]
    obstacles: tuple[Obstacle, ...]
    match: str = ""


@dataclass(frozen=True)
class Candidates:
    """Offers for a need, best first; those in whose way something serious stands come last.

    Attributes:
        n_other_countries: countries of their hosts, other than the seeker's.
        n_all: active offers that could be matched at all.
    """

    need: Need
    candidates: tuple[Candidate, ...]
    n_other_countries: int
    n_all: int

    @property
    def has_other_countries(self) -> bool:
        """Whether they are of two other countries at least, as peer reviews ask for."""
        return self.n_other_countries >= MIN_OTHER_COUNTRIES


@dataclass(frozen=True)
class NeedCandidate:
    """A need for an offer; as :class:`Candidate`."""

    need: Need
    score: float
    reasons: tuple[Reason, ...]
    obstacles: tuple[Obstacle, ...]
    match: str = ""


def candidates(kb: KnowledgeBase, need_id: str, *, actor: Member, k: int = 10) -> Candidates:
    """Offers for a need.

    Raises:
        NotFound: if there is no such need.
        InvalidEntry: if ``k`` is not positive.
    """
    _check(actor, k)
    around = _around(kb, actor)
    need = keeping.record(kb, NEED, need_id, actor=actor)
    offers = [each for each in around.offers if each.state is OfferState.ACTIVE and may_meet(need, each, around.called)]
    fits = _fits(kb, around, [(need, each) for each in offers], actor)
    countries = [each.posted.by.country for each in offers]
    best = shortlist(list(zip(countries, fits, strict=True)), k=k, home=need.posted.by.country)
    found = tuple(
        Candidate(offers[at], fits[at].score, fits[at].reasons, fits[at].obstacles, around.match_of(need.id, offers[at].id))
        for at in best
    )
    n_other = len(other_countries((countries[at] for at in best), need.posted.by.country))
    return Candidates(need, found, n_other, len(offers))


def for_offer(kb: KnowledgeBase, offer_id: str, *, actor: Member, k: int = 10) -> tuple[NeedCandidate, ...]:
    """Needs for an offer, the one that it fits best first; those in whose way something serious stands come last.

    Raises:
        NotFound: if there is no such offer.
        InvalidEntry: if ``k`` is not positive.
    """
    _check(actor, k)
    around = _around(kb, actor)
    offer = keeping.record(kb, OFFER, offer_id, actor=actor)
    needs = [each for each in around.needs if each.is_wanted and may_meet(each, offer, around.called)]
    fits = _fits(kb, around, [(each, offer) for each in needs], actor)
    best = sorted(range(len(needs)), key=lambda at: (fits[at].is_hindered, -fits[at].score, at))[:k]
    return tuple(
        NeedCandidate(needs[at], fits[at].score, fits[at].reasons, fits[at].obstacles, around.match_of(needs[at].id, offer.id))
        for at in best
    )


def fit_of(kb: KnowledgeBase, need: Need, offer: Offer, *, actor: Member) -> Fit:
    """How well one offer fits one need, among all that are active."""
    require(actor, Role.MEMBER, LOOK)
    around = _around(kb, actor)
    active = (each for each in around.offers if each.id != offer.id and each.state is OfferState.ACTIVE)
    others = [each for each in active if may_meet(need, each, around.called)]
    return _fits(kb, around, [(need, each) for each in (offer, *others)], actor)[0]


def said_by(posted: Need | Offer) -> str:
    """The words of a need or an offer, as they are compared."""
    return f"{posted.posted.title}. {posted.posted.text}"


@dataclass(frozen=True)
class _Around:
    """Everything that rules look at.

    Attributes:
        reads: key of a member's name → languages that they read.
        called: which names are those of one organisation.
    """

    needs: Sequence[Need]
    offers: Sequence[Offer]
    matches: Sequence[Match]
    reads: Mapping[str, tuple[str, ...]]
    called: Spellings

    def match_of(self, need: str, offer: str) -> str:
        of_both = (each.id for each in self.matches if each.is_alive and (each.proposed.need, each.proposed.offer) == (need, offer))
        return next(of_both, "")


def _around(kb: KnowledgeBase, actor: Member) -> _Around:
    needs, offers = keeping.everyone(kb, NEED, actor=actor), keeping.everyone(kb, OFFER, actor=actor)
    with kb.records() as records:
        reads = {each.key: each.languages for each in records.members.everyone()}
    return _Around(needs, offers, keeping.everyone(kb, MATCH, actor=actor), reads, spellings(kb))


def _fits(kb: KnowledgeBase, around: _Around, pairs: Sequence[tuple[Need, Offer]], actor: Member) -> list[Fit]:
    """Of each pair of a need and an offer; all are of one need, or of one offer."""
    if not pairs:
        return []
    encoder = kb.encoder()
    asked = {need.id: vectors_of(encoder).of(said_by(need), encoder, (said_by(each) for each, _ in pairs)) for need, _ in pairs}
    given = passage_vectors_of(encoder).of([said_by(offer) for _, offer in pairs], encoder)
    meanings = [float(np.dot(asked[need.id], vector)) for (need, _), vector in zip(pairs, given, strict=True)]
    places = {at: place for place, at in enumerate(sorted(range(len(pairs)), key=lambda at: -meanings[at]), 1)}
    near = _nearness(kb, pairs, actor)
    return [
        fit(
            need,
            offer,
            Known(
                meanings[at],
                places[at],
                len(pairs),
                _reads(around, need),
                _reads(around, offer),
                n_served(offer.id, (each for each in around.matches if each.proposed.need != need.id)),  # the others
                near.get((_place_of(need), offer.posted.by.country)),
            ),
        )
        for at, (need, offer) in enumerate(pairs)
    ]


def _reads(around: _Around, of: Need | Offer) -> tuple[str, ...]:
    return around.reads.get(name_key(of.posted.by.name), ())


def _place_of(need: Need) -> str:
    return need.posted.place or need.posted.by.country


def _nearness(kb: KnowledgeBase, pairs: Iterable[tuple[Need, Offer]], actor: Member) -> dict[tuple[str, str], Nearness]:
    """Place of a need and country of an offer → how far they are apart, where both have a profile; the own country is left out."""
    wanted = {(_place_of(need), offer.posted.by.country) for need, offer in pairs}
    there = set(kb.contexts.places())
    found: dict[tuple[str, str], Nearness] = {}
    for place in {place for place, country in wanted if place in there and country in there}:
        apart = _distances(kb, place, actor, there)
        middle = float(np.median(list(apart.values()))) if apart else 0.0
        for country in {country for its, country in wanted if its == place and country in apart and country != country_of(place)}:
            found[place, country] = Nearness(
                place, country, apart[country], is_near=len(apart) >= MIN_KNOWN and apart[country] <= middle
            )
    return found


def _distances(kb: KnowledgeBase, place: str, actor: Member, there: Collection[str]) -> dict[str, float]:
    try:
        nearest = contexts.nearest(kb, place, actor=actor, k=len(there))
    except (InvalidEntry, NotFound):  # a file with faults says nothing about nearness; its own page tells of them
        return {}
    return {name: distance.value for name, distance in nearest if distance.value is not None}


def _check(actor: Member, k: int) -> None:
    require(actor, Role.MEMBER, LOOK)
    if k < 1:
        raise InvalidEntry(f"At least 1 candidate has to be wanted, and {k} are.")

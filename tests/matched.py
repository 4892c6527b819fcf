"""Needs, offers and matches as values, to reckon with: each with as little said as can be, unless a test says more."""

from __future__ import annotations

from typing import Any

from kb.peers.learning.match import MATCH, Match, MatchAccepted, MatchDone, MatchProposed
from kb.peers.learning.need import NEED, Need, NeedPosted
from kb.peers.learning.offer import OFFER, Offer, OfferPosted
from kb.peers.learning.parts import Party
from kb.peers.learning.record import Body, Event

SEEKER = Party(name="ann", organisation="House of Ann", country="PT")
HOST = Party(name="bo", organisation="House of Bo", country="FR")
AT = "2026-11-22T10:00:00+00:00"


def a_need(id_: str = "need-1", *, by: Party = SEEKER, is_demo: bool = False, **said: Any) -> Need:
    body = NeedPosted(**{"by": by, "title": "Bees", "text": "How do others keep bees?", "seeks": "knowledge", **said})
    return NEED.fold(id_, [Event(1, by.name, AT, body, is_demo)])


def an_offer(id_: str = "offer-1", *, by: Party = HOST, is_demo: bool = False, **said: Any) -> Offer:
    body = OfferPosted(**{"by": by, "title": "Bees", "text": "We keep bees.", "gives": ("knowledge",), **said})
    return OFFER.fold(id_, [Event(1, by.name, AT, body, is_demo)])


def a_match(id_: str, offer: str, *, is_accepted: bool = False, is_done: bool = False) -> Match:
    bodies: list[Body] = [MatchProposed(by=SEEKER, need="need-1", offer=offer, seeker=SEEKER, host=HOST, consents=("ann",))]
    bodies += [MatchAccepted(by=HOST)] if is_accepted or is_done else []
    bodies += [MatchDone(what="we met")] if is_done else []
    return MATCH.fold(id_, [Event(seq, "ann", AT, body) for seq, body in enumerate(bodies, 1)])

"""Needs, offers and matches as tables to take along."""

from __future__ import annotations

from collections.abc import Collection

from kb.peers.learning.match import Match
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.services.citing import Exported
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import matches, needs, offers
from kb.services.permission import Member, Role, require
from kb.services.tables import Cell, TableFormat

TAKE = "take needs, offers and matches along"
NEED_COLUMNS = (
    "need", "state", "title", "text", "seeks", "urgency", "theme", "place", "instrument", "practices", "language", "languages",
    "member", "organisation", "country", "partnership", "posted_on", "changed_on", "answered", "demonstration",
)  # fmt: skip
OFFER_COLUMNS = (
    "offer", "state", "title", "text", "gives", "formats", "capacity", "theme", "practices", "language", "languages", "member",
    "organisation", "country", "partnership", "posted_on", "changed_on", "demonstration",
)  # fmt: skip
MATCH_COLUMNS = (
    "match", "state", "need", "offer", "seeker", "seeker_organisation", "seeker_country", "host", "host_organisation",
    "host_country", "proposed_by", "proposed_on", "waits_for", "changed_on", "demonstration",
)  # fmt: skip


def export_needs(kb: KnowledgeBase, form: TableFormat, *, actor: Member, only: Collection[str] | None = None) -> Exported:
    """Needs, a row each.

    Args:
        only: ids of those that are wanted; ``None``: all.
    """
    require(actor, Role.MEMBER, TAKE)
    found = [each for each in needs.needs(kb, actor=actor) if only is None or each.id in only]
    return Exported(f"needs-{today()}.{form}", form.media_type, kb.tables.write([NEED_COLUMNS, *map(_need, found)], form))


def export_offers(kb: KnowledgeBase, form: TableFormat, *, actor: Member, only: Collection[str] | None = None) -> Exported:
    """Offers, a row each; ``only`` as in :func:`export_needs`."""
    require(actor, Role.MEMBER, TAKE)
    found = [each for each in offers.offers(kb, actor=actor) if only is None or each.id in only]
    return Exported(f"offers-{today()}.{form}", form.media_type, kb.tables.write([OFFER_COLUMNS, *map(_offer, found)], form))


def export_matches(kb: KnowledgeBase, form: TableFormat, *, actor: Member, only: Collection[str] | None = None) -> Exported:
    """Matches, a row each; ``only`` as in :func:`export_needs`."""
    require(actor, Role.MEMBER, TAKE)
    found = [each for each in matches.matches(kb, actor=actor) if only is None or each.id in only]
    return Exported(f"matches-{today()}.{form}", form.media_type, kb.tables.write([MATCH_COLUMNS, *map(_match, found)], form))


def _need(each: Need) -> tuple[Cell, ...]:
    said, by = each.posted, each.posted.by
    return (
        each.id, each.state, said.title, said.text, said.seeks, said.urgency, said.theme, said.place, said.instrument,
        _several(said.practices), said.language, _several(said.languages), by.name, by.organisation, by.country, said.partnership,
        each.begun_on, each.changed_on, each.answered.how if each.answered else "", _yes(is_so=each.is_demo),
    )  # fmt: skip


def _offer(each: Offer) -> tuple[Cell, ...]:
    said, by = each.posted, each.posted.by
    return (
        each.id, each.state, said.title, said.text, _several(said.gives), _several(said.formats), said.capacity, said.theme,
        _several(said.practices), said.language, _several(said.languages), by.name, by.organisation, by.country, said.partnership,
        each.begun_on, each.changed_on, _yes(is_so=each.is_demo),
    )  # fmt: skip


def _match(each: Match) -> tuple[Cell, ...]:
    said = each.proposed
    return (
        each.id, each.state, said.need, said.offer, said.seeker.name, said.seeker.organisation, said.seeker.country, said.host.name,
        said.host.organisation, said.host.country, said.by.name, each.begun_on, each.waits_for, each.changed_on,
        _yes(is_so=each.is_demo),
    )  # fmt: skip


def _several(values: Collection[str]) -> str:
    return " ".join(values)


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else ""

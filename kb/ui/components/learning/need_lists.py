"""Lists of needs, offers and matches, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.peers.learning.match import Match
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.ui import hrefs, learning_words, matching_words, plain, state, words
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _, ngettext


def show_needs(found: Sequence[Need], *, n_all: int) -> None:
    """Draw a table of needs."""
    nothing = _("No need is posted yet. Say what you look for: others see it, and offers that fit it are found.")
    if not _is_drawn(len(found), n_all, nothing):
        return
    caption = ngettext("{n} need, the last posted first", "{n} needs, the last posted first", len(found))
    headers = (_("Need"), _("What is sought"), _("By whom"), _("State"), _("Posted"))
    with st.container(key="learning_needs"):
        plain.table(caption.format(n=words.number(len(found))), headers, map(_need, found), as_cards=True)


def show_offers(found: Sequence[Offer], *, n_all: int) -> None:
    """Draw a table of offers."""
    if not _is_drawn(len(found), n_all, _("No offer is posted yet. Say what you can give: needs that it fits are found.")):
        return
    caption = ngettext("{n} offer, the last posted first", "{n} offers, the last posted first", len(found))
    headers = (_("Offer"), _("What is given"), _("By whom"), _("State"), _("Posted"))
    with st.container(key="learning_offers"):
        plain.table(caption.format(n=words.number(len(found))), headers, map(_offer, found), as_cards=True)


def show_matches(found: Sequence[Match], needs: Mapping[str, Need], offers: Mapping[str, Offer], *, n_all: int) -> None:
    """Draw a table of matches.

    Args:
        needs: id → need; so ``offers``.
    """
    if not _is_drawn(len(found), n_all, _("Nobody is matched yet. Open a need to see the offers that fit it, and propose one.")):
        return
    caption = ngettext("{n} match, the last proposed first", "{n} matches, the last proposed first", len(found))
    headers = (_("Need and offer"), _("Seeker"), _("Host"), _("State"), _("Proposed"))
    with st.container(key="learning_matches"):
        rows = (_match(each, needs, offers) for each in found)
        plain.table(caption.format(n=words.number(len(found))), headers, rows, as_cards=True)


def _is_drawn(n: int, n_all: int, nothing: str) -> bool:
    """Whether there is anything to draw; says why not."""
    if not n_all:
        st.info(nothing, icon=":material/handshake:")
    elif not n:
        st.info(_("Nothing fits these filters."), icon=":material/filter_alt:")
    return n > 0


def _need(each: Need) -> tuple[str, ...]:
    theme = words.theme(each.posted.theme) if each.posted.theme else ""
    return (
        _linked(each.id, each.posted.title, is_demo=each.is_demo),
        plain.cell(matching_words.seeks(each.posted.seeks), second_line=theme),
        _who(each),
        plain.cell(learning_words.state_word(each.state), second_line=matching_words.urgency(each.posted.urgency)),
        plain.cell(words.day(each.begun_on)),
    )


def _offer(each: Offer) -> tuple[str, ...]:
    theme = words.theme(each.posted.theme) if each.posted.theme else ""
    return (
        _linked(each.id, each.posted.title, is_demo=each.is_demo),
        plain.cell(" · ".join(map(matching_words.seeks, each.posted.gives)), second_line=theme),
        _who(each),
        plain.cell(learning_words.state_word(each.state)),
        plain.cell(words.day(each.begun_on)),
    )


def _match(each: Match, needs: Mapping[str, Need], offers: Mapping[str, Offer]) -> tuple[str, ...]:
    told = each.proposed
    both = f"{matching_words.title_of(needs, told.need)} ⇄ {matching_words.title_of(offers, told.offer)}"
    return (
        _linked(each.id, both, is_demo=each.is_demo),
        plain.cell(told.seeker.name, second_line=_from(told.seeker.organisation, told.seeker.country)),
        plain.cell(told.host.name, second_line=_from(told.host.organisation, told.host.country)),
        plain.cell(learning_words.state_word(each.state), second_line=matching_words.waits(each, state.actor().name)),
        plain.cell(words.day(each.begun_on)),
    )


def _linked(id_: str, title: str, *, is_demo: bool) -> str:
    return plain.link(title, hrefs.thing(id_)) + plain.note(demonstration.words(is_demo=is_demo))


def _who(each: Need | Offer) -> str:
    by = each.posted.by
    return plain.cell(by.organisation or by.name, second_line=_from(by.name if by.organisation else "", by.country))


def _from(what: str, country: str) -> str:
    return ", ".join(part for part in (what, words.country(country) if country else "") if part)

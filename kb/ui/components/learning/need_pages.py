"""The page of one need, one offer or one match, from its title to its history."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.offer import OfferState
from kb.services.learning import matches, matching, needs, offers
from kb.ui import matching_words, state
from kb.ui.components.learning import common, match_candidates, match_one, need_one
from kb.ui.components.learning.match_one import Things
from kb.ui.i18n import _


def show_need(id_: str, things: Things) -> None:
    """Draw a need, its matches, and the offers that fit it while it is open."""
    kb, actor = state.kb(), state.actor()
    found = needs.need(kb, id_, actor=actor)
    need_one.show(found)
    need_one.show_tools(found)
    match_one.show_of(matches.matches(kb, actor=actor, need=id_), things)
    if found.is_wanted:
        with st.spinner(_("Looking for offers …")):
            candidates = matching.candidates(kb, id_, actor=actor)
        match_candidates.show_offers(candidates)
    common.show_history(found, matching_words.detail)


def show_offer(id_: str, things: Things) -> None:
    """Draw an offer, its matches, and the needs that it fits while it takes proposals."""
    kb, actor = state.kb(), state.actor()
    found = offers.offer(kb, id_, actor=actor)
    need_one.show(found)
    need_one.show_tools(found)
    match_one.show_of(matches.matches(kb, actor=actor, offer=id_), things)
    if found.state is OfferState.ACTIVE:
        with st.spinner(_("Looking for needs …")):
            wanted = matching.for_offer(kb, id_, actor=actor)
        match_candidates.show_needs(found, wanted)
    common.show_history(found, matching_words.detail)


def show_match(id_: str, things: Things) -> None:
    """Draw a match and what the reader can decide."""
    found = matches.match(state.kb(), id_, actor=state.actor())
    match_one.show(found, things)
    match_one.show_deciding(found)
    common.show_history(found, matching_words.detail)

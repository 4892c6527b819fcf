"""Needs and offers: what partners look for and can give, who fits whom and why, and what each match waits for."""

from collections.abc import Sequence

import streamlit as st

from kb.services.learning import matches, needs, offers
from kb.ui import address, state
from kb.ui.components.learning import match_one, need_controls, need_downloads, need_forms, need_lists, need_pages
from kb.ui.components.learning.need_controls import MATCH, MATCHES, NEED, NEEDS, OFFER, OFFERS
from kb.ui.i18n import _

address.follow("needs", need_controls.fields())
kb, actor = state.kb(), state.actor()
all_needs, all_offers = needs.needs(kb, actor=actor), offers.offers(kb, actor=actor)
things = {each.id: each for each in all_needs}, {each.id: each for each in all_offers}

for kind, show in ((MATCH, need_pages.show_match), (NEED, need_pages.show_need), (OFFER, need_pages.show_offer)):  # one
    if st.session_state[kind]:
        need_controls.keep()
        need_controls.publish()
        need_controls.show_way_back()
        show(st.session_state[kind], things)
        st.stop()

st.title(_("Needs and offers"), anchor=False)
st.markdown(
    _("What partners look for and can give. Who fits whom is found by meaning and by rules; nobody is matched without consent.")
)

all_matches = matches.matches(kb, actor=actor)
match_one.show_waiting([each for each in all_matches if each.waits_for == actor.name], things)
lists: dict[str, Sequence[need_controls.Thing]] = {NEEDS: all_needs, OFFERS: all_offers, MATCHES: all_matches}
view = need_controls.show_views({name: len(each) for name, each in lists.items()})

if view == NEEDS:
    need_forms.show_post_need(is_first=not all_needs)
if view == OFFERS:
    need_forms.show_post_offer(is_first=not all_offers)
if lists[view]:
    need_controls.show_filters(view, lists[view])
shown = need_controls.chosen(view, lists[view])

if view == NEEDS:
    need_lists.show_needs(shown, n_all=len(all_needs))
elif view == OFFERS:
    need_lists.show_offers(shown, n_all=len(all_offers))
else:
    need_lists.show_matches(shown, *things, n_all=len(all_matches))
need_downloads.show(view, [each.id for each in shown])
need_controls.publish()

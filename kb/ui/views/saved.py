"""Saved searches: what is new in them since the last look."""

import streamlit as st

from kb.services import saved_searches
from kb.ui import address, state
from kb.ui.components import answer, chosen, saved_answer, saved_list, verdict
from kb.ui.components.saved_list import SAVED
from kb.ui.i18n import _

address.follow("saved", {SAVED: address.one})
wanted = st.session_state[SAVED]
address.publish("saved", **{SAVED: wanted})

if not wanted:  # the list
    st.title(_("Saved searches"), anchor=False)
    saved = saved_searches.saved_searches(state.kb(), actor=state.actor())
    if saved:
        saved_list.show(saved)
    else:
        saved_list.show_nothing_saved()
    st.stop()

saved_list.show_way_back()
visit = state.visit(saved_searches.saved_search(state.kb(), saved_list.id_of(wanted), actor=state.actor()))
saved_answer.show_head(visit)
chosen.show_panel()
if not visit.result.hits:
    answer.show_nothing_found(visit.result, saved_answer.filters_of(visit.saved), is_asked_here=False)
    st.stop()
answer.show(visit.result, verdict.marks(visit.saved.question), new=visit.new, is_asked_here=False)

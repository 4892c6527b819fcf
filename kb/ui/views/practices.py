"""Practices: what peers did, to find, to choose among, and to set side by side."""

import streamlit as st

from kb.peers.selection import counted
from kb.services import practice_finding
from kb.ui import address, state
from kb.ui.components import compare_basket, comparison, practice_filters, practice_list
from kb.ui.components.aside import aside
from kb.ui.components.compare_basket import COMPARED
from kb.ui.components.practice_list import CARDS, MAP, QUESTION, TABLE, VIEW
from kb.ui.i18n import _

choices = {QUESTION: address.one, VIEW: address.among(CARDS, TABLE, MAP), COMPARED: address.many, **practice_filters.fields()}
address.follow("practices", choices)
question, view, wanted = st.session_state[QUESTION].strip(), st.session_state[VIEW], practice_filters.chosen()
compared = list(st.session_state[COMPARED])
said = {QUESTION: question, VIEW: "" if view == CARDS else view, COMPARED: compared}
address.publish("practices", **said, **practice_filters.values())
everything = practice_finding.browse(state.kb(), actor=state.actor())

if compared:  # some of them side by side
    comparison.show(comparison.wanted(compared, [each.listed for each in everything]))
    st.stop()

st.title(_("Practices"), anchor=False)
st.markdown(_("What peers did, what came of it, and what others can take over; each claim with its source."))

if not everything:  # no sheet yet
    practice_list.show_none()
    st.stop()

practice_list.show_controls()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="practice_tools"):
    practice_list.show_new()
    compare_basket.show_panel(is_there=True)
practice_filters.show_chosen()

with st.spinner(_("Searching …")):
    best = state.practices_about(question) if question else None
candidates = practice_list.ordered(everything, best)
with aside():
    practice_filters.show(counted([each.traits for each in candidates], wanted))

found = practice_list.chosen(candidates, wanted)
if not found:  # asked or filtered, nothing fits
    practice_list.show_nothing_found(everything, practice_filters.spelled(wanted))
    st.stop()

if question:
    practice_list.show_unsearchable(everything)
practice_list.show(found, best or {}, view)

"""Contexts: what is known about a place, with its sources; how far places are apart; what is done there."""

import streamlit as st

from kb.services import contexts, practices
from kb.ui import address, i18n, links, state
from kb.ui.components.cited_text import CitedText
from kb.ui.components.contexts import apart, known, nearest, place_head, place_list, there
from kb.ui.i18n import _

address.follow("contexts", {links.PLACE: address.one, links.BESIDE: address.one})
kb, actor = state.kb(), state.actor()
listed = {each.place: each for each in contexts.contexts(kb, actor=actor)}
profiles = {place: each.profile for place, each in listed.items() if each.profile and not each.faults}
place, beside = st.session_state[links.PLACE], st.session_state[links.BESIDE]
beside = beside if place in profiles and beside in profiles and beside != place else ""

if place in listed:
    address.publish("contexts", **{links.PLACE: place, links.BESIDE: beside})

if beside:  # two side by side
    one, other = (contexts.context(kb, each, actor=actor) for each in (place, beside))
    apart.show(one, other, contexts.distance(kb, place, beside, actor=actor))
    st.stop()

if place in profiles:  # one
    found = contexts.context(kb, place, actor=actor)
    about = contexts.documents_about(kb, place, actor=actor)
    cited = CitedText(found.profile, i18n.current())
    place_head.show_way_back()
    place_head.show_sections()
    place_head.show(found)
    place_head.show_tools(found, profiles)
    known.show(found, cited)
    nearest.show(contexts.nearest(kb, place, actor=actor, k=6), profiles, found.indicators)
    there.show_practices(found.profile, practices.practices(kb, actor=actor))
    there.show_documents(found.profile, about)
    there.show_sources(about, cited)
    st.stop()

if place in listed:  # a fault keeps it from being used
    place_head.show_way_back()
    st.title(place, anchor=False)
    place_list.show_faults(listed[place].faults)
    st.stop()

st.title(_("Contexts"), anchor=False)
st.markdown(_("What is known about the places from which practices come and to which they may go; each fact with its source."))
if not listed:  # no file yet
    place_list.show_none()
    st.stop()

place_list.show_unknown(place)
address.publish("contexts", **{links.PLACE: "", links.BESIDE: ""})
indicators = contexts.asked(kb, actor=actor) if profiles else None
if indicators:
    place_list.show_map(profiles, indicators)
place_list.show(list(listed.values()), indicators)

"""Transfer: would a practice work in another place? All tests at a glance, by place, or by practice."""

import streamlit as st

from kb.services import taking_overviews
from kb.services.transferring import listing, matrix, ranking
from kb.ui import address, state, transferring_words
from kb.ui.components import overview_downloads, practice_list
from kb.ui.components.contexts import place_list
from kb.ui.components.transferring import controls, downloads, heatmap, naming, open_form, ranked, untested, waiting, where_map
from kb.ui.components.transferring.controls import FROM, INTO
from kb.ui.i18n import _

address.follow("transfers", controls.fields())

st.title(_("Transfer"), anchor=False)
st.markdown(_("Would a practice work elsewhere? Tests say what peers anticipate, how much is known, and what stands in the way."))

everything = matrix.matrix(state.kb(), actor=state.actor())
if not everything.practices:  # no sheet yet
    practice_list.show_none()
    st.stop()

if not everything.targets:  # no context profile yet
    place_list.show_none()
    st.stop()

profiles = transferring_words.places()
titles = naming.titles(everything.practices)
places = naming.places(everything.targets, profiles)

waiting.show(listing.awaited(state.kb(), actor=state.actor()), profiles)
open_form.show(titles, places, profiles)
mode = controls.show_modes()

if mode == INTO:  # target first
    target = controls.show_target(places)
    controls.publish()
    if not target:
        st.info(_("Choose a country or region to see what could work there."), icon=":material/public:")
        st.stop()
    with st.spinner(_("Computing …")):
        there = ranking.could_work_in(state.kb(), target, actor=state.actor())
    ranked.show_practices(there, titles, profiles)
    untested.show_practices(there, everything, titles, profiles)
    overview_downloads.show(taking_overviews.export_could_work, "could_work", target)
    st.stop()

if mode == FROM:  # practice first
    practice = controls.show_practice(titles)
    controls.publish()
    if not practice:
        st.info(_("Choose a practice to see where it could work."), icon=":material/handshake:")
        st.stop()
    with st.spinner(_("Computing …")):
        elsewhere = ranking.where_could_work(state.kb(), practice, actor=state.actor())
    where_map.show(elsewhere, profiles)
    ranked.show_places(elsewhere, profiles)
    untested.show_places(elsewhere, everything, profiles)
    overview_downloads.show(taking_overviews.export_where_work, "where_work", practice)
    st.stop()

heatmap.show(everything, titles, places)
if everything.cells:
    downloads.show_matrix(titles, places)
controls.publish()

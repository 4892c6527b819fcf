"""Library: every document, where it is about and when it was written."""

import streamlit as st

from kb.services import library
from kb.ui import address, state
from kb.ui.components import document_list, faces, filters, overview
from kb.ui.components.aside import aside
from kb.ui.components.document_list import CARDS, TABLE, TITLE, VIEW
from kb.ui.i18n import _

address.follow("library", {TITLE: address.one, VIEW: address.among(CARDS, TABLE), **filters.fields("l")})

st.title(_("Library"), anchor=False)

everything = state.documents()
if not everything:  # nothing ingested yet
    faces.nothing_yet()
    st.stop()

with aside():
    filters.show_all("l", library.facets(everything, filters.chosen("l")))
filters.show_chosen("l")

document_list.show_controls()
title, view = st.session_state[TITLE].strip(), st.session_state[VIEW]
address.publish("library", **{TITLE: title, VIEW: "" if view == CARDS else view}, **filters.values("l"))

documents = document_list.with_title(state.documents(filters.chosen("l")), title)
if not documents:
    st.warning(_("No document matches these filters."), icon=":material/search_off:")
    st.stop()

overview.show(documents)
document_list.show(documents, view)

"""Assessments: what waits for me, what is open, what was concluded, and which scores have to be looked at again."""

import streamlit as st

from kb.services.assessing import listing
from kb.services.permission import Role
from kb.ui import address, state
from kb.ui.components.aside import aside
from kb.ui.components.assessing import assessment_list, list_filters, open_form, stale_scores, waiting
from kb.ui.i18n import _

address.follow("assessments", list_filters.fields())

st.title(_("Assessments"), anchor=False)
st.markdown(_("Several reviewers score a practice, each alone and with evidence; then the owner replies, and the panel agrees."))

everything = listing.assessments(state.kb(), actor=state.actor())
is_facilitator = Role.FACILITATOR in state.actor().roles

if not everything:  # none was ever opened
    assessment_list.show_none(is_facilitator=is_facilitator)
    if is_facilitator:
        open_form.show(is_first=True)
    st.stop()

waiting.show(listing.tasks(state.kb(), actor=state.actor()), everything)
if is_facilitator:
    open_form.show(is_first=False)

with aside():
    list_filters.show(everything)
list_filters.show_chosen(everything)
address.publish("assessments", **list_filters.values())

found = list_filters.chosen(everything)
if not found:
    st.warning(_("No assessment matches these filters."), icon=":material/search_off:")
    st.stop()

assessment_list.show_open(found)
assessment_list.show_concluded(found)
stale_scores.show_all(found)
assessment_list.show_unsupported(found)
assessment_list.show_cancelled(found)

"""Reconcile: what each reviewer says, side by side; what the panel agrees on; what it comes to."""

import streamlit as st

from kb.services.assessing import reconciling, viewing
from kb.ui import address, links, state
from kb.ui.components.assessing import conclude, reconcile_head, reconcile_items, result, stage_grid
from kb.ui.i18n import _

address.follow("reconcile", {links.ASSESSMENT_ID: address.one, links.ITEM: address.one})

assessment_id = st.session_state[links.ASSESSMENT_ID]
if not assessment_id:  # opened without an assessment
    st.title(_("Reconcile"), anchor=False)
    st.info(_("No assessment was chosen. Find yours in the list of all."), icon=":material/info:")
    links.back_to("assessments", links.ASSESSMENTS, _("All assessments"))
    st.stop()

links.back_to_assessment(assessment_id)
address.publish("reconcile", **{links.ASSESSMENT_ID: assessment_id, links.ITEM: st.session_state[links.ITEM]})
view = viewing.assessment(state.kb(), assessment_id, actor=state.actor())
reconcile_head.show(view)

if not view.assessment.reviews:  # none is there, or none may be seen
    reconcile_head.show_nothing(view)
    st.stop()

sides = reconciling.sides(state.kb(), assessment_id, actor=state.actor())
reconcile_items.show_list(sides)
reconcile_head.show_standing(view, sides)
reconcile_items.show(view, sides)
result.show(view)
stage_grid.show(view.rubric, view.outcome)
conclude.show(view, sides)

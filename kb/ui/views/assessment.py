"""Assessment: how far it is, who reviews, what they came to and on what evidence, and what I can do now."""

import streamlit as st

from kb.services.assessing import viewing
from kb.ui import address, links, state
from kb.ui.components.assessing import (
    assessment_head,
    assessment_past,
    downloads,
    evidence_list,
    my_part,
    outcome_table,
    owner_reply,
    panel,
    result,
    stale_scores,
    what_was_said,
)
from kb.ui.components.assessing.evidence_list import Numbered
from kb.ui.i18n import _

address.follow("assessment", {links.ASSESSMENT_ID: address.one})
links.back_to("assessments", links.ASSESSMENTS, _("All assessments"))

name = st.session_state[links.ASSESSMENT_ID]
if not name:  # opened without an assessment
    st.info(_("No assessment was chosen. Find one in the list of all."), icon=":material/info:")
    st.stop()

view = viewing.assessment(state.kb(), name, actor=state.actor())
address.publish("assessment", **{links.ASSESSMENT_ID: name})

assessment_head.show_list_of_sections(view)
assessment_head.show(view)
my_part.show(view)
stale_scores.show(view)
result.show(view)

if view.assessment.reviews:  # as far as I may see them
    numbered = Numbered.of(view)
    outcome_table.show(view, numbered)
    what_was_said.show(view, numbered)
    evidence_list.show(numbered)
    owner_reply.show(view)
    panel.show(view)
else:
    panel.show(view)
    outcome_table.show_nothing_yet(view)

downloads.show(view)
assessment_past.show(view)

"""Agreement: how far reviewers agree under a rubric, criterion by criterion, and who scores higher or lower than the others."""

import streamlit as st

from kb.services import rubrics
from kb.services.assessing import agreeing
from kb.ui import address, links, state
from kb.ui.components.assessing import agreement_chart, agreement_choice, agreement_pairs, agreement_table, leniency
from kb.ui.i18n import _

address.follow("agreement", {links.RUBRIC: address.one, links.RUBRIC_VERSION: address.one})

st.title(_("Agreement"), anchor=False)
st.markdown(_("How far reviewers agree, criterion by criterion. Where they do not, the criterion or the panel needs a talk."))

used = [each for each in rubrics.rubrics(state.kb(), actor=state.actor()) if each.in_use]
if not used:  # no assessment yet
    agreement_choice.show_none()
    st.stop()

wanted = agreement_choice.show_rubrics(used)
with st.spinner(_("Computing …")):
    found = agreeing.agreement(state.kb(), wanted.name, agreement_choice.version(wanted), actor=state.actor())
agreement_choice.show_versions(found)
address.publish("agreement", **{links.RUBRIC: wanted.name, links.RUBRIC_VERSION: agreement_choice.said_version(found)})

agreement_choice.show_basis(found)
if not found.n_assessments:  # opened, and nothing submitted that may be seen
    st.stop()

agreement_chart.show(found)
agreement_table.show(found)
agreement_pairs.show(found)
leniency.show(found)

"""Rubrics: what reviewers ask of a practice, on which scale, and when a practice gets which label."""

import streamlit as st

from kb.services import rubrics
from kb.services.assessing import listing
from kb.ui import address, links, state
from kb.ui.components.assessing import rubric_head, rubric_labels, rubric_list, rubric_questions, rubric_sources, stage_grid
from kb.ui.i18n import _

address.follow("rubrics", {links.RUBRIC: address.one, links.RUBRIC_VERSION: address.one})
listed = rubrics.rubrics(state.kb(), actor=state.actor())
wanted = next((each for each in listed if each.name == st.session_state[links.RUBRIC]), None)

if wanted:  # one
    version = rubric_head.chosen_version(wanted)
    said = str(version) if version in wanted.in_use and len(rubric_head.versions(wanted)) > 1 else ""
    address.publish("rubrics", **{links.RUBRIC: wanted.name, links.RUBRIC_VERSION: said})
    rubric_head.show_way_back()
    rubric = rubric_head.rubric_of(wanted, version)
    rubric_head.show(wanted, rubric, version)
    if rubric is None:  # a fault keeps it from being read
        st.stop()
    rubric_questions.show_list(rubric)
    rubric_questions.show(rubric)
    rubric_labels.show(rubric)
    stage_grid.show_section(rubric)
    rubric_labels.show_weights(rubric)
    rubric_sources.show(rubric)
    st.stop()

address.publish("rubrics", **{links.RUBRIC: "", links.RUBRIC_VERSION: ""})
st.title(_("Rubrics"), anchor=False)
st.markdown(_("What reviewers ask of a practice, on which scale, and when it gets which label."))
if not listed:  # no file yet
    rubric_list.show_none()
    st.stop()
rubric_list.show(listed, listing.assessments(state.kb(), actor=state.actor()))

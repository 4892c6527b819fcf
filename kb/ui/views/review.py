"""Review: a member's own answers to a rubric, one gate or criterion at a time, each with its evidence."""

import streamlit as st

from kb.ui import address, links, reviewing
from kb.ui.components.assessing import (
    review_answer,
    review_comparable,
    review_end,
    review_evidence,
    review_given,
    review_head,
    review_steps,
)
from kb.ui.components.assessing.review_evidence import ASKED
from kb.ui.i18n import _

address.follow("review", {links.ASSESSMENT_ID: address.one, links.ITEM: address.one, ASKED: address.one})

assessment_id = st.session_state[links.ASSESSMENT_ID]
if not assessment_id:  # opened without an assessment
    st.title(_("Review"), anchor=False)
    st.info(_("No assessment was chosen. Find yours in the list of all."), icon=":material/info:")
    links.back_to("assessments", links.ASSESSMENTS, _("All assessments"))
    st.stop()

links.back_to_assessment(assessment_id)
desk = reviewing.desk(assessment_id)
item = review_steps.chosen(desk)
address.publish("review", **{links.ASSESSMENT_ID: assessment_id, links.ITEM: item, ASKED: st.session_state[ASKED]})

review_head.show(desk)
review_steps.show_list(desk, item)
review_steps.show(desk, item)

# No st.stop() below: after it Streamlit 1.67 forgets no widget that is not drawn, and one that comes back would be empty.
if item == review_steps.END:  # after the last question
    review_end.show(desk)
else:
    left, right = st.columns([10, 9], gap="large")
    with left:
        review_answer.show_question(desk, item)
        if desk.is_submitted:
            review_given.show_own(desk, item)
        else:
            review_answer.show(desk, item)
    with right:
        review_evidence.show(desk, item)
        review_comparable.show(desk, item)
    review_steps.show_below(desk, item)

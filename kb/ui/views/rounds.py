"""Question rounds: guiding questions, the partners' cases, questions on them, what interests, and the background brief."""

import streamlit as st

from kb.services.assessing.loading import reader_of
from kb.services.learning import rounds
from kb.ui import address, answering, state
from kb.ui.answering import CASE, QUESTION, ROUND
from kb.ui.components.assessing.review_evidence import ASKED
from kb.ui.components.learning import (
    round_answer,
    round_cases,
    round_downloads,
    round_evidence,
    round_form,
    round_head,
    round_lead,
    round_list,
    round_mine,
)
from kb.ui.components.learning.round_cases import BY_CASE, BY_QUESTION, VIEW
from kb.ui.i18n import _

views = address.among(BY_CASE, BY_QUESTION)
address.follow("rounds", {ROUND: address.one, CASE: address.one, QUESTION: address.one, ASKED: address.one, VIEW: views})
round_id, case = st.session_state[ROUND], st.session_state[CASE]
kb, actor = state.kb(), state.actor()

# No st.stop() below: after it Streamlit 1.67 forgets no widget that is not drawn, and one that comes back would be empty.
if round_id == answering.NEW:  # a facilitator begins one
    address.publish("rounds", **{ROUND: round_id, CASE: "", QUESTION: "", ASKED: "", VIEW: ""})
    round_head.show_way_back()
    round_form.show(None)
elif round_id and case:  # the own case, question by question
    desk = answering.desk(round_id, answering.case_of(case))
    round_answer.show_head(desk)
    round_answer.show_about(desk)
    question = round_answer.show_steps(desk)
    left, right = st.columns([10, 9], gap="large")
    with left:
        round_answer.show_answer(desk, question)
        round_answer.show_end(desk)
    with right:
        round_evidence.show(desk, question)
    address.publish("rounds", **{ROUND: round_id, CASE: case, QUESTION: question, ASKED: st.session_state[ASKED], VIEW: ""})
elif round_id:  # one round
    found = rounds.round_(kb, round_id, actor=actor)
    round_head.show_way_back()
    round_head.show_sections(found)
    round_head.show(found)
    if found.state == "draft":
        round_form.show(found)
    round_lead.show(found)
    round_mine.show(found)
    round_cases.show(found)
    round_downloads.show(found)
    round_head.show_past(found)
    view = st.session_state[VIEW] if st.session_state[VIEW] != BY_CASE else ""
    address.publish("rounds", **{ROUND: round_id, CASE: "", QUESTION: "", ASKED: "", VIEW: view})
else:  # all of them
    st.title(_("Question rounds"), anchor=False)
    st.markdown(_("Guiding questions, answered by partners with their cases; questions on these; a brief compiled from it all."))
    everything = rounds.rounds(kb, actor=actor)
    round_list.show_new()
    if not everything:
        round_list.show_none()
    round_list.show_waiting(everything, reader_of(actor))
    round_list.show(everything)
    if everything:
        round_downloads.show_list()
    address.publish("rounds", **{ROUND: "", CASE: "", QUESTION: "", ASKED: "", VIEW: ""})

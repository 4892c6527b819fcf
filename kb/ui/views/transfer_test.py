"""Transferability test: could a practice work in another place? Judged blind with evidence of both sides, then shown to all."""

import streamlit as st

from kb.services.transferring import viewing
from kb.ui import address, links, state, transferring
from kb.ui.components.assessing.review_evidence import ASKED
from kb.ui.components.transferring import (
    criteria_chart,
    criteria_table,
    downloads,
    framework_about,
    judge_answer,
    judge_end,
    judge_evidence,
    judge_head,
    judge_steps,
    judge_whole,
    judged,
    my_part,
    outcome,
    panel,
    past,
    points,
    transfer_head,
    two_places,
    went,
)
from kb.ui.i18n import _

address.follow("transfer-test", {links.TEST_ID: address.one, links.ITEM: address.one, ASKED: address.one})
test_id = st.session_state[links.TEST_ID]
if not test_id:  # opened without a test
    st.title(_("Transferability test"), anchor=False)
    st.info(_("No test was chosen. Find one in the list of all."), icon=":material/info:")
    links.back_to_transfers()
    st.stop()

view = viewing.view(state.kb(), test_id, actor=state.actor())

# No st.stop() below: after it Streamlit 1.67 forgets no widget that is not drawn, and one that comes back would be empty.
if st.session_state[links.ITEM] and "judge" in view.may:  # the own judgement, criterion by criterion
    desk = transferring.desk(test_id)
    item = judge_steps.chosen(desk)
    address.publish("transfer-test", **{links.TEST_ID: test_id, links.ITEM: item, ASKED: st.session_state[ASKED]})
    judge_head.show(desk)
    judge_steps.show_list(desk, item)
    judge_steps.show(desk, item)
    if item == judge_steps.WHOLE:  # after the last criterion
        judge_whole.show(desk)
        judge_end.show(desk)
    else:
        left, right = st.columns([10, 9], gap="large")
        with left:
            judge_answer.show_question(desk, item)
            judge_answer.show(desk, item)
        with right:
            judge_evidence.show(desk, item)
        judge_steps.show_below(desk, item)
else:  # the test as a whole
    address.publish("transfer-test", **{links.TEST_ID: test_id, links.ITEM: "", ASKED: ""})
    links.back_to_transfers()
    transfer_head.show_list_of_sections(view)
    transfer_head.show(view)
    my_part.show(view)
    outcome.show(view)
    criteria_chart.show(view)
    criteria_table.show(view)
    judged.show(view)
    criteria_table.show_unknown(view)
    points.show(view)
    went.show(view)
    two_places.show(view)
    panel.show(view)
    framework_about.show(view)
    downloads.show(view)
    past.show(view)

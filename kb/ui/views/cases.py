"""Transfer cases: practices that are taken over elsewhere, step by step, each on the ground of a test of transferability."""

import streamlit as st

from kb.services.learning import case_viewing, transfer_cases
from kb.services.learning.case_exporting import export_cases
from kb.ui import address, state
from kb.ui.components.learning import (
    case_board,
    case_head,
    case_milestones,
    case_plan,
    case_plan_form,
    case_steps,
    case_went,
    common,
    outcome_downloads,
    steps,
)
from kb.ui.i18n import _

kb, actor = state.kb(), state.actor()
address.follow("cases", {"case": address.one, **case_board.fields()})
case = st.session_state["case"]

if case:  # one
    address.publish("cases", case=case, **case_board.unchosen())
    view = case_viewing.view(kb, case, actor=actor)
    steps.way_back(_("All transfer cases"), "case")
    case_head.show_sections(view)
    case_head.show(view)
    case_steps.show(view)
    case_plan.show(view)
    case_plan_form.show(view)
    case_milestones.show(view)
    case_went.show(view)
    case_head.show_learned(view)
    case_head.show_files(view)
    common.show_history(view.case, case_head.detail)
    st.stop()

st.title(_("Transfer cases"), anchor=False)
st.markdown(_("Practices that are taken over elsewhere: what is kept, what is done otherwise, and how it went."))
everything = transfer_cases.cases(kb, actor=actor)
if not everything:  # nothing yet
    case_board.show_none()
    st.stop()

chosen = case_board.show_filters(everything)
address.publish("cases", case="", **case_board.said(chosen))
shown = transfer_cases.cases(kb, actor=actor, **chosen)
case_board.show(shown)
if shown:
    outcome_downloads.show_table(export_cases, "transfer-cases", chosen)

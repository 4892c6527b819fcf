"""Milestones of a transfer case: which are reached, which are overdue, and the form that tells of one."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.case import CaseMilestone
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.services.learning import case_planning
from kb.services.learning.case_viewing import CaseView
from kb.ui import acting, plain, state, words
from kb.ui.components import section
from kb.ui.components.learning import steps
from kb.ui.i18n import _


def show(view: CaseView) -> None:
    """Draw them in their order; nothing before there is a plan."""
    plan = view.case.plan
    if plan is None:
        return
    section.head("milestones", _("Milestones"))
    if not plan.milestones:
        plain.show(plain.element("p", _("The plan names no milestone yet."), css="kb-quiet"))
        return
    overdue = {each.key for each in view.overdue}
    rows = [
        (
            plain.cell(each.what, second_line=each.said),
            plain.cell(words.day(each.due)),
            plain.cell(_stands(each, is_overdue=each.key in overdue)),
        )
        for each in plan.milestones
    ]
    with st.container(key="milestone_table"):
        plain.table(_("In the order of the plan"), [_("Milestone"), _("Due"), _("Stands")], rows, as_cards=True)
    waiting = {each.key: each.what for each in plan.milestones if not each.reached_on}
    if "reach" in view.may and waiting:
        with steps.form("reach", _("A milestone was reached"), ":material/flag:"):
            st.selectbox(_("Which one"), list(waiting), key="reach_milestone", format_func=waiting.__getitem__)
            st.text_input(_("On which day"), key="reach_on", max_chars=10, placeholder="2026-12-31")
            st.text_area(_("What one should know of it (optional)"), key="reach_what", height=80, max_chars=MAX_WORDS_CHARS)
            st.form_submit_button(_("Keep it"), type="primary", on_click=acting.do, args=(_reach, view.case.id))


def _stands(each: CaseMilestone, *, is_overdue: bool) -> str:
    if each.reached_on:
        return _("reached on {day}").format(day=words.day(each.reached_on))
    return _("overdue") if is_overdue else _("to come")


def _reach(case: str) -> str:
    said = st.session_state
    case_planning.reach(
        state.kb(), case, said["reach_milestone"], on=said["reach_on"].strip(), what=said["reach_what"], actor=state.actor()
    )
    return _("Kept.")

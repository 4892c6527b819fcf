"""What may be done next with a transfer case: go on, adopt, stop; and what is lacking before one can go on."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.case import Case, CaseState
from kb.peers.learning.case_bodies import MAX_LEARNED_CHARS
from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.services.learning import transfer_cases
from kb.services.learning.case_viewing import CaseView
from kb.ui import acting, learning_words, plain, state
from kb.ui.components.learning import steps
from kb.ui.i18n import _

GOING_ON = (CaseState.UNDERSTAND, CaseState.ADAPT, CaseState.RE_USE)
BUTTONS = frozenset({*(each.value for each in GOING_ON), "adopt", "stop"})


def show(view: CaseView) -> None:
    """Draw the buttons; nothing for who may do nothing."""
    case, may = view.case, view.may & BUTTONS
    lacking = _lacking(case)
    if may and lacking:
        plain.show(plain.element("p", lacking, css="kb-warned"))
    with steps.row(case.id, may):
        for to in GOING_ON:
            if to.value in may:
                label = _("Go on: {state}").format(state=learning_words.state_word(to))
                with steps.form(f"move_{to.value}", label, ":material/arrow_forward:"):  # another one each time: it closes
                    field = _("What was learned so far, shortly")
                    st.text_area(field, key=f"learned_{case.id}_{to.value}", height=110, max_chars=MAX_LEARNED_CHARS)
                    st.form_submit_button(_("Go on"), type="primary", on_click=acting.do, args=(_move, case.id, to.value))
        if "adopt" in may:
            with steps.form("adopt", _("It stays"), ":material/verified:"):
                st.text_area(_("By which decision, with which money"), key=f"how_{case.id}", height=110, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Adopt it"), type="primary", on_click=acting.do, args=(_adopt, case.id))
        if "stop" in may:
            with steps.form("stop", _("Stop it"), ":material/stop_circle:"):
                st.text_area(_("Why; others learn from it"), key=f"why_{case.id}", height=110, max_chars=MAX_WORDS_CHARS)
                st.form_submit_button(_("Stop"), on_click=acting.do, args=(_stop, case.id))


def _lacking(case: Case) -> str:
    """What the plan has to say before the next step; empty where nothing is lacking."""
    plan = case.plan
    if case.state == CaseState.UNDERSTAND and not (plan and plan.local_group):
        return _("Before it is adapted, the plan names the local group: who makes it together in the target place.")
    if case.state == CaseState.ADAPT and not (plan and plan.core_kept and plan.adapted and plan.milestones):
        return _("Before it is used, the plan says what is kept, what is done otherwise, and at least one milestone.")
    return ""


def _move(case: str, to: str) -> str:
    transfer_cases.move(state.kb(), case, to, learned=st.session_state[f"learned_{case}_{to}"], actor=state.actor())
    return _("The case has gone on.")


def _adopt(case: str) -> str:
    transfer_cases.adopt(state.kb(), case, how=st.session_state[f"how_{case}"], actor=state.actor())
    return _("Adopted. The practice’s page shows it.")


def _stop(case: str) -> str:
    transfer_cases.stop(state.kb(), case, why=st.session_state[f"why_{case}"], actor=state.actor())
    return _("Stopped. The reason stays for others.")

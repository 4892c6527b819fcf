"""What facilitators do with a question round: send, reschedule, close, conclude, cancel; each only while it may follow."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.peers.learning.round import ROUND, Round, RoundState
from kb.peers.learning.round_bodies import RoundCancelled, RoundClosed, RoundConcluded, RoundRescheduled, RoundSent
from kb.services.learning import rounds
from kb.services.permission import Role
from kb.ui import acting, state
from kb.ui.components.learning import round_names
from kb.ui.i18n import _
from kb.ui.plain import label


def show(found: Round) -> None:
    """Draw what may be done now; nothing for who leads no rounds, or where all is done."""
    if Role.FACILITATOR not in state.actor().roles or found.state in ROUND.lifecycle.final:
        return
    with st.container(border=True, gap="small", key="round_lead"):
        st.subheader(_("For facilitators"), anchor=False)
        with st.container(horizontal=True, gap="small"):
            if ROUND.may(found, RoundSent):
                st.button(
                    _("Send it"), key="round_send", type="primary", icon=":material/send:", on_click=acting.do,
                    args=(_send, found.id),
                )  # fmt: skip
            if ROUND.may(found, RoundClosed):
                st.button(
                    _("Close it: no more cases"), key="round_close", icon=":material/lock:", on_click=acting.do,
                    args=(_close, found.id),
                )  # fmt: skip
        if ROUND.may(found, RoundConcluded):
            _show_concluding(found)
        if ROUND.may(found, RoundRescheduled):
            _show_rescheduling(found)
        if ROUND.may(found, RoundCancelled):
            _show_cancelling(found)


def _show_concluding(found: Round) -> None:
    with (
        st.expander(_("Write down what the partners conclude"), icon=":material/flag:", key="round_conclude_open"),
        st.form("round_conclude", border=False),
    ):
        for at, each in enumerate(found.drafted.questions, start=1):
            st.text_area(label(f"{at}. {each.text}"), key=f"conclude_{each.key}", max_chars=MAX_WORDS_CHARS, height=80)
        st.text_area(_("To all questions together"), key="conclude_overall", max_chars=MAX_WORDS_CHARS, height=80)
        st.form_submit_button(_("Conclude the round"), type="primary", on_click=acting.do, args=(_conclude, found))


def _show_rescheduling(found: Round) -> None:
    with (
        st.expander(_("Name another day, or a session"), icon=":material/event:", key="round_day_open"),
        st.form("round_day", border=False),
    ):
        if found.state is RoundState.SENT:
            st.text_input(_("Cases due by"), key="round_due", max_chars=10, placeholder=found.drafted.due)
        titles = round_names.session_titles()
        st.selectbox(
            _("Session that talks about the answers"), list(titles), key="round_session", index=None,
            format_func=titles.__getitem__, placeholder=_("None"),
        )  # fmt: skip
        st.form_submit_button(_("Change it"), on_click=acting.do, args=(_reschedule, found.id))


def _show_cancelling(found: Round) -> None:
    with (
        st.expander(_("Cancel the round"), icon=":material/block:", key="round_cancel_open"),
        st.form("round_cancel", border=False),
    ):
        st.text_input(_("Why?"), key="round_why", max_chars=MAX_WORDS_CHARS)
        st.form_submit_button(_("Cancel it"), on_click=acting.do, args=(_cancel, found.id))


def _send(round_id: str) -> str:
    rounds.send(state.kb(), round_id, actor=state.actor())
    return _("Sent. Members see it now and may answer.")


def _close(round_id: str) -> str:
    rounds.close(state.kb(), round_id, actor=state.actor())
    return _("Closed. The brief can be compiled; questions on cases and interest go on.")


def _conclude(found: Round) -> str:
    said = {each.key: st.session_state[f"conclude_{each.key}"] for each in found.drafted.questions}
    rounds.conclude(state.kb(), found.id, said, overall=st.session_state["conclude_overall"], actor=state.actor())
    return _("Concluded. The conclusions stand with their questions, and in the brief.")


def _reschedule(round_id: str) -> str:
    due, session = st.session_state.get("round_due", "").strip(), st.session_state["round_session"] or ""
    rounds.reschedule(state.kb(), round_id, due=due, session=session, actor=state.actor())
    return _("It is changed.")


def _cancel(round_id: str) -> str:
    rounds.cancel(state.kb(), round_id, why=st.session_state["round_why"], actor=state.actor())
    return _("Cancelled. What was said in it stays in its history.")

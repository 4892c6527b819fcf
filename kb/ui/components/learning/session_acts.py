"""What can be done with a session at its top: take part, put it into a calendar, say that it was held, cancel it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_rules import runs
from kb.services.assessing.loading import reader_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import calendars, sessions
from kb.services.learning.calendars import SessionWording
from kb.services.permission import Member
from kb.ui import acting, plain, session_words, state
from kb.ui.i18n import _


def show(session: Session) -> None:
    """Draw the buttons that fit."""
    actor = state.actor()
    is_planned = session.state is SessionState.PLANNED
    with st.container(horizontal=True, gap="small", key="session_acts"):
        if is_planned:
            _show_part(session, actor)
        st.download_button(
            _("Calendar file"), data=partial(_calendar, state.kb(), actor, session_words.wording(), session.id),
            file_name=f"{session.id}.ics", mime="text/calendar", key="take_session", icon=":material/calendar_add_on:",
            on_click="ignore", type="secondary",
        )  # fmt: skip
        if is_planned and runs(session, reader_of(actor)):
            if sessions.has_begun(session):
                _show_held(session)
            _show_cancelling(session)


def _show_part(session: Session, actor: Member) -> None:
    if session.has_joined(actor.name):
        st.button(
            _("Take part no longer"), key="leave_session", icon=":material/logout:", on_click=acting.do, args=(_leave, session.id)
        )
        return
    is_full = session.is_full and not session.planned.format.counts_peers  # a peer review has room for people of its host
    st.button(
        _("Take part"), key="join_session", type="primary", icon=":material/person_add:", disabled=is_full,
        help=_("Every place is taken.") if is_full else None, on_click=acting.do, args=(_join, session.id),
    )  # fmt: skip


def _show_held(session: Session) -> None:
    with st.popover(_("It was held"), key="tool_held", icon=":material/event_available:"), st.form("hold_session", border=False):
        st.text_input(_("Day on which it ended"), session.last_day, key="sh_on", max_chars=10, placeholder="2026-12-31")
        st.number_input(_("People who were there"), min_value=1, value=max(1, session.n_participants), key="sh_n")
        plain.show(plain.element("p", _("From that day on the debrief is due within a week."), css="kb-quiet"))
        st.form_submit_button(_("Say that it was held"), type="primary", on_click=acting.do, args=(_hold, session.id))


def _show_cancelling(session: Session) -> None:
    with (
        st.popover(_("Cancel it"), key="tool_cancel", icon=":material/event_busy:", type="tertiary"),
        st.form("cancel", border=False),
    ):
        st.text_area(_("Why"), key="sc_why", height="content", max_chars=1000)
        plain.show(plain.element("p", _("It stays in the list, with the reason."), css="kb-quiet"))
        st.form_submit_button(_("Cancel the session"), type="primary", on_click=acting.do, args=(_cancel, session.id))


def _join(session: str) -> str:
    sessions.join(state.kb(), session, actor=state.actor())
    return _("You take part.")


def _leave(session: str) -> str:
    sessions.leave(state.kb(), session, actor=state.actor())
    return _("You take part no longer.")


def _hold(session: str) -> str:
    said = st.session_state
    sessions.held(state.kb(), session, on=said["sh_on"].strip(), n_participants=said["sh_n"], actor=state.actor())
    return _("The session was held. The debrief is due within a week.")


def _cancel(session: str) -> str:
    sessions.cancel(state.kb(), session, why=st.session_state["sc_why"], actor=state.actor())
    return _("The session is cancelled.")


def _calendar(kb: KnowledgeBase, actor: Member, wording: SessionWording, session: str) -> bytes:
    return calendars.ics(kb, session, actor=actor, wording=wording).content

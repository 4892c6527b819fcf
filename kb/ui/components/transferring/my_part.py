"""What the acting member can do in a test now, above all else on its page."""

from __future__ import annotations

import streamlit as st

from kb.peers.transfer.state import SeatState, Stage
from kb.services.transferring import concluding, seats
from kb.services.transferring.viewing import TransferView
from kb.ui import acting, plain, state, words
from kb.ui.components.transferring import judge_steps
from kb.ui.i18n import _


def show(view: TransferView) -> None:
    """Draw the way to the own judgement, joining, leaving, and the end for who leads the test."""
    if view.test.stage is not Stage.OPEN:
        if view.test.stage is Stage.CANCELLED:
            st.info(_("This test was cancelled. It ended without a result."), icon=":material/block:")
        return
    plain.show(plain.element("p", _told(view), css="kb-reason"))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="assessment_tools"):
        if "judge" in view.may:
            _show_judging(view)
        if "join" in view.may:
            st.button(_("Take part"), key="join", icon=":material/person_add:", on_click=acting.do, args=(_join, view.test.id))
        if "withdraw" in view.may:
            _show_leaving(view.test.id)
        if "conclude" in view.may:
            _show_concluding(view.test.id)
        if "cancel" in view.may:
            _show_cancelling(view.test.id)


def _told(view: TransferView) -> str:
    seat = view.my_seat
    if seat is None or seat.state is SeatState.EXCUSED:
        return _("Judgements are seen by everybody once the test is concluded, and by nobody before.")
    if seat.is_in:
        return _("Your judgement is handed in. Others see it, and you theirs, once the test is concluded.")
    minutes = words.number(view.framework.minutes)
    return _("Your judgement is awaited. It takes about {n} minutes; nobody else sees it before the end.").format(n=minutes)


def _show_judging(view: TransferView) -> None:
    is_in = view.my_seat is not None and view.my_seat.is_in
    label = _("Look at my judgement") if is_in else _("Judge")
    st.button(
        label, key="judge", type="secondary" if is_in else "primary", icon=":material/rate_review:",
        on_click=judge_steps.go, args=(judge_steps.START,),
    )  # fmt: skip


def _show_leaving(test_id: str) -> None:
    with (
        st.popover(_("I cannot judge this"), key="tool_withdraw", icon=":material/close:", type="tertiary"),
        st.form("withdraw", border=False),
    ):
        st.text_area(_("Why (optional)"), key="withdraw_why", height="content")
        st.form_submit_button(_("Leave the test"), type="primary", on_click=acting.do, args=(_leave, test_id))


def _show_concluding(test_id: str) -> None:
    with st.popover(_("Conclude"), key="tool_conclude", icon=":material/gavel:"):
        st.markdown(_("From then on everybody sees all judgements and what they come to, and nothing of it is changed any more."))
        st.button(_("Conclude it now"), key="conclude_now", type="primary", on_click=acting.do, args=(_conclude, test_id))


def _show_cancelling(test_id: str) -> None:
    with (
        st.popover(_("Cancel the test"), key="tool_cancel", icon=":material/block:", type="tertiary"),
        st.form("cancel", border=False),
    ):
        st.markdown(_("It ends without a result. What happened stays, and can be seen."))
        st.text_area(_("Why"), key="cancel_why", height="content")
        st.form_submit_button(_("Cancel the test"), type="primary", on_click=acting.do, args=(_cancel, test_id))


def _join(test_id: str) -> str:
    seats.join(state.kb(), test_id, actor=state.actor())
    return _("You take part. Your judgement is yours alone until the test is concluded.")


def _leave(test_id: str) -> str:
    me = state.actor()
    seats.excuse(state.kb(), test_id, me.name, why=st.session_state["withdraw_why"], actor=me)
    return _("Nobody waits for your judgement any more.")


def _conclude(test_id: str) -> str:
    concluding.conclude(state.kb(), test_id, actor=state.actor())
    return _("The test is concluded.")


def _cancel(test_id: str) -> str:
    seats.cancel(state.kb(), test_id, why=st.session_state["cancel_why"], actor=state.actor())
    return _("The test is cancelled.")

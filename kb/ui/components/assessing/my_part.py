"""What the acting member can do in an assessment now, above all else on its page."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.state import SeatState, Stage
from kb.services.assessing import opening, seats
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, links, plain, state, words
from kb.ui.i18n import _

LEADING = frozenset({"begin", "change-due", "cancel"})


def show(view: AssessmentView) -> None:
    """Draw an invitation or one's own review, the way to the reconciling, and the tools of a facilitator."""
    seat = view.my_seat
    if seat and seat.state is SeatState.INVITED:
        _show_invitation(view)
    elif seat and seat.is_awaited and not view.assessment.stage.is_final:
        st.info(
            _("You review this practice. You see no other review before you have submitted yours."), icon=":material/rate_review:"
        )
    if "reply" in view.may and view.assessment.reply is None:
        told = _("The owner may reply to the reviews until {day}: below, under “Reply of the owner”.")
        st.info(told.format(day=words.day(view.assessment.reply_due)), icon=":material/reply:")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="assessment_tools"):
        if "review" in view.may:
            links.to_review(_("Go to my review"), view.assessment.id)
        elif seat and seat.state is SeatState.SUBMITTED:
            links.to_review(_("See my review"), view.assessment.id)
        if view.assessment.reviews and view.assessment.stage in (Stage.REPLYING, Stage.RECONCILING, Stage.CONCLUDED):
            label = _("Reconcile and conclude") if view.may & {"settle", "conclude"} else _("Reviews side by side")
            links.to_reconcile(label, view.assessment.id)
        if view.may & LEADING:
            _show_leading(view)


def _show_invitation(view: AssessmentView) -> None:
    with st.container(border=True, gap="small", key="invitation"):
        minutes = words.number(view.rubric.minutes)
        told = _("You are invited to review this practice by {day}. It takes about {n} minutes.")
        plain.show(plain.element("p", told.format(day=words.day(view.assessment.due), n=minutes), css="kb-warned"))
        plain.show(plain.element("p", _("Decline if you have an interest in it, or no time; nobody asks twice.")))
        with st.container(horizontal=True, gap="small"):
            if "accept" in view.may:
                st.button(
                    _("Accept"), key="accept", type="primary", icon=":material/check:", on_click=acting.do, args=(_accept, view)
                )
            if "decline" in view.may:
                with st.popover(_("Decline"), key="tool_decline", icon=":material/close:"), st.form("decline", border=False):
                    st.text_area(_("Why (optional)"), key="decline_why", height="content")
                    st.form_submit_button(_("Decline"), type="primary", on_click=acting.do, args=(_decline, view))


def _show_leading(view: AssessmentView) -> None:
    assessment = view.assessment
    if "begin" in view.may:
        st.button(
            _("Begin the reviewing"), key="begin", type="primary", icon=":material/play_arrow:",
            on_click=acting.do, args=(_begin, assessment.id),
        )  # fmt: skip
    if "change-due" in view.may:
        with (
            st.popover(_("Change the date"), key="tool_due", icon=":material/event:", type="tertiary"),
            st.form("due", border=False),
        ):
            st.text_input(_("Reviews are due on"), value=assessment.due, key="due_on", max_chars=10, placeholder="2026-12-31")
            st.text_area(_("Why (optional)"), key="due_why", height="content")
            st.form_submit_button(_("Save"), type="primary", on_click=acting.do, args=(_change_due, assessment.id))
    if "cancel" in view.may:
        with (
            st.popover(_("Cancel the assessment"), key="tool_cancel", icon=":material/block:", type="tertiary"),
            st.form("cancel", border=False),
        ):
            st.markdown(_("It ends without a result. What happened stays, and can be seen."))
            st.text_area(_("Why"), key="cancel_why", height="content")
            st.form_submit_button(_("Cancel the assessment"), type="primary", on_click=acting.do, args=(_cancel, assessment.id))


def _accept(view: AssessmentView) -> str:
    seats.accept(state.kb(), view.assessment.id, actor=state.actor())
    return _("Accepted. Your review is yours alone until you submit it.")


def _decline(view: AssessmentView) -> str:
    seats.decline(state.kb(), view.assessment.id, why=st.session_state["decline_why"], actor=state.actor())
    return _("Declined.")


def _begin(assessment: str) -> str:
    opening.begin(state.kb(), assessment, actor=state.actor())
    return _("The reviewing has begun.")


def _change_due(assessment: str) -> str:
    said = st.session_state
    opening.change_due(state.kb(), assessment, said["due_on"].strip(), why=said["due_why"], actor=state.actor())
    return _("Reviews are due on {day} now.").format(day=words.day(said["due_on"].strip()))


def _cancel(assessment: str) -> str:
    opening.cancel(state.kb(), assessment, why=st.session_state["cancel_why"], actor=state.actor())
    return _("The assessment is cancelled.")

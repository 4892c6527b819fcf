"""Above a review: whose practice it is about, how the draft stands, and what keeps it from being submitted."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.state import SeatState, Stage
from kb.services.assessing import seats
from kb.services.assessing.reviewing import Desk
from kb.ui import acting, assessing_words, links, plain, reviewing, state, words
from kb.ui.components import practice_head
from kb.ui.components.assessing import demonstration
from kb.ui.i18n import _


def show(desk: Desk) -> None:
    """Draw the title, what is asked with, and what there is to know before writing."""
    assessment, rubric = desk.assessment, desk.rubric
    is_readable = desk.practice is not None and desk.practice.sheet is not None
    title = practice_head.title_of(desk.practice) if desk.practice and is_readable else assessment.title
    heading = plain.element("h1", _("Review: {title}").format(title=title), css="kb-heading")
    about = [assessing_words.text(rubric.title), _("version {n}").format(n=words.number(rubric.version))]
    if not desk.is_submitted:
        about.append(_("due on {day}").format(day=words.day(assessment.due)))
    with st.container(key="review_head", gap="xsmall"):
        plain.show(heading, plain.element("p", " · ".join(about), css="kb-place"))
        demonstration.show(is_demo=assessment.is_demo)
    with st.container(horizontal=True, gap="medium", key="review_ways"):
        if desk.practice:
            practice = {links.PRACTICE_ID: desk.practice.name}
            st.page_link(links.PRACTICE, label=_("The practice"), icon=":material/handshake:", query_params=practice)
        links.to_rubric(_("The rubric"), rubric.rubric, rubric.version)
    _show_standing(desk)


def _show_standing(desk: Desk) -> None:
    assessment, me = desk.assessment, state.actor().name
    if desk.is_submitted:
        time = words.moment(assessment.reviews[me].at_utc)
        st.success(_("You submitted this review on {time}. It stays as it is.").format(time=time), icon=":material/check_circle:")
    elif reviewing.writing().is_behind:
        with st.container(border=True, key="review_behind"):
            st.warning(
                _("This review was kept in another window. What you write here is not kept: copy what you need, then go on there."),
                icon=":material/sync_problem:",
            )
            st.button(_("Open it here"), key="review_reopen", icon=":material/refresh:", on_click=reviewing.reopen)
    elif assessment.stage is Stage.CANCELLED:
        st.info(_("This assessment was cancelled. Nothing has to be written any more."), icon=":material/block:")
    elif (seat := assessment.seat(me)) and seat.state is SeatState.INVITED:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="review_invited"):
            st.markdown(_("You are invited to review this practice."))
            st.button(_("Accept"), key="review_accept", type="primary", on_click=acting.do, args=(_accept, assessment.id))
    elif assessment.stage is Stage.OPENED:
        st.info(
            _("The reviewing has not begun yet. What you write is kept; you can submit it once it has."),
            icon=":material/hourglass_top:",
        )


def _accept(assessment_id: str) -> str:
    seats.accept(state.kb(), assessment_id, actor=state.actor())
    return _("You have taken the seat. Thank you.")

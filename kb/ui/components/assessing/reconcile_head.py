"""Above reviews that stand side by side: whose practice, how far apart, what comes next, and a third reviewer."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.state import Stage
from kb.services.assessing import opening
from kb.services.assessing.interests import Candidate
from kb.services.assessing.reconciling import Sides
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, assessing_words, links, plain, state, words
from kb.ui.components.assessing import demonstration, practice_title
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said

THIRD = "third_reviewer"  # widget key


def show(view: AssessmentView) -> None:
    """Draw the title, the rubric and the stage."""
    title = _("Reconcile: {title}").format(title=practice_title.of(view.listed))
    rubric = _("{rubric}, version {n}").format(rubric=assessing_words.text(view.rubric.title), n=words.number(view.rubric.version))
    about = " · ".join([rubric, assessing_words.named(assessing_words.STAGES, view.assessment.stage)])
    with st.container(key="reconcile_head", gap="xsmall"):
        plain.show(plain.element("h1", title, css="kb-heading"), plain.element("p", about, css="kb-place"))
        demonstration.show(is_demo=view.listed.is_demo)


def show_nothing(view: AssessmentView) -> None:
    """Say why there is no review to see."""
    if view.my_seat and view.my_seat.is_awaited and not view.assessment.stage.is_final:
        st.info(_("You see the other reviews once you have submitted yours."), icon=":material/visibility_off:")
        links.to_review(_("Go to my review"), view.assessment.id)
    else:
        st.info(_("There is no review to see yet."), icon=":material/hourglass_top:")


def show_standing(view: AssessmentView, sides: Sides) -> None:
    """Draw how many items have to be talked about, and what can be done now."""
    n_wide = sum(each.spread.is_wide for each in sides.items)
    n_open = sum(each.has_to_be_settled for each in sides.items)
    points = assessing_words.score(view.rubric.spread)
    if n_open:
        text = ngettext(
            "Reviewers are far apart on {n} question. Talk about it, then write down what you agree on.",
            "Reviewers are far apart on {n} questions. Talk about them, then write down what you agree on.",
            n_open,
        )
        st.warning(text.format(n=words.number(n_open)), icon=":material/forum:")
    elif n_wide:
        st.success(_("Whatever reviewers were far apart on is settled."), icon=":material/check_circle:")
    else:
        st.success(_("Reviewers are nowhere far apart."), icon=":material/check_circle:")
    st.caption(_("Far apart means {points} points or more, or a gate answered yes and no.").format(points=points))
    if view.assessment.stage is Stage.REPLYING:
        st.info(_("The owner’s reply is awaited. You can settle scores once it is closed."), icon=":material/mark_chat_unread:")
    if "invite-third" in view.may:
        _show_third(view)


def _show_third(view: AssessmentView) -> None:
    fold = st.expander(_("Ask a third reviewer"), icon=":material/person_add:", key="third", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.markdown(_("Where two stay far apart, a third may review too, blind as they were. Nothing is concluded before."))
        found = opening.invitable(state.kb(), view.assessment.id, actor=state.actor(), is_third=True)
        free = {each.member.name: each for each in found if not each.refusal}
        if not free:
            st.info(_("Nobody can be asked: every member has an interest, a seat or no such role."), icon=":material/group_off:")
            return
        name = st.selectbox(_("Reviewer"), list(free), key=THIRD, index=None, placeholder=_("Choose a member"), width=360)
        if name:
            _show_warnings(free[name])
        st.button(
            _("Invite"), key="third_invite", type="primary", icon=":material/send:", disabled=name is None,
            on_click=acting.do, args=(_invite, view.assessment.id),
        )  # fmt: skip


def _show_warnings(candidate: Candidate) -> None:
    for warning in candidate.warnings:
        st.warning(escape_markdown(said(warning)), icon=":material/warning:")


def _invite(assessment_id: str) -> str:
    asked = opening.invite(state.kb(), assessment_id, st.session_state[THIRD], actor=state.actor(), is_third=True)
    return _("{name} is invited as a third reviewer.").format(name=asked.member.name)

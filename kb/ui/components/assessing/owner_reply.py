"""The right of reply: what the owner says to the reviews, before anything is concluded."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.peers.assessment.blinding import answers_for_owner
from kb.peers.assessment.review import MAX_COMMENT_CHARS, MAX_REASON_CHARS
from kb.services.assessing import replying
from kb.services.assessing.loading import reader_of
from kb.services.assessing.viewing import AssessmentView
from kb.ui import acting, assessing_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.assessing import outcome_table
from kb.ui.i18n import _


def show(view: AssessmentView) -> None:
    """Draw the reply, and the form for who may give it; nothing before the reviews are there."""
    assessment, reply = view.assessment, view.assessment.reply
    if not assessment.reply_due:
        return
    section.head("reply", _("Reply of the owner"))
    if reply:
        told = _("{who}, {time}").format(who=reply.on_behalf_of or reply.member, time=words.moment(reply.at_utc))
        plain.show(plain.element("p", told, css="kb-event"), _paragraphs(reply.general))
        items = ((item, text) for item, text in reply.comments.items() if text)
        for item, text in items:
            head = plain.element("h3", assessing_words.item(view.rubric, item))
            plain.show(f'<div class="kb-field">{head}<div class="kb-prose">{_paragraphs(text)}</div></div>')
    else:
        told = _("There is none yet. The owner has until {day}.") if "close-reply" in view.may or "reply" in view.may else ""
        told = told or _("There is no reply.")
        plain.show(plain.element("p", told.format(day=words.day(assessment.reply_due)), css="kb-quiet"))
    if "reply" in view.may:
        _show_form(view)
    if "close-reply" in view.may:
        _show_closing(view)


def _show_form(view: AssessmentView) -> None:
    reply, opened = view.assessment.reply, view.assessment.opened
    is_owner = opened is not None and answers_for_owner(opened, reader_of(state.actor()))
    label = _("Reply") if is_owner else _("Write down the owner’s reply")
    with (
        st.expander(label, icon=":material/reply:", expanded=is_owner and reply is None, key="replying"),
        st.form("reply", border=False),
    ):
        if not is_owner:
            behalf = reply.on_behalf_of if reply else ""
            st.text_input(_("Who speaks for the owner"), value=behalf, key="reply_for", max_chars=200)
        general = reply.general if reply else ""
        st.text_area(
            _("To the reviews as a whole"), value=general, key="reply_general", height="content", max_chars=MAX_COMMENT_CHARS
        )
        for item in (*view.rubric.gate_names, *view.rubric.criterion_names):
            _ask(view, item)
        st.form_submit_button(
            _("Send the reply"), type="primary", icon=":material/send:", on_click=acting.do, args=(_reply, view, is_owner)
        )


def _ask(view: AssessmentView, item: str) -> None:
    """One gate or criterion: what the reviewers say to it, and the place for the answer."""
    reply = view.assessment.reply
    parts = []
    for reviewer, submitted in view.assessment.reviews.items():
        said = submitted.review.gates.get(item) or submitted.review.answers.get(item)
        if said:
            parts.append(
                f"{assessing_words.reviewer(reviewer)}: {outcome_table.in_short(said)}. {plain.shortened(said.reason, 300)}"
            )
    title = assessing_words.item(view.rubric, item)
    plain.show(plain.element("p", title, css="kb-event"), *(plain.element("p", part, css="kb-quiet") for part in parts))
    before = reply.comments.get(item, "") if reply else ""
    label = _("Reply to “{item}”").format(item=plain.label(title))
    st.text_area(
        label, value=before, key=f"reply_{item}", height="content", max_chars=MAX_REASON_CHARS, label_visibility="collapsed"
    )


def _show_closing(view: AssessmentView) -> None:
    label = _("Close the reply")
    with st.popover(label, key="tool_close", icon=":material/lock:", type="tertiary"), st.form("close_reply", border=False):
        st.markdown(_("Then the panel reconciles; nobody replies any more."))
        st.text_area(_("Why, if the owner could still reply"), key="close_why", height="content")
        st.form_submit_button(label, type="primary", on_click=acting.do, args=(_close, view.assessment.id))


def _reply(view: AssessmentView, is_owner: bool) -> str:
    said = st.session_state
    items = (*view.rubric.gate_names, *view.rubric.criterion_names)
    replying.reply(
        state.kb(),
        view.assessment.id,
        comments={item: said.get(f"reply_{item}", "") for item in items},
        general=said["reply_general"],
        on_behalf_of="" if is_owner else said["reply_for"],
        actor=state.actor(),
    )
    return _("The reply is sent. It can be changed until it is closed.")


def _close(assessment: str) -> str:
    replying.close_reply(state.kb(), assessment, why=st.session_state["close_why"], actor=state.actor())
    return _("The reply is closed. The panel reconciles now.")


def _paragraphs(text: str) -> str:
    return "".join(f'<p dir="auto">{escape(part)}</p>' for part in text.split("\n\n") if part.strip())

"""Above a judgement: which practice, from where to where, and how the draft stands."""

from __future__ import annotations

import streamlit as st

from kb.peers.transfer.state import Stage
from kb.services.transferring.judging import Desk
from kb.ui import assessing_words, plain, transferring, words
from kb.ui import transferring_words as told
from kb.ui.components.assessing import demonstration, practice_title
from kb.ui.components.transferring import judge_steps
from kb.ui.i18n import _


def show(desk: Desk) -> None:
    """Draw the way back, the title, and what there is to know before writing."""
    test = desk.test
    title = practice_title.of(test)
    st.set_page_config(page_title=_("Judgement: {title}").format(title=title))
    st.button(
        _("Back to the test"), key="judge_leave", type="tertiary", icon=":material/arrow_back:", on_click=judge_steps.leave
    )  # fmt: skip
    about = [told.route(test.source, test.target), assessing_words.text(desk.framework.title)]
    if test.due and not test.stage.is_final:
        about.append(_("due on {day}").format(day=words.day(test.due)))
    with st.container(key="review_head", gap="xsmall"):
        plain.show(
            plain.element("h1", _("Could it work there? {title}").format(title=title), css="kb-heading"),
            plain.element("p", " · ".join(about), css="kb-place"),
        )
        demonstration.show(is_demo=test.is_demo)
    _show_standing(desk)


def _show_standing(desk: Desk) -> None:
    if transferring.writing().is_behind:
        with st.container(border=True, key="review_behind"):
            st.warning(
                _(
                    "This judgement was kept in another window. What you write here is not kept: copy what you need, "
                    "then go on there."
                ),
                icon=":material/sync_problem:",
            )
            st.button(_("Open it here"), key="review_reopen", icon=":material/refresh:", on_click=transferring.reopen)
    elif desk.test.stage is not Stage.OPEN:
        st.info(_("The test is at an end. Nothing has to be written any more."), icon=":material/block:")
    elif desk.is_handed_in and desk.is_changed:
        st.warning(_("What you changed since you handed in counts once you hand it in again."), icon=":material/edit:")
    elif desk.is_handed_in:
        st.success(_("Your judgement is handed in. You may change it until the test is concluded."), icon=":material/check_circle:")

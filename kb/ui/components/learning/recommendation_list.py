"""Recommendations as a list, and the form that issues one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS, Level
from kb.peers.learning.recommendation import Recommendation
from kb.peers.parts import MAX_LINE_CHARS
from kb.services.learning import recommendations
from kb.ui import acting, hrefs, i18n, learning_words, outcome_words, plain, state, words
from kb.ui.components import section
from kb.ui.components.assessing import demonstration
from kb.ui.components.learning import because, naming
from kb.ui.components.learning.common import author
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _, ngettext

NEW = "recommendation_new"
SHOWN_CHARS = 160


def show(found: Sequence[Recommendation], *, is_chosen: bool = False) -> None:
    """Draw the table; that there is none where there is none.

    Args:
        is_chosen: these are not all of them.
    """
    n = len(found)
    section.head("recommendations", ngettext("{n} recommendation", "{n} recommendations", n).format(n=words.number(n)))
    if not found:
        none = _("No recommendation here yet. Peers issue one to an organisation, which accepts it, in part or not, and says why.")
        st.info(_("No recommendation fits.") if is_chosen else none)
        return
    headers = (_("Recommendation"), _("To whom"), _("From whom"), _("State"), _("Issued on"))
    rows = [
        (
            plain.link(plain.shortened(each.issued.text, SHOWN_CHARS), hrefs.thing(each.id))
            + plain.note(demonstration.words(is_demo=each.is_demo)),
            plain.cell(each.issued.to),
            plain.cell(each.issued.by.name or author(each.issued.by), second_line=each.issued.by.organisation),
            plain.cell(learning_words.state_word(each.state), second_line=answer(each)),
            plain.cell(words.day(each.begun_on)),
        )
        for each in found
    ]
    with st.container(key="learning_recommendations"):
        plain.table(_("Recommendations, the last issued first"), headers, rows, as_cards=True)


def answer(each: Recommendation) -> str:
    """What was said to it; nothing before."""
    return outcome_words.response(each.answered.response) if each.answered else ""


def show_new(*, is_first: bool) -> None:
    """Draw the form."""
    with (
        st.expander(_("Issue a recommendation"), expanded=is_first, icon=":material/campaign:", key="recommendation_new_open"),
        st.form("recommendation_new_form", border=False),
    ):
        st.text_area(_("What is recommended, and why"), key=f"{NEW}_text", height=110, max_chars=MAX_WORDS_CHARS)
        with st.grid(min_column_width=220, gap="small"):
            st.text_input(_("To which organisation"), key=f"{NEW}_to", max_chars=MAX_LINE_CHARS)
            st.selectbox(
                _("Who would have to change"), [each.value for each in Level], index=1, key=f"{NEW}_level",
                format_func=lambda code: learning_words.level_word(Level(code)),
            )  # fmt: skip
            codes = language_codes()
            st.selectbox(
                _("Written in"), codes, index=codes.index(i18n.current()), key=f"{NEW}_language", format_func=words.language
            )
        because.ask(NEW)
        naming.ask_from_session(NEW)
        st.form_submit_button(_("Issue it"), type="primary", on_click=acting.do, args=(_issue,))


def _issue() -> str:
    said = st.session_state
    told = recommendations.issue(
        state.kb(),
        said[f"{NEW}_text"],
        to=said[f"{NEW}_to"],
        level=said[f"{NEW}_level"],
        language=said[f"{NEW}_language"],
        despite=naming.said(NEW),
        actor=state.actor(),
        **because.chosen(NEW),
    )
    said.update({f"{NEW}_text": "", f"{NEW}_to": "", "recommendation": told.id})
    because.forget(NEW)
    naming.forget(NEW)
    return _("Issued. {name} may answer it now.").format(name=told.issued.to)

"""A member's own cases in a question round, and the way to write one."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.round import Round, RoundState
from kb.ui import answering, plain, state, words
from kb.ui.components import section
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown


def show(found: Round) -> None:
    """Draw them while cases are waited for; nothing before and after."""
    if found.state is not RoundState.SENT:
        return
    section.head("mine", _("Your case"))
    mine = [each for each in found.answers if each.by.name == state.actor().name]
    with st.container(border=True, gap="small", key="round_mine"):
        if not mine:
            st.markdown(_("Answer with a case of your organisation, in any language. Others see it once you submit it."))
        for each in mine:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"mine_{each.seq}"):
                plain.show(plain.element("strong", each.title, language=each.language))
                st.caption(escape_markdown(_("submitted on {day}").format(day=words.day(each.at_utc[:10]))))
                _show_button(_("Answer anew"), str(each.seq), "edit", is_first=False)
        _show_button(_("Add another case") if mine else _("Write your case"), answering.NEW, "add", is_first=not mine)


def _show_button(words_: str, case: str, icon: str, *, is_first: bool) -> None:
    st.button(
        words_, key=f"write_case_{case}", icon=f":material/{icon}:", type="primary" if is_first else "secondary",
        on_click=st.session_state.update, args=({answering.CASE: case, answering.QUESTION: ""},),
    )  # fmt: skip

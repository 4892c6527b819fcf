"""Keep the question and its filters under a name."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.answer import Filters
from kb.services import judging, saved_searches
from kb.services.saved_searches import MAX_NAME_CHARS
from kb.ui import acting, state
from kb.ui.i18n import _

_POPOVER = "save"  # widget key; its value is whether it is open


def show(question: str, filters: Filters, k: int) -> None:
    """Draw the form behind a button. The name begins as the question."""
    key = f"save_{judging.question_key(question)}"  # another question begins with another name
    with st.popover(_("Save this search"), key=_POPOVER, icon=":material/bookmark_add:", type="tertiary", on_change="rerun"):
        st.markdown(_("Come back to it under *Saved searches*, and see what is new in its answer."))
        with st.form("save_form", border=False):
            st.text_input(_("Name"), value=question[:MAX_NAME_CHARS], key=key, max_chars=MAX_NAME_CHARS)
            what = (_save, key, question, filters, k)
            st.form_submit_button(_("Save"), type="primary", icon=":material/bookmark_add:", on_click=acting.do, args=what)


def _save(key: str, question: str, filters: Filters, k: int) -> str:
    kept = saved_searches.save(state.kb(), st.session_state[key], question, actor=state.actor(), filters=filters, k=k)
    st.session_state[_POPOVER] = False
    return _("Saved as “{name}”. What it finds now counts as seen.").format(name=kept.name)

"""The question, and how many passages are wanted."""

from __future__ import annotations

import streamlit as st

from kb.ui.i18n import _, marked

QUESTION, COUNT = "q", "s_k"  # widget keys and URL parameters
COUNTS = (10, 20, 50, 100, 200)
EXAMPLES = (
    marked("How do women's cooperatives reach markets abroad?"),
    marked("What makes a good practice transferable to another region?"),
    marked("How should a peer review of a practice be organised?"),
    marked("Which words of the social economy mean something else in another language?"),
)


def show() -> str:
    """Draw the form. Returns the question, without spaces around it; empty before anything was asked.

    The field has no limit: it would drop what is pasted beyond it without a word (Streamlit 1.67), while a search says so.
    """
    with st.form("question", border=False):
        text, count, go = st.columns([8, 2, 2], vertical_alignment="bottom")
        question = text.text_input(
            _("Your question"),
            key=QUESTION,
            placeholder=_("Ask in your own words, in any language"),
            icon=":material/search:",
            autocomplete="off",
        )
        count.selectbox(_("Passages"), COUNTS, key=COUNT)
        go.form_submit_button(_("Search"), type="primary", width="stretch")
    return str(question or "").strip()


def show_examples() -> None:
    """Questions to start from; a click asks one."""
    st.header(_("Questions to start from"), anchor=False)
    for n, example in enumerate(EXAMPLES):
        st.button(
            _(example), key=f"example_{n}", icon=":material/arrow_forward:", type="tertiary", on_click=ask, args=(_(example),)
        )


def ask(question: str) -> None:
    """Put a question into the form; for ``on_click``, which runs before the form is drawn."""
    st.session_state[QUESTION] = question

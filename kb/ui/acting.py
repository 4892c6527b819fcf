"""Do what a button asks, and say in the run that follows how it went.

Callbacks run before the page does, where nothing around them could explain a refusal.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kb.errors import KBError
from kb.ui.plain import escape_markdown
from kb.ui.said import said

_TOLD = "_told"  # session key: whether it was done, and the sentence


def do(act: Callable[..., str], *args: object) -> None:
    """For ``on_click`` and ``on_change``: call ``act``; what it returns is said as done, unless it is empty."""
    try:
        sentence, is_done = act(*args), True
    except KBError as error:
        sentence, is_done = said(str(error)), False
    if sentence:
        st.session_state[_TOLD] = (is_done, sentence)


def tell() -> None:
    """Above the page: what was done or refused, once. A refusal is a toast too, for a reader who is far down the page."""
    told = st.session_state.pop(_TOLD, None)
    with st.container():  # there in every run: what follows keeps its place in the tree of the page
        if told:
            is_done, sentence = told
            icon = ":material/check_circle:" if is_done else ":material/error:"
            (st.success if is_done else st.error)(escape_markdown(sentence), icon=icon)
            if not is_done:
                st.toast(escape_markdown(sentence), icon=icon)

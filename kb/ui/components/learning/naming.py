"""Why a text may name who was at a session under the Chatham House Rule: a facilitator says it."""

from __future__ import annotations

import streamlit as st

from kb.peers.learning.parts import MAX_WORDS_CHARS
from kb.services.permission import Role
from kb.ui import state
from kb.ui.i18n import _


def ask(key: str, label: str) -> None:
    """Draw the field; nothing for who is no facilitator. What was said is read with :func:`said`."""
    if Role.FACILITATOR in state.actor().roles:
        st.text_input(
            label, key=f"{key}_despite", max_chars=MAX_WORDS_CHARS,
            help=_("A name may stay in the title of a published work, for example. The reason is kept with what happened."),
        )  # fmt: skip


def ask_from_session(key: str) -> None:
    """Draw the field for what may come from a session, or from none."""
    ask(key, _("If it names who was at a session under the Chatham House Rule: why it may (optional)"))


def said(key: str) -> str:
    """What :func:`ask` was told."""
    return str(st.session_state.get(f"{key}_despite", ""))


def forget(key: str) -> None:
    """Empty the field."""
    if f"{key}_despite" in st.session_state:
        st.session_state[f"{key}_despite"] = ""

"""The organisation that somebody speaks for: their own, and for facilitators any that they type."""

from __future__ import annotations

import streamlit as st

from kb.peers.parts import MAX_LINE_CHARS
from kb.services.permission import Role
from kb.ui import state
from kb.ui.i18n import _


def ask(label: str, key: str, *, so_far: str = "") -> None:
    """Draw the field; its value stands in the session under ``key``.

    Args:
        so_far: the organisation that was named before; else the reader's own is there to begin with.
    """
    actor, said = state.actor(), st.session_state
    begins, is_free = so_far or actor.organisation, Role.FACILITATOR in actor.roles
    if key not in said or not is_free or said.get(f"{key}_of") != actor.name:  # whoever acted in this tab before left theirs
        said[key], said[f"{key}_of"] = begins, actor.name
    if is_free:
        st.text_input(label, key=key, max_chars=MAX_LINE_CHARS)
        return
    told = _("Your own. Facilitators may name any organisation.")
    unknown = _("It is not known which organisation you work for: ask a facilitator.")
    st.text_input(label, key=key, disabled=True, help=told if begins else unknown)

"""What surrounds every page: look, language switch, mode."""

from __future__ import annotations

import streamlit as st

from kb.ui import i18n, state
from kb.ui.components import aside
from kb.ui.i18n import _


def dress() -> None:
    """Page config, logo and style sheet. The icon is a file of ours: a Material one would be fetched from another host."""
    st.set_page_config(page_icon=str(state.STATIC / "favicon.png"), layout="wide", menu_items={})
    st.logo(str(state.STATIC / "logo.svg"), size="large", icon_image=str(state.STATIC / "favicon.png"))
    st.html(state.STATIC / "kb.css")


def choose_language() -> None:
    """The language switch, below the page's own part of the side panel; it stays in the URL on every page.

    The options are codes, because Streamlit writes an option's label into the URL.
    """
    aside.reserve()
    with st.sidebar:
        st.segmented_control(
            _("Language"), list(i18n.LANGUAGES), default=i18n.preferred(), required=True, key=i18n.KEY, bind="query-params"
        )
        st.caption(_("Local mode: this machine only, one member with all roles."))
        # Streamlit's page always says lang="en"; screen readers choose the voice by it. The code is one of ours, no foreign text.
        st.html(f"<script>document.documentElement.lang = '{i18n.current()}'</script>", unsafe_allow_javascript=True)

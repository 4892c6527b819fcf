"""What surrounds every page: look, language switch, whom one acts as."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from kb.errors import KBError
from kb.services import members
from kb.services.permission import LOCAL_MEMBER
from kb.ui import i18n, state
from kb.ui.components import aside
from kb.ui.i18n import _

_SWITCHED = "_switched"  # session key: another member was chosen in this very run


def dress() -> None:
    """Page config, logo and style sheet. The icon is a file of ours: a Material one would be fetched from another host."""
    st.set_page_config(page_icon=str(state.STATIC / "favicon.png"), layout="wide", menu_items={})
    st.logo(str(state.STATIC / "logo.svg"), size="large", icon_image=str(state.STATIC / "favicon.png"))
    st.html(state.STATIC / "kb.css")


def show_switches() -> None:
    """The switches of the whole app, below the page's own part of the side panel.

    The language stays in the URL on every page; its options are codes, because Streamlit writes an option's label into the URL.
    """
    aside.reserve()
    with st.sidebar:
        st.segmented_control(
            _("Language"), list(i18n.LANGUAGES), default=i18n.preferred(), required=True, key=i18n.KEY, bind="query-params"
        )
        _choose_member()
        # One script of ours, no foreign text: Streamlit's page always says lang="en", and screen readers choose the voice by it;
        # the browser keeps who one acts as (quoted: letters, digits, "%" and "_.-~"), and loads the page anew for another one, so
        # that nothing that was typed or chosen as one member is left on the page of the next.
        kept = f"{state.MEMBER_COOKIE}={quote(state.acting_as(), safe='')}; path=/; SameSite=Strict"
        again = " location.reload();" if st.session_state.pop(_SWITCHED, False) else ""
        script = f"document.documentElement.lang = '{i18n.current()}'; document.cookie = '{kept}';{again}"
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _choose_member() -> None:
    """Draw whom one acts as, where there is a choice."""
    try:
        active = [each for each in members.members(state.kb(), actor=LOCAL_MEMBER) if each.is_active]
    except KBError:  # the page says it
        active = []
    names = [each.name for each in active]
    if not names:
        st.caption(_("Local mode: this machine only, one member with all roles."))
        return
    chosen, nobody = state.acting_as(), _("Local member, all roles")
    st.session_state[state.ACTING_AS] = chosen if chosen in names else ""
    st.selectbox(_("Acting as"), ["", *names], key=state.ACTING_AS, on_change=_switch, format_func=lambda name: name or nobody)
    if any(each.is_demo and each.name == chosen for each in active):
        st.caption(
            _("Made up for the demonstration: so is all that you do as this member, and it goes when the demonstration goes.")
        )
    st.caption(_("Local mode: anybody at this machine may act as anybody."))


def _switch() -> None:
    st.session_state[_SWITCHED] = True

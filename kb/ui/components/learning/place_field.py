"""Where something applies: a country, and if wanted a region of it."""

from __future__ import annotations

import streamlit as st

from kb.peers import countries
from kb.ui import words
from kb.ui.i18n import _

MAX_REGION = 3  # characters after the hyphen of ISO 3166-2


def ask(key: str, so_far: str = "") -> None:
    """Draw both fields; what they say is read with :func:`chosen`."""
    country, _dash, region = so_far.partition("-")
    st.session_state.setdefault(f"{key}_country", country)
    st.session_state.setdefault(f"{key}_region", region)
    codes = [code for code in words.all_countries() if code in countries.CODES]
    st.selectbox(
        _("Country"), ["", *codes], key=f"{key}_country", format_func=lambda code: words.country(code) if code else _("Not said")
    )
    st.text_input(_("Region (code of ISO 3166-2, optional)"), key=f"{key}_region", max_chars=MAX_REGION, placeholder="QC")


def chosen(key: str) -> str:
    """The code of the place, such as PT or CA-QC; empty for none."""
    country, region = st.session_state.get(f"{key}_country") or "", (st.session_state.get(f"{key}_region") or "").strip().upper()
    return f"{country}-{region}" if country and region else country

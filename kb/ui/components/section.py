"""Sections of a long page: headings that can be led to, and the list of them in the side panel."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from kb.ui import plain
from kb.ui.components.aside import aside
from kb.ui.i18n import _


def head(key: str, label: str) -> None:
    """Draw a section's heading; ``key`` is ours, lower case letters."""
    plain.show(f'<h2 id="section-{key}" class="kb-section">{escape(label)}</h2>')


def mark(key: str) -> None:
    """A place to lead to, before a part that draws its own heading."""
    st.html(f'<span id="section-{key}"></span>')


def show_list(sections: Mapping[str, str]) -> None:
    """Draw the way to each section (key → label) in the side panel."""
    items = "".join(f'<li><a href="#section-{key}">{escape(label)}</a></li>' for key, label in sections.items())
    with aside():
        st.header(_("On this page"), anchor=False)
        plain.show(f'<ul class="kb-outline">{items}</ul>')

"""How to cite one passage: a line to copy, and files."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.passage import PassageId
from kb.ui.components import take_along
from kb.ui.i18n import _


def show(line: str, passage: PassageId, sentence: tuple[int, int] | None, *, question: str = "", key: str = "") -> None:
    """Draw the popover; what is in it is drawn when it is opened.

    Args:
        line: the citation.
        passage: that is cited.
        sentence: span that is marked in it.
        question: that it answers, or empty.
        key: where the passage occurs twice on a page.
    """
    popover = st.popover(
        _("Cite"), key=f"cite_{key or passage}", icon=":material/format_quote:", type="tertiary", on_change="rerun"
    )
    if popover.open:
        with popover:
            st.caption(_("Copy this line:"))
            st.code(line, language=None, wrap_lines=True)
            st.caption(_("Or take it along as a file:"))
            take_along.show([passage], {passage: sentence} if sentence else {}, question, key or passage)

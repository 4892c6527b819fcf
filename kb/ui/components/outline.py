"""A document's headings, each leading to the passage that stands below it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.retrieval.passage import Passage
from kb.services.library import Heading
from kb.ui import words
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown

MAX_HEADINGS = 60  # a side panel with more is no overview; the passages below the document list the rest


def show(headings: Sequence[Heading], passages: Sequence[Passage], title: str) -> None:
    """Draw the outline in the side panel; nothing for a document without headings. A heading that repeats the title is left out."""
    shown = [heading for heading in headings if heading.text != title]
    if not shown or not passages:
        return
    st.header(_("Outline"), anchor=False)
    top = min(heading.level for heading in shown)
    with st.container(gap=None):
        for n, heading in enumerate(shown[:MAX_HEADINGS]):
            target = next((passage for passage in passages if passage.end > heading.start), passages[-1])
            # The level in the key is what the style sheet indents by.
            key = f"outline_{heading.level - top + 1}_{n}"
            place = words.page(heading.page, heading.page_label) or None
            st.button(
                escape_markdown(heading.text), key=key, type="tertiary", help=place, on_click=go_to, args=(target,), wrap=True
            )
    if len(shown) > MAX_HEADINGS:
        more = len(shown) - MAX_HEADINGS
        st.caption(ngettext("… and {n} more heading", "… and {n} more headings", more).format(n=words.number(more)))


def go_to(passage: Passage) -> None:
    """Turn the document's page to a passage; for ``on_click``."""
    st.query_params.update({"passage": passage.id, "mark": [], "page": []})

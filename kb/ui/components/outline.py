"""A document's headings, each leading to the passage that stands below it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.retrieval.passage import Passage
from kb.services.library import Heading
from kb.ui import words
from kb.ui.components import plain
from kb.ui.i18n import _, ngettext

MAX_HEADINGS = 60  # a side panel with more is no overview; the passages below the document list the rest


def show(headings: Sequence[Heading], passages: Sequence[Passage]) -> None:
    """Draw the outline in the side panel; nothing for a document without headings."""
    if not headings or not passages:
        return
    st.header(_("Outline"), anchor=False)
    for n, heading in enumerate(headings[:MAX_HEADINGS]):
        target = next((passage for passage in passages if passage.end > heading.start), passages[-1])
        indent = "\u2003" * (heading.level - min(h.level for h in headings))
        page = words.page(heading.page, None)
        st.button(
            indent + plain.escape_markdown(heading.text),
            key=f"outline_{n}",
            type="tertiary",
            help=page or None,
            on_click=go_to,
            args=(target,),
            wrap=True,
        )
    if len(headings) > MAX_HEADINGS:
        more = len(headings) - MAX_HEADINGS
        st.caption(ngettext("… and {n} more heading", "… and {n} more headings", more).format(n=words.number(more)))


def go_to(passage: Passage) -> None:
    """Turn the document's page to a passage; for ``on_click``."""
    st.query_params.update({"passage": passage.id, "mark": [], "page": []})

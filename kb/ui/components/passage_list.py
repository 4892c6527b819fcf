"""The passages of a document, in order."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from kb.retrieval.passage import Document, Passage
from kb.ui import plain
from kb.ui.components import citation, document_head, facts, outline, quoted
from kb.ui.i18n import _

PASSAGES_A_PAGE = 10


def show_chosen(document: Document, passage: Passage, sentence: tuple[int, int] | None) -> None:
    """Draw the passage the reader came for, with its sentence marked, and how to cite it."""
    st.header(_("The passage"), anchor=False)
    with st.container(border=True, key="chosen"):
        plain.show(facts.place(passage, document.media_type, document_head.title_of(document)))
        quoted.show(passage.text, sentence, language=passage.language)
        with st.popover(_("Cite"), key="cite_chosen", icon=":material/format_quote:"):
            quote = passage.text[slice(*sentence)] if sentence else None
            st.caption(_("Copy this line:"))
            st.code(
                citation.text(document_head.title_of(document), document.metadata, passage, document.media_type, quote),
                language=None,
                wrap_lines=True,
            )


def show_all(document: Document, passages: Sequence[Passage], chosen: Passage | None) -> None:
    """Draw every passage, ten a page, starting where the chosen one stands."""
    st.header(_("All passages"), anchor=False)
    n_pages = max(1, math.ceil(len(passages) / PASSAGES_A_PAGE))
    start = 1 + (chosen.ordinal // PASSAGES_A_PAGE if chosen else 0)
    cards, page = st.container(gap="medium"), 1
    if n_pages > 1:
        # A key for each document and starting place: a click in the outline turns the list as well.
        page = st.pagination(n_pages, default=min(start, n_pages), key=f"passages_{document.id}_{start}")
    with cards:
        for passage in passages[(page - 1) * PASSAGES_A_PAGE : page * PASSAGES_A_PAGE]:
            with st.container(gap="small", key=f"passage_{passage.id}"):
                plain.show(facts.place(passage, document.media_type, document_head.title_of(document)))
                quoted.show(passage.text, language=passage.language)
                st.button(
                    _("Show this passage"), key=f"show_{passage.id}", type="tertiary", icon=":material/arrow_upward:",
                    on_click=outline.go_to, args=(passage,), disabled=chosen is not None and passage.id == chosen.id,
                )  # fmt: skip

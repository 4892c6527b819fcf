"""The passages of a document, in order."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from kb.retrieval.passage import Document, Passage
from kb.ui import links, plain
from kb.ui.components import chosen, citation, cite, document_head, facts, outline, quoted
from kb.ui.i18n import _

PASSAGES_A_PAGE = 10


def show_chosen(document: Document, passage: Passage, sentence: tuple[int, int] | None) -> None:
    """Draw the passage the reader came for, with its sentence marked, and how to cite it."""
    st.header(_("The passage"), anchor=False)
    with st.container(border=True, key="chosen"):
        plain.show(facts.place(passage, document.media_type, document_head.title_of(document)))
        quoted.show(passage.text, sentence, language=passage.language)
        line = citation.text(document.path, document.metadata, passage, document.media_type, sentence)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tool_passage"):
            chosen.show_box(passage.id, sentence, "", key="chosen")
            cite.show(line, passage.id, sentence, key="chosen")
            links.to_similar(_("More like this"), passage_id=passage.id)


def show_all(document: Document, passages: Sequence[Passage], wanted: Passage | None) -> None:
    """Draw every passage, ten a page, starting where the chosen one stands."""
    st.header(_("All passages"), anchor=False)
    n_pages = max(1, math.ceil(len(passages) / PASSAGES_A_PAGE))
    start = 1 + (wanted.ordinal // PASSAGES_A_PAGE if wanted else 0)
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
                    on_click=outline.go_to, args=(passage,), disabled=wanted is not None and passage.id == wanted.id,
                )  # fmt: skip

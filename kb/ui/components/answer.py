"""An answer: what was searched, the hits, page by page."""

from __future__ import annotations

import hashlib
import math

import streamlit as st

from kb.retrieval.answer import SearchResult
from kb.ui import plain, words
from kb.ui.components import hit_card
from kb.ui.i18n import _, ngettext

HITS_A_PAGE = 10  # more cards than this are no longer read, only scrolled


def show(result: SearchResult) -> None:
    """Draw the hits, ten a page."""
    n_pages = math.ceil(len(result.hits) / HITS_A_PAGE)
    _show_summary(result)
    cards = st.container(gap="medium")
    page = 1
    if n_pages > 1:
        # A key of its own for each answer: a new question starts on its first page.
        key = hashlib.blake2b(repr((result.question, result.filters)).encode(), digest_size=6).hexdigest()
        with st.container(horizontal_alignment="center"):
            page = st.pagination(n_pages, key=f"answer_{key}")
    with cards:
        for hit in result.hits[(page - 1) * HITS_A_PAGE : page * HITS_A_PAGE]:
            hit_card.show(hit)


def show_nothing_found(result: SearchResult, filters: str) -> None:
    """Say what was searched, so that "nothing" can be believed."""
    where = words.number(result.n_passages), words.number(result.n_documents)
    if filters:
        sentence = _(
            "No passage found for this question in {passages} passages of {documents} documents, with these filters: {filters}."
        )
    else:
        sentence = _("No passage found for this question in {passages} passages of {documents} documents.")
    text = sentence.format(passages=where[0], documents=where[1], filters=filters)
    st.warning(plain.escape_markdown(text), icon=":material/search_off:")
    st.markdown(_("Try other words, ask it as a full sentence, or take filters away."))


def _show_summary(result: SearchResult) -> None:
    found = ngettext("{n} passage", "{n} passages", len(result.hits)).format(n=words.number(len(result.hits)))
    st.header(found, anchor=False)
    st.caption(
        _("Searched {passages} passages of {documents} documents in {seconds} s.").format(
            passages=words.number(result.n_passages),
            documents=words.number(result.n_documents),
            seconds=words.number(result.took_s, decimals=2),
        )
    )

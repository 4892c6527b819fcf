"""An answer: what was searched, how the question was understood, the hits, page by page."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping

import streamlit as st

from kb.retrieval.answer import SearchResult
from kb.retrieval.passage import PassageId
from kb.services import practice_documents
from kb.services.records import MemberJudgement
from kb.ui import plain, state, words
from kb.ui.components import hit_card, order, understood, widened
from kb.ui.i18n import _, ngettext

HITS_A_PAGE = 10  # more cards than this are no longer read, only scrolled


def show(
    result: SearchResult,
    marks: Mapping[PassageId, MemberJudgement] | None,
    *,
    new: Collection[PassageId] = (),
    is_asked_here: bool = True,
) -> None:
    """Draw the hits, ten a page.

    Args:
        result: with one hit at least.
        marks: what the acting member said about passages for this question; ``None``: they cannot be judged now.
        new: those that came since the last look at a saved search.
        is_asked_here: whether the page has the form, so that order and question can be changed.
    """
    n_pages = math.ceil(len(result.hits) / HITS_A_PAGE)
    _show_summary(result, can_be_ordered=is_asked_here and not result.is_list)
    understood.show(result, can_be_changed=is_asked_here)
    widened.show(result, can_be_changed=is_asked_here)
    cards = st.container(gap="medium")
    page = 1
    if n_pages > 1:
        # A key of its own for each answer: a new question starts on its first page.
        key = hashlib.blake2b(repr((result.question, result.filters, result.order)).encode(), digest_size=6).hexdigest()
        with st.container(horizontal_alignment="center"):
            page = st.pagination(n_pages, key=f"answer_{key}")
    shown = result.hits[(page - 1) * HITS_A_PAGE : page * HITS_A_PAGE]
    documents = {hit.passage.document_id for hit in shown}
    practices = practice_documents.practices_of(state.kb(), documents, actor=state.actor())
    with cards:
        for hit in shown:
            hit_card.show(
                hit,
                result.question,
                (marks or {}).get(hit.passage.id),
                is_new=hit.passage.id in new,
                is_ranked=not result.is_list,
                can_be_judged=marks is not None,
                practices=practices.get(hit.passage.document_id, ()),
            )


def show_nothing_found(result: SearchResult, filters: str, *, is_asked_here: bool = True) -> None:
    """Say what was searched, so that "nothing" can be believed; arguments as in :func:`show`, ``filters`` in words."""
    where = words.number(result.n_passages), words.number(result.n_documents)
    if filters:
        sentence = _(
            "No passage found for this question in {passages} passages of {documents} documents, with these filters: {filters}."
        )
    else:
        sentence = _("No passage found for this question in {passages} passages of {documents} documents.")
    text = sentence.format(passages=where[0], documents=where[1], filters=filters)
    understood.show(result, can_be_changed=is_asked_here)
    widened.show(result, can_be_changed=is_asked_here)
    st.warning(plain.escape_markdown(text), icon=":material/search_off:")
    st.markdown(_("Try other words, ask it as a full sentence, or take filters away."))


def _show_summary(result: SearchResult, *, can_be_ordered: bool) -> None:
    found = ngettext("{n} passage", "{n} passages", len(result.hits)).format(n=words.number(len(result.hits)))
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="summary"):
        st.header(found, anchor=False)
        if can_be_ordered:
            order.show()
    st.caption(
        _("Searched {passages} passages of {documents} documents in {seconds} s.").format(
            passages=words.number(result.n_passages),
            documents=words.number(result.n_documents),
            seconds=words.number(result.took_s, decimals=2),
        )
    )

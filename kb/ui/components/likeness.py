"""What is like a passage or a document, and why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import Passage
from kb.retrieval.similar import Likeness, SimilarDocument, SimilarDocuments, SimilarPassages
from kb.services import library
from kb.ui import links, plain, state, words
from kb.ui.components import document_list, facts, hit_card, quoted
from kb.ui.i18n import _, ngettext


def show_passages(found: SimilarPassages) -> None:
    """Draw the passage asked about, then the passages of other documents that are like it."""
    own = library.document(state.kb(), found.passage.document_id, actor=state.actor())
    title = own.metadata.title or own.path.rsplit("/", 1)[-1]
    with st.container(border=True, key="like_this", gap="small"):
        plain.show(plain.element("p", _("Like this passage:"), css="kb-quiet"))
        links.to_document(title, own.id, found.passage.id)
        plain.show(facts.place(found.passage, own.media_type, title))
        quoted.show(found.passage.text, language=found.passage.language)
    _show_summary(
        ngettext("{n} passage of other documents", "{n} passages of other documents", len(found.hits)).format(n=len(found.hits)),
        found.n_passages, found.n_documents, found.took_s,
    )  # fmt: skip
    _show_left_out(found.left_out)
    if not found.hits:
        st.warning(_("No other document has a passage to compare with."), icon=":material/search_off:")
    for hit in found.hits:
        hit_card.show(hit)


def show_documents(found: SimilarDocuments) -> None:
    """Draw the document asked about, then those like it, each with the pairs of passages that show it."""
    with st.container(border=True, key="like_this", gap="small"):
        plain.show(plain.element("p", _("Like this document:"), css="kb-quiet"))
        links.to_document(document_list.title_of(found.document), found.document.id)
        plain.show(facts.of_document(found.document.metadata, found.document.languages))
    _show_summary(
        ngettext("{n} document", "{n} documents", len(found.found)).format(n=words.number(len(found.found))),
        found.n_passages, found.n_documents, found.took_s,
    )  # fmt: skip
    _show_left_out(found.left_out)
    if not found.found:
        st.warning(_("There is no other document to compare with."), icon=":material/search_off:")
    for each in found.found:
        _show_document(each, found.document)


def _show_summary(found: str, n_passages: int, n_documents: int, took_s: float) -> None:
    st.header(found, anchor=False)
    st.caption(
        _("Searched {passages} passages of {documents} documents in {seconds} s.").format(
            passages=words.number(n_passages), documents=words.number(n_documents), seconds=words.number(took_s, decimals=2)
        )
    )


def _show_left_out(copies: Sequence[DocumentSummary]) -> None:
    if copies:
        titles = words.listed(map(document_list.title_of, copies))
        text = _("Left out, with nearly the same words: {titles}").format(titles=titles)
        plain.show(plain.element("p", text, css="kb-quiet"))


def _show_document(each: SimilarDocument, own: DocumentSummary) -> None:
    other = each.document
    with st.container(border=True, key=f"hit_{other.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(plain.element("span", words.number(each.rank), css="kb-rank"), width="content")
            best = each.pairs[0].other.id if each.pairs else ""
            links.to_document(document_list.title_of(other), other.id, best)
        plain.show(facts.of_document(other.metadata, other.languages))
        pairs = ngettext("{n} pair of passages that shows it", "{n} pairs of passages that show it", len(each.pairs))
        with st.expander(pairs.format(n=len(each.pairs)), key=f"pairs_{other.id}", icon=":material/compare_arrows:"):
            for pair in each.pairs:
                _show_pair(pair, own, other)
        links.to_similar(_("More like this"), document_id=other.id, is_there=True)


def _show_pair(pair: Likeness, own: DocumentSummary, other: DocumentSummary) -> None:
    similarity = words.number(pair.similarity, decimals=3)
    plain.show(plain.element("p", _("Similarity {score}").format(score=similarity), css="kb-quiet"))
    here, there = st.columns(2, gap="medium")
    with here:
        _show_side(_("This document"), pair.own, own)
    with there:
        _show_side(_("The other document"), pair.other, other)


def _show_side(label: str, passage: Passage, document: DocumentSummary) -> None:
    plain.show(
        plain.element("p", label, css="kb-quiet"), facts.place(passage, document.media_type, document_list.title_of(document))
    )
    quoted.show(passage.text, language=passage.language)

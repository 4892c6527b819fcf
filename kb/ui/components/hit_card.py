"""One hit: where it is from, the passage with its sentence marked, why it is here, and how to cite it."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.answer import Hit
from kb.ui import links, plain, words
from kb.ui.components import citation, facts, quoted
from kb.ui.i18n import _


def show(hit: Hit) -> None:
    """Draw a hit as a card."""
    with st.container(border=True, key=f"hit_{hit.passage.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(plain.element("span", words.number(hit.rank), css="kb-rank"), width="content")
            links.to_document(hit.title, hit.passage.document_id, hit.passage.id, hit.sentence)
        plain.show(facts.place(hit.passage, hit.media_type, hit.title), facts.of_passage(hit.metadata, hit.passage))
        quoted.show(hit.passage.text, hit.sentence, language=hit.passage.language)
        with st.container(horizontal=True, gap="small"):
            with st.popover(_("Why it is here"), key=f"why_{hit.passage.id}", icon=":material/help:"):
                _show_why(hit)
            with st.popover(_("Cite"), key=f"cite_{hit.passage.id}", icon=":material/format_quote:"):
                st.caption(_("Copy this line:"))
                st.code(citation.of_hit(hit), language=None, wrap_lines=True)


def _show_why(hit: Hit) -> None:
    by_meaning = _("By meaning it is number {rank} of the candidates (similarity {score}).")
    by_words = _("By its words it is number {rank} of the candidates (BM25 {score}).")
    if hit.dense_rank is None:
        reasons = [
            _("Its meaning alone did not bring it (similarity {score}).").format(score=words.number(hit.dense_score, decimals=3))
        ]
    else:
        reasons = [by_meaning.format(rank=words.number(hit.dense_rank), score=words.number(hit.dense_score, decimals=3))]
    if hit.lexical_rank is None:
        reasons.append(_("It shares no telling word with the question."))
    else:
        reasons.append(by_words.format(rank=words.number(hit.lexical_rank), score=words.number(hit.lexical_score or 0, decimals=1)))
    reasons.append(
        _("Both together: {score}. This figure compares passages of one answer only.").format(
            score=words.number(hit.score, decimals=3)
        )
    )
    plain.show("<ul>", *(plain.element("li", reason) for reason in reasons), "</ul>")

"""One hit: where it is from, the passage with its sentence marked, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.retrieval.answer import Hit
from kb.services.practice_documents import Named
from kb.services.records import MemberJudgement
from kb.ui import links, plain, words
from kb.ui.components import chosen, citation, cite, facts, quoted, verdict
from kb.ui.i18n import _


def show(
    hit: Hit,
    question: str = "",
    mark: MemberJudgement | None = None,
    *,
    is_new: bool = False,
    is_ranked: bool = True,
    can_be_judged: bool = True,
    practices: Sequence[Named] = (),
) -> None:
    """Draw a hit as a card.

    Args:
        hit: to show.
        question: that it answers; without one it is like a passage, and cannot be judged.
        mark: what the acting member said about it.
        is_new: since the last look at a saved search.
        is_ranked: whether there were words to rank it by.
        can_be_judged: whether there is anywhere to keep what is said.
        practices: that its document belongs to.
    """
    with st.container(border=True, key=f"hit_{hit.passage.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(plain.element("span", words.number(hit.rank), css="kb-rank"), width="content")
            if is_new:
                st.html(plain.element("span", _("New"), css="kb-new"), width="content")
            links.to_document(hit.title, hit.passage.document_id, hit.passage.id, hit.sentence)
        plain.show(facts.place(hit.passage, hit.media_type, hit.title), facts.of_passage(hit.metadata, hit.passage))
        quoted.show(hit.passage.text, hit.sentence, language=hit.passage.language)
        show_practices(hit, practices)
        _show_place(hit)
        _show_actions(hit, question, mark, is_ranked=is_ranked, can_be_judged=can_be_judged and is_ranked and bool(question))


def show_practices(hit: Hit, practices: Sequence[Named]) -> None:
    """Draw links to the practices that a hit's document belongs to; nothing where there are none."""
    if practices:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"practices_{hit.passage.id}"):
            lead = _("Its practice:") if len(practices) == 1 else _("Its practices:")
            st.html(plain.element("span", lead, css="kb-quiet"), width="content")
            for named in practices:
                links.to_practice(named.title, named.name)


def _show_place(hit: Hit) -> None:
    """Of a passage of a context profile, or of what the directory tells: the way to the whole; nothing for any other."""
    if hit.metadata.context:
        with st.container(horizontal=True, key=f"practices_place_{hit.passage.id}"):
            links.to_context(_("The whole profile"), hit.metadata.context)
    if hit.metadata.entry:
        with st.container(horizontal=True, key=f"practices_entry_{hit.passage.id}"):
            links.to_organisation(_("The whole entry"), hit.metadata.entry)
    if hit.metadata.partnership:
        with st.container(horizontal=True, key=f"practices_partnership_{hit.passage.id}"):
            links.to_partnership(_("The whole partnership"), hit.metadata.partnership)


def _show_actions(hit: Hit, question: str, mark: MemberJudgement | None, *, is_ranked: bool, can_be_judged: bool) -> None:
    passage = hit.passage.id
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"act_{passage}"):
        if can_be_judged:
            verdict.show(hit, question, mark)
        chosen.show_box(passage, hit.sentence, question)
        cite.show(citation.of_hit(hit), passage, hit.sentence, question=question)
        links.to_similar(_("More like this"), passage_id=passage, is_there=not question)
        if is_ranked:
            with st.popover(_("Why it is here"), key=f"why_{passage}", icon=":material/help:", type="tertiary"):
                _show_why(hit, question)


def _show_why(hit: Hit, question: str) -> None:
    by_meaning = _("By meaning it is number {rank} of the candidates (similarity {score}).")
    by_words = _("By its words it is number {rank} of the candidates (BM25 {score}).")
    if hit.dense_rank is None:
        reasons = [
            _("Its meaning alone did not bring it (similarity {score}).").format(score=words.number(hit.dense_score, decimals=3))
        ]
    else:
        reasons = [by_meaning.format(rank=words.number(hit.dense_rank), score=words.number(hit.dense_score, decimals=3))]
    if hit.lexical_rank is None:
        with_what = _("It shares no telling word with the passage."), _("It shares no telling word with the question.")
        reasons.append(with_what[bool(question)])
    else:
        reasons.append(by_words.format(rank=words.number(hit.lexical_rank), score=words.number(hit.lexical_score or 0, decimals=1)))
    if hit.reranker_score is not None:
        reasons.append(_("Re-ranking gave it {score}.").format(score=words.number(hit.reranker_score, decimals=3)))
    reasons.append(
        _("Both together: {score}. This figure compares passages of one answer only.").format(
            score=words.number(hit.score, decimals=3)
        )
    )
    plain.show("<ul>", *(plain.element("li", reason) for reason in reasons), "</ul>")

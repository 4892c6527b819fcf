"""A member's own judgements, newest first, each with the way to take it back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.services import judging
from kb.services.records import MemberJudgement
from kb.ui import acting, address, hrefs, links, plain, state, words
from kb.ui.components import document_list, verdict
from kb.ui.i18n import _, ngettext

JUDGEMENTS_A_PAGE = 20
QUOTED_CHARS = 300


def show_none() -> None:
    """Say how a passage is judged."""
    st.info(_("You have judged no passage yet. Ask a question, then choose “Relevant” or “Not relevant”."), icon=":material/info:")
    st.page_link(links.SEARCH, label=_("Go to search"), icon=":material/search:", query_params=address.left("search"))


def show(mine: Sequence[MemberJudgement]) -> None:
    """Draw them, twenty a page."""
    text = ngettext("{n} judgement", "{n} judgements", len(mine))
    st.header(text.format(n=words.number(len(mine))), anchor=False)
    documents = {document.id: document for document in state.documents()}
    n_pages = math.ceil(len(mine) / JUDGEMENTS_A_PAGE)
    cards, page = st.container(gap="small"), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"judgements_page_{n_pages}")
    with cards:
        for each in mine[(page - 1) * JUDGEMENTS_A_PAGE : page * JUDGEMENTS_A_PAGE]:
            _show_one(each, documents)


def _show_one(said: MemberJudgement, documents: Mapping[DocumentId, DocumentSummary]) -> None:
    with st.container(border=True, key=f"judgement_{said.id}", gap="small"):
        plain.show('<p class="kb-asked">', plain.link(said.question, hrefs.search(said.question)), "</p>")
        plain.show(plain.pills([verdict.spelled(said.relevance), words.moment(said.at_utc)]))
        if document := documents.get(said.document_id):
            links.to_document(document_list.title_of(document), document.id, said.passage_id)
            plain.show(plain.element("p", plain.shortened(said.quote, QUOTED_CHARS), css="kb-quiet"))
        else:
            plain.show(plain.element("p", _("Its passage is no longer there."), css="kb-quiet"))
        st.button(
            _("Withdraw"), key=f"withdraw_{said.id}", type="tertiary", icon=":material/undo:",
            on_click=acting.do, args=(_withdraw, said.id),
        )  # fmt: skip


def _withdraw(judgement_id: int) -> str:
    judging.withdraw(state.kb(), judgement_id, actor=state.actor())
    return _("The judgement is withdrawn.")

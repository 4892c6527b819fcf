"""Passages that speak to a question of a round: of the practice's own documents, or of all; each can be pinned to the answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import IndexBusy, IndexMissing, QueryError, UnusableIndex
from kb.peers.assessment.review import MAX_PINS, Pin
from kb.retrieval.standing import Speaking
from kb.services.learning.answering import CaseDesk
from kb.services.learning.round_evidence import QuestionEvidence
from kb.ui import answering, evidence, words
from kb.ui.components.assessing.review_evidence import ASKED, PIN_KEYS, show_passage
from kb.ui.i18n import _, ngettext
from kb.ui.plain import escape_markdown
from kb.ui.said import said

EVERYWHERE = "case_everywhere"  # widget key


def show(desk: CaseDesk, question: str) -> None:
    """Draw what there is for a question."""
    st.header(_("What speaks to it"), anchor=False)
    practice = desk.draft.practice
    if practice:
        st.toggle(_("Look in all documents"), key=EVERYWHERE)
    where = "" if practice and st.session_state.get(EVERYWHERE) else practice
    st.text_input(
        _("Ask the documents something else"), key=ASKED, placeholder=_("Words or a question, in any language"),
        icon=":material/search:",
    )  # fmt: skip
    try:
        with st.spinner(_("Reading the passages …")):
            found = evidence.of_question(desk.round.id, question, where, st.session_state[ASKED])
    except (IndexMissing, IndexBusy, UnusableIndex) as error:
        st.info(_("Passages are shown as soon as documents are read."), icon=":material/hourglass_top:")
        st.caption(escape_markdown(said(str(error))))
    except QueryError as refused:
        st.error(escape_markdown(said(str(refused))), icon=":material/error:")
    else:
        _show_found(desk, question, found)


def _show_found(desk: CaseDesk, question: str, found: QuestionEvidence) -> None:
    if not found.passages:
        st.info(_("No passage was found. Ask in other words, or look in all documents."), icon=":material/search_off:")
        return
    passages = ngettext("{n} passage", "{n} passages", found.n_passages).format(n=words.number(found.n_passages))
    documents = ngettext("{n} document", "{n} documents", found.n_documents).format(n=words.number(found.n_documents))
    told = _("Best of {passages} in {documents} for “{question}”")
    st.caption(escape_markdown(told.format(passages=passages, documents=documents, question=found.asked)))
    pins = desk.draft.pins.get(question, ())
    for place, each in enumerate(found.passages):
        show_passage(each, f"case_{question}_{place}")
        _show_pinning(question, each, pins, is_first=place == 0)


def _show_pinning(question: str, each: Speaking, pins: Sequence[Pin], *, is_first: bool) -> None:
    key = f"case_{question}_{each.passage.id}"
    if any(pin.passage_id == each.passage.id for pin in pins):
        st.caption(_("pinned"))
        return
    st.button(
        _("Pin it"), key=f"pin_{key}", icon=":material/add:", disabled=len(pins) >= MAX_PINS, on_click=answering.pin,
        args=(question, each.passage.id, each.sentence), shortcut=PIN_KEYS if is_first else None,
    )  # fmt: skip

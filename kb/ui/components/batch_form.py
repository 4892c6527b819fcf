"""The table of questions, and how it is to be answered."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.question_list import MAX_QUESTIONS
from kb.services import batch_search
from kb.services.batch_search import MAX_MEGABYTES, BatchProgress
from kb.services.tables import TableFormat
from kb.ui import state, words
from kb.ui.components import batch_outcome
from kb.ui.i18n import _
from kb.ui.said import said

PASSAGES = (1, 3, 5, 10, 20)
FORMATS = {TableFormat.XLSX: "Excel (.xlsx)", TableFormat.CSV: "CSV (.csv)"}


def show() -> None:
    """Draw the form; when it is sent, ask the questions and keep the outcome for this session.

    Raises:
        QueryError: if the file cannot be used.
    """
    with st.form("batch", border=True):
        limits = _("One question in each row, in a column named “question” or in the first; at most {n} questions and {mb} MB.")
        file = st.file_uploader(_("Questions (CSV)"), type=["csv", "tsv", "txt"], max_upload_size=MAX_MEGABYTES, key="b_file")
        st.caption(limits.format(n=words.number(MAX_QUESTIONS), mb=MAX_MEGABYTES))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            k = st.selectbox(_("Passages for each question"), PASSAGES, index=2, key="b_k", width=220)
            form = st.selectbox(_("Result as"), list(FORMATS), format_func=FORMATS.__getitem__, key="b_form", width=220)
            started = st.form_submit_button(_("Ask them all"), type="primary", icon=":material/play_arrow:")
    if not started:
        return
    batch_outcome.forget()
    if file is None:
        st.warning(_("No file was chosen."), icon=":material/upload_file:")
        return
    bar = st.progress(0.0, text=_("Reading the questions …"))

    def tell(at: BatchProgress) -> None:
        text = _("{done} of {total} questions").format(done=words.number(at.done), total=words.number(at.total))
        bar.progress(at.done / at.total, text=text)

    try:
        report = batch_search.batch(
            state.kb(), file.getvalue(), form, actor=state.actor(), k=k, wording=words.citation(), say=said, on_progress=tell
        )
    finally:
        bar.empty()
    batch_outcome.keep(report)

"""Passages as files: a button for each format. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from kb.retrieval.passage import PassageId
from kb.retrieval.wording import Wording
from kb.services import citing
from kb.services.citation_formats import Format
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from kb.ui import state, words
from kb.ui.i18n import _, marked

LABELS: Mapping[Format, str] = {
    Format.DOCX: marked("Word"),
    Format.TEXT: marked("Text"),
    Format.BIBTEX: "BibTeX",
    Format.RIS: "RIS",
    Format.CSL_JSON: "CSL-JSON",
    Format.CSV: "CSV",
}
Spans = Mapping[PassageId, tuple[int, int]]


def show(passages: Sequence[PassageId], sentences: Spans, question: str, key: str) -> None:
    """Draw the buttons.

    Args:
        passages: in the order of their numbers.
        sentences: spans to emphasise, where there are any.
        question: that all of them answer, or empty.
        key: unique on the page.
    """
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_content, state.kb(), state.actor(), tuple(passages), dict(sentences), question, words.citation())
    with st.container(horizontal=True, gap="small", key=f"take_{key}"):
        for form, label in LABELS.items():
            st.download_button(
                _(label),
                data=partial(content, form),
                file_name=f"passages{form.suffix}",
                mime=form.media_type,
                key=f"take_{key}_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _content(
    kb: KnowledgeBase, actor: Member, passages: Sequence[PassageId], sentences: Spans, question: str, wording: Wording, form: Format
) -> bytes:
    return citing.export(kb, passages, form, actor=actor, sentences=sentences, question=question, wording=wording).content

"""What is around a practice: its documents, practices like it, and what peers will do with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId
from kb.services.practices import Listed
from kb.ui import links, plain, sheet_words, state
from kb.ui.components import document_list, facts, practice_head, section, tags_panel
from kb.ui.components.assessing import of_practice
from kb.ui.components.benchmarking import ladder
from kb.ui.components.benchmarking import of_practice as benchmark_of_practice
from kb.ui.components.monitoring import of_practice as monitoring_of_practice
from kb.ui.components.transferring import of_practice as transfers_of_practice
from kb.ui.i18n import _


def show_tags(name: str) -> None:
    """Draw the tags, given and suggested ones too."""
    tags_panel.show(name)


def show_documents(documents: Sequence[DocumentSummary], missing: Sequence[str]) -> None:
    """Draw the documents that the sheet lists; to those who may know, the ones that the index does not have."""
    section.head("documents", sheet_words.field("documents"))
    if not documents and not missing:
        plain.show(plain.element("p", _("The sheet lists no document."), css="kb-quiet"))
    with st.grid(min_column_width=300, gap="small"):
        for each in documents:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_{each.id}"):
                links.to_document(document_list.title_of(each), each.id)
                plain.show(facts.of_document(each.metadata, each.languages))
    for path in missing:
        st.warning(
            plain.escape_markdown(_("The document is not in the index: {path}").format(path=path)), icon=":material/link_off:"
        )


def show_like(document_id: DocumentId | None) -> None:
    """Draw practices that are like this one in meaning."""
    section.head("like", _("More like this"))
    if document_id is None:
        sentence = _("This sheet is not in the index yet, so it cannot be compared. Ingest it: {command}")
        plain.show(plain.element("p", sentence.format(command="python -m kb ingest"), css="kb-quiet"))
        return
    found = state.practices_like(document_id)
    if not found:
        plain.show(plain.element("p", _("There is no other practice to compare with."), css="kb-quiet"))
    for each in found:
        _show_one(each)


def show_learning(name: str) -> None:
    """Draw what peers did with the practice, and the places of what they will do."""
    section.head("learning", _("Peer learning"))
    rows = {
        _("Assessment"): of_practice.as_html(name),
        _("Benchmark"): benchmark_of_practice.as_html(name),
        _("Monitoring"): monitoring_of_practice.as_html(name),
        _("Transfer"): transfers_of_practice.as_html(name),
    }
    body = "".join(f"{plain.element('dt', label)}<dd>{inside}</dd>" for label, inside in rows.items())
    plain.show(f'<dl class="kb-facts">{body}</dl>')
    of_practice.show_opening(name)
    ladder.show(name)


def _show_one(listed: Listed) -> None:
    with st.container(gap=None, key=f"like_practice_{listed.name}"):
        links.to_practice(practice_head.title_of(listed), listed.name, is_there=True)
        if listed.sheet:
            plain.show(practice_head.labels(listed.sheet))

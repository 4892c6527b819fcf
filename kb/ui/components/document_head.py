"""The top of a document's page: title and what is known about it."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.retrieval.passage import Document
from kb.retrieval.reference import Reference
from kb.ui import plain, words
from kb.ui.components import facts
from kb.ui.i18n import _, ngettext


def title_of(document: Document) -> str:
    """A document's title, or its file name."""
    return document.metadata.title or document.path.rsplit("/", 1)[-1]


def show(document: Document, languages: tuple[str, ...]) -> None:
    """Draw title and labels; the title is also the browser tab's."""
    st.set_page_config(page_title=title_of(document))
    plain.heading(1, title_of(document), language=document.metadata.language)
    plain.show(facts.of_document(document.metadata, languages))


def show_facts(document: Document, n_passages: int) -> None:
    """Draw what is known about it; unknown facts are left out."""
    about = document.metadata
    size = [ngettext("{n} passage", "{n} passages", n_passages).format(n=words.number(n_passages))]
    if document.n_pages:
        size.insert(0, ngettext("{n} page", "{n} pages", document.n_pages).format(n=words.number(document.n_pages)))
    # The record of a bibliography: it withholds the names that the Chatham House Rule protects, file names among them.
    record = Reference.of(document.id, document.path, about, document.media_type, instead=words.citation().name_withheld)
    chatham = _("What was said may be used, who said it may not (Chatham House).") if about.chatham_house else ""
    known = {
        _("Authors"): escape(words.listed(record.authors)),
        _("Organisation"): escape(record.publisher),
        _("Themes"): escape(words.listed(map(words.theme, about.themes))),
        _("Licence"): escape(about.licence),
        _("Source"): plain.link(record.address, record.address, new_tab=True) if record.address else "",
        _("Visible to"): escape(_(words.VISIBILITIES[about.visibility])) if about.visibility else "",
        _("Attribution"): escape(chatham),
        _("File"): escape(record.archive_location),
        _("Length"): escape(words.listed(size)),
    }
    rows = "".join(f'<dt>{escape(label)}</dt><dd dir="auto">{value}</dd>' for label, value in known.items() if value)
    st.header(_("About this document"), anchor=False)
    plain.show(f'<dl class="kb-facts">{rows}</dl>')

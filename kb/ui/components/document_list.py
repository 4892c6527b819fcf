"""Documents as cards or as a table."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

import streamlit as st

from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.reference import Reference
from kb.ui import hrefs, links, plain, words
from kb.ui.components import facts
from kb.ui.i18n import _, ngettext

CARDS, TABLE = "cards", "table"
DOCUMENTS_A_PAGE = 24  # fills rows of two, three and four
TITLE, VIEW = "l_title", "l_view"  # widget keys and URL parameters


def title_of(document: DocumentSummary) -> str:
    """A document's title, or its file name."""
    return document.metadata.title or document.path.rsplit("/", 1)[-1]


def with_title(documents: Sequence[DocumentSummary], part: str) -> list[DocumentSummary]:
    """Those whose title holds ``part``; case and accents do not matter."""
    return [document for document in documents if _folded(part) in _folded(title_of(document))]


def show_controls() -> None:
    """Draw the filter on titles and the choice of view."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Title contains"), key=TITLE, icon=":material/filter_alt:", max_chars=200)
        views = {CARDS: _("Cards"), TABLE: _("Table")}
        st.segmented_control(_("Show as"), list(views), key=VIEW, required=True, format_func=lambda view: views[view])


def show(documents: Sequence[DocumentSummary], view: str) -> None:
    """Draw the documents, some at a time."""
    st.header(ngettext("{n} document", "{n} documents", len(documents)).format(n=words.number(len(documents))), anchor=False)
    n_pages = max(1, math.ceil(len(documents) / DOCUMENTS_A_PAGE))
    place, page = st.container(), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"library_page_{n_pages}")
    shown = documents[(page - 1) * DOCUMENTS_A_PAGE : page * DOCUMENTS_A_PAGE]
    with place:
        _show_table(shown) if view == TABLE else _show_cards(shown)


def _show_cards(documents: Sequence[DocumentSummary]) -> None:
    with st.grid(min_column_width=300, gap="medium"):
        for document in documents:
            with st.container(border=True, height="stretch", gap="small", key=f"document_{document.id}"):
                links.to_document(title_of(document), document.id)
                about, instead = document.metadata, words.citation().name_withheld
                record = Reference.of(document.id, document.path, about, document.media_type, instead=instead)
                who = record.publisher or words.listed(record.authors)  # whoever may be named
                plain.show(plain.element("p", who, css="kb-place") if who else "", facts.of_document(about, document.languages))
                plain.show(plain.element("p", _size(document), css="kb-quiet"))


def _show_table(documents: Sequence[DocumentSummary]) -> None:
    headers = (_("Title"), _("Kind"), _("Countries"), _("Languages"), _("Date"), _("Length"))
    rows = [
        (
            plain.link(title_of(document), hrefs.document(document.id)),
            plain.cell(words.kind(document.metadata.kind)),
            plain.cell(words.listed(map(words.country, document.metadata.countries))),
            plain.cell(words.listed(map(words.language, document.languages))),
            plain.cell(words.day(document.metadata.date)),
            plain.cell(_size(document)),
        )
        for document in documents
    ]
    plain.table(_("Documents of the library"), headers, rows)


def _size(document: DocumentSummary) -> str:
    passages = ngettext("{n} passage", "{n} passages", document.n_passages).format(n=words.number(document.n_passages))
    if not document.n_pages:
        return passages
    return ngettext("{n} page", "{n} pages", document.n_pages).format(n=words.number(document.n_pages)) + " · " + passages


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))

"""The top of a document's page: title and what is known about it."""

from __future__ import annotations

from html import escape

import streamlit as st

from kb.retrieval.passage import Document
from kb.ui import words
from kb.ui.components import facts, plain
from kb.ui.i18n import _, ngettext


def show(document: Document, n_passages: int) -> None:
    """Draw title, labels and facts; unknown ones are left out."""
    about = document.metadata
    name = document.path.rsplit("/", 1)[-1]
    st.set_page_config(page_title=about.title or name)
    plain.heading(1, about.title or name, language=about.language)
    plain.show(facts.of_document(about, (about.language,) if about.language else ()))
    size = [ngettext("{n} passage", "{n} passages", n_passages).format(n=words.number(n_passages))]
    if document.n_pages:
        size.insert(0, ngettext("{n} page", "{n} pages", document.n_pages).format(n=words.number(document.n_pages)))
    known = (
        (_("Authors"), escape(words.listed(about.authors))),
        (_("Organisation"), escape(about.organisation)),
        (_("Themes"), escape(words.listed(map(words.theme, about.themes)))),
        (_("Licence"), escape(about.licence)),
        (_("Source"), plain.link(about.origin, about.origin, new_tab=True) if about.origin else ""),
        (_("Visible to"), escape(_(words.VISIBILITIES[about.visibility])) if about.visibility else ""),
        (_("Attribution"), escape(_("What was said may be used, who said it may not (Chatham House).")))
        if about.chatham_house
        else ("", ""),
        (_("File"), escape(name)),
        (_("Length"), escape(words.listed(size))),
    )
    rows = "".join(f"<dt>{escape(label)}</dt><dd dir=auto>{value}</dd>" for label, value in known if value)
    plain.show(f'<dl class="kb-facts">{rows}</dl>')

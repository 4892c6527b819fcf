"""Where a sheet has what it says from, and where to read on."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from kb.peers.narrative import UNKNOWN
from kb.peers.parts import Source
from kb.peers.practice import PracticeSheet
from kb.retrieval.catalog import DocumentSummary
from kb.ui import hrefs, plain, sheet_words, words
from kb.ui.components import document_list, section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _


def show(sheet: PracticeSheet, documents: Sequence[DocumentSummary], cited: CitedText) -> None:
    """Draw the numbered sources, then the links."""
    section.head("sources", sheet_words.field("sources"))
    plain.show(listed(cited, documents))
    if sheet.links:
        section.head("links", sheet_words.field("links"))
        items = "".join(f"<li>{outside(each.title, each.address)}</li>" for each in sheet.links)
        plain.show(f'<ul class="kb-list kb-links">{items}</ul>')


def listed(cited: CitedText, documents: Sequence[DocumentSummary]) -> str:
    """Every source in the order of its number, as HTML."""
    by_path = {each.path: each for each in documents}
    items = "".join(f'<li id="{cited.anchor(key)}" dir="auto">{_source(each, by_path)}</li>' for key, each in cited.sources.items())
    return f'<ol class="kb-sources">{items}</ol>'


def outside(title: str, address: str) -> str:
    """A link that says where it leads; only https and http, anything else stays text."""
    host = urlsplit(address).hostname or address
    return f"{plain.link(title, address, new_tab=True)} {plain.element('span', f'({host})', css='kb-quiet')}"


def _source(source: Source, by_path: dict[str, DocumentSummary]) -> str:
    about = [source.organisation, "" if source.date == UNKNOWN else words.day(source.date)]
    has_address = source.address != UNKNOWN
    title = outside(source.title, source.address) if has_address else escape(source.title)
    line = f"{title}{plain.note(' · '.join(part for part in about if part and part != UNKNOWN))}"
    document = by_path.get(source.document or "")
    if document is None:
        return line
    here, label = plain.link(document_list.title_of(document), hrefs.document(document.id)), _("In the library:")
    return f'{line}<br><span class="kb-quiet">{escape(label)} {here}</span>'

"""How a passage is cited: one line to copy, the same in every language but for the word "page"."""

from __future__ import annotations

from kb.retrieval.answer import Hit
from kb.retrieval.passage import Metadata, Passage
from kb.ui import words
from kb.ui.components import facts


def text(title: str, about: Metadata, passage: Passage, media_type: str, quote: str | None) -> str:
    """Quotation, authors (date). Title. Organisation. Page. Address. What is unknown is left out."""
    who = words.listed(about.authors) or about.organisation
    when = f"({about.date})" if about.date else ""
    where = words.page(passage.page, passage.page_label, media_type) or " › ".join(facts.headings(passage, title))
    organisation = about.organisation if about.organisation != who else ""
    source = ". ".join(part for part in (f"{who} {when}".strip(), title, organisation, where, about.origin) if part)
    return (f"“{' '.join(quote.split())}” — " if quote else "") + source


def of_hit(hit: Hit) -> str:
    """The citation of a hit, with the sentence that answers."""
    return text(hit.title, hit.metadata, hit.passage, hit.media_type, hit.sentence_text)

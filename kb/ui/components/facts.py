"""What is known about a document or a passage, as short labels."""

from __future__ import annotations

from kb.retrieval.passage import Metadata, Passage
from kb.ui import plain, words


def of_document(about: Metadata, languages: tuple[str, ...]) -> str:
    """Kind, countries, date and languages of a document, as pills."""
    date = words.day(about.date) if about.date else ""
    kind = words.kind(about.kind) if about.kind else ""
    return plain.pills([kind, *map(words.country, about.countries), date, *map(words.language, languages)])


def of_passage(about: Metadata, passage: Passage) -> str:
    """Kind and countries of its document and the passage's own language, as pills."""
    kind = words.kind(about.kind) if about.kind else ""
    return plain.pills([words.language(passage.language), kind, *map(words.country, about.countries)])


def headings(passage: Passage, title: str) -> tuple[str, ...]:
    """The headings above a passage; a first one that only repeats the title is left out."""
    return passage.heading_path[1:] if passage.heading_path[:1] == (title,) else passage.heading_path


def place(passage: Passage, media_type: str, title: str) -> str:
    """Where a passage stands: page and headings above it, as a line."""
    page = words.page(passage.page, passage.page_label, media_type)
    parts = [plain.element("span", part) for part in (page, *headings(passage, title)) if part]
    return f'<p class="kb-place">{" › ".join(parts)}</p>' if parts else ""

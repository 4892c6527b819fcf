"""A passage quoted as it stands, with the sentence that answers marked."""

from __future__ import annotations

from html import escape

from kb.ui import plain


def marked(text: str, sentence: tuple[int, int] | None) -> str:
    """HTML of ``text`` with ``<mark>`` around ``text[start:end]``.

    Everything is escaped first, and the mark is put between escaped parts: no other tag can come out, whatever goes in. A span
    outside the text is ignored, because it may come from a link somebody edited.
    """
    start, end = sentence or (0, 0)
    if not 0 <= start < end <= len(text):
        return escape(text)
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def show(text: str, sentence: tuple[int, int] | None = None, *, language: str = "") -> None:
    """Draw a passage; line breaks are kept."""
    plain.show(f'<blockquote class="kb-quote"{plain.lang_attribute(language)} dir="auto">{marked(text, sentence)}</blockquote>')

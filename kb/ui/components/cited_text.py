"""What a sheet says in words, with its citation marks as numbered notes that lead to the list of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Protocol

from kb.peers.narrative import Text
from kb.peers.notes import Note, pieces
from kb.peers.parts import Source
from kb.ui import plain, sheet_words
from kb.ui.i18n import _


class Sourced(Protocol):
    """What tells in texts, and whose texts cite sources: a practice sheet, a context profile."""

    @property
    def language(self) -> str:
        """Of its own."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Key → source."""


class CitedText:
    """Draws the texts of one sheet in one language.

    Args:
        sheet: or profile, whose sources are numbered, in their order there.
        language: wanted; a text that is not in it is shown in the sheet's own.
        place: told apart by this where two sheets stand on one page.
    """

    def __init__(self, sheet: Sourced, language: str, place: str = "") -> None:
        self._sheet = sheet
        self._language = language
        self._place = place
        self._numbers = {key: n for n, key in enumerate(sheet.sources, start=1)}

    @property
    def sources(self) -> Mapping[str, Source]:
        """Key → source, in the order of their numbers."""
        return self._sheet.sources

    def paragraphs(self, text: Text, *, css: str = "") -> str:
        """A text as paragraphs; "Unknown" where nobody knows."""
        if text.is_unknown:
            return plain.element("p", sheet_words.choice("unknown"), css="kb-quiet")
        language, words = self.best(text)
        css_attribute = f' class="{escape(css)}"' if css else ""
        opening = f'<p{css_attribute}{plain.lang_attribute(language)} dir="auto">'
        return "".join(f"{opening}{self._inside(part)}</p>" for part in words.split("\n\n") if part.strip())

    def items(self, texts: Iterable[Text]) -> str:
        """Short texts as a list."""
        items = []
        for text in texts:
            language, words = self.best(text)
            items.append(f'<li{plain.lang_attribute(language)} dir="auto">{self._inside(words)}</li>')
        return f"<ul>{''.join(items)}</ul>"

    def best(self, text: Text) -> tuple[str, str]:
        """Language and words, marks included."""
        return text.best(self._language, self._sheet.language)

    def note(self, key: str, place: str = "") -> str:
        """A number that leads to a source; the key itself where the sheet has no such source."""
        if key not in self._numbers:
            return escape(f"[{key}]")
        n = self._numbers[key]
        title = _("Source {n}: {title}").format(n=n, title=self._sheet.sources[key].title)
        where = f", {place}" if place else ""
        return f'<a class="kb-note" href="#{self.anchor(key)}" title="{escape(title)}">[{n}{escape(where)}]</a>'

    def anchor(self, key: str) -> str:
        """Where a source stands on the page."""
        return f"source-{self._place}{self._numbers[key]}"

    def _inside(self, words: str) -> str:
        return "".join(escape(piece, quote=False) if isinstance(piece, str) else self._notes(piece) for piece in pieces(words))

    def _notes(self, notes: tuple[Note, ...]) -> str:
        return "".join("\u00a0" + self.note(each.key, each.place) for each in notes)

"""Which Word paragraphs are headings and list items, by their own settings or by their style's, in any language of Word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from kb.adapters.readers.archive import attribute, child, local

_BODY_TEXT = 9  # Word's outline level for "not a heading"; 0–8 are levels 1–9
# Word stores built-in names in English, other programs in their own language.
_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|t[ií]tulo|titolo|titel|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|titlu|naslov|заголовок|επικεφαλίδα"
    r"|başlık|标题|見出し|제목)\s*([1-9])",
    re.IGNORECASE,
)
_TITLE_NAMES = frozenset(("title", "titel", "titre", "título", "titolo", "tytuł", "titlu", "название", "τίτλος"))
_LIST_NAMES = re.compile(r"list|aufzählung|liste|lista|elenco", re.IGNORECASE)
_MAX_BOLD_CHARS = 120  # of a bold paragraph taken for a heading
_MAX_CHAIN = 20  # styles based on styles; a longer chain is a loop


@dataclass(frozen=True)
class _Style:
    name: str
    based_on: str
    outline: int | None  # as Word counts, from 0
    is_numbered: bool


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of one document.

    Attributes:
        by_id: style id → style.
        default: id of the style of paragraphs that name none.
        bold_is_heading: the document has no real heading, so a short bold paragraph is taken for one.
    """

    by_id: dict[str, _Style]
    default: str
    bold_is_heading: bool = False

    @staticmethod
    def of(root: Any | None) -> Styles:
        """Styles from the styles part; a missing part gives none."""
        by_id, default = {}, ""
        for style in root if root is not None else ():
            if local(style) != "style" or attribute(style, "type") not in ("paragraph", ""):
                continue
            key = attribute(style, "styleId")
            by_id[key] = _Style(
                _value(child(style, "name")).strip().lower(), _value(child(style, "basedOn")), _outline(style), _is_numbered(style)
            )
            if attribute(style, "default") in ("1", "true", "on"):
                default = key
        return Styles(by_id, default)

    def heading_level(self, paragraph: Any) -> int:
        """1–9 for a heading, else 0. The paragraph's own outline level wins over its style's."""
        own = _outline(paragraph)
        if own is not None:
            return own + 1 if own < _BODY_TEXT else 0
        for style in self._chain(paragraph):
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_TEXT else 0
            if found := _HEADING_NAME.fullmatch(style.name):
                return int(found[1])
            if style.name in _TITLE_NAMES:
                return 1
        return 0

    def with_bold_headings(self) -> Styles:
        """The same styles for a document whose headings are merely bold."""
        return replace(self, bold_is_heading=True)

    def bold_heading_level(self, paragraph: Any, text: str) -> int:
        """2 for a short paragraph in bold that does not end like a sentence, in a document without real headings; else 0."""
        is_short = 2 < len(text.strip()) <= _MAX_BOLD_CHARS and text.strip()[-1] not in ".,;:"
        return 2 if self.bold_is_heading and is_short and _is_bold(paragraph) and not self.is_list_item(paragraph) else 0

    def is_list_item(self, paragraph: Any) -> bool:
        """Whether it is numbered or bulleted by itself or by its style."""
        if child(paragraph, "pPr", "numPr") is not None:
            return _is_numbered(paragraph)
        return any(style.is_numbered or _LIST_NAMES.match(style.name) for style in self._chain(paragraph))

    def _chain(self, paragraph: Any) -> list[_Style]:
        """The paragraph's style and what it is based on."""
        key = _value(child(paragraph, "pPr", "pStyle")) or self.default
        chain: list[_Style] = []
        while key in self.by_id and len(chain) < _MAX_CHAIN:
            chain.append(self.by_id[key])
            key = self.by_id[key].based_on
        if not chain and _HEADING_NAME.fullmatch(key):  # a style that the document uses and does not define
            chain.append(_Style(key.lower(), "", None, is_numbered=False))
        return chain


def _is_bold(paragraph: Any) -> bool:
    """Whether every run with text is bold by its own setting."""
    runs = [run for run in paragraph.iter("{*}r") if any((text.text or "").strip() for text in run.iter("{*}t"))]
    marks = [child(run, "rPr", "b") for run in runs]
    return bool(runs) and all(mark is not None and attribute(mark, "val") not in ("0", "false", "off") for mark in marks)


def _value(element: Any | None) -> str:
    return attribute(element, "val") if element is not None else ""


def _outline(element: Any) -> int | None:
    value = _value(child(element, "pPr", "outlineLvl"))
    return int(value) if value.isdecimal() else None


def _is_numbered(element: Any) -> bool:
    number = child(element, "pPr", "numPr", "numId")
    return number is not None and _value(number) != "0"  # 0 takes numbering away

"""Tell a PDF's headings by its outline and by what the eye sees: larger or bolder type, standing alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.adapters.readers.pdf_layout import Paragraph
from kb.adapters.readers.pdf_text import Line

_LARGER = 1.15  # times body size: below, it is emphasis or a caption
_MAX_CHARS, _MAX_LINES = 160, 3
_MAX_BOLD_CHARS, _MAX_BOLD_LINES = 110, 2
_LEVELS_BY_SIZE = 4
_SENTENCE_END = re.compile(r"[.,;:]$")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[^\W\d_]\.|[IVX]{1,5}\.)\s+\S")
_LARGER_NUMBERED = 1.06  # times body size, enough for "A. Aims"
_CAPTION = re.compile(r"(?:fig|tab|abb|source|quelle|cuadro|gráfico|schaubild|table|chart)", re.IGNORECASE)


@dataclass(frozen=True)
class OutlineEntry:
    """One bookmark: its title, depth from 1, and the physical page it points at, from 1."""

    title: str
    level: int
    page: int


def mark_outline(pages: Mapping[int, Sequence[Line]], entries: Iterable[OutlineEntry]) -> None:
    """Write each entry's level on the lines (up to three) whose words are its title, on the page it points at."""
    for entry in entries:
        wanted = _words(entry.title)
        lines = pages.get(entry.page, ())
        if not wanted:
            continue
        for start in range(len(lines)):
            span = _matching(lines[start : start + _MAX_LINES], wanted)
            if span and not lines[start].outline_level:
                for line in lines[start : start + span]:
                    line.outline_level = min(entry.level, 6)
                break


def _matching(lines: Sequence[Line], wanted: str) -> int:
    """How many of the first lines make up the title; 0 if they do not. A number in front may be missing on either side."""
    text = ""
    if not any(map(str.isalpha, lines[0].text)):
        return 0  # the tail of a sentence ("4).") above the title is not its number
    for count, line in enumerate(lines, start=1):
        text += _words(line.text)
        if text in (wanted, wanted.lstrip("0123456789")) or text.lstrip("0123456789") == wanted:
            return count
        if len(text) > len(wanted):
            return 0
    return 0


def _words(text: str) -> str:
    """Letters and digits only, so that spacing, case and punctuation do not matter."""
    return re.sub(r"[\W_]+", "", text.casefold())


def heading_levels(found: Sequence[Paragraph], body: float) -> dict[int, int]:
    """Index of each heading → its level 1–6.

    Args:
        found: every paragraph of the document, in order.
        body: size of the running text, in points.
    """
    by_outline = {at: each.first.outline_level for at, each in enumerate(found) if each.first.outline_level}
    is_bold_usual = sum(_chars(each) for each in found if each.first.is_bold) * 3 > sum(map(_chars, found))
    larger = {at: each for at, each in enumerate(found) if at not in by_outline and _is_larger(each, body)}
    if sum(map(_chars, larger.values())) * 3 > sum(map(_chars, found)):
        larger = {}  # a third of the text is no heading: slides, posters, forms
    others = () if is_bold_usual else enumerate(found)
    bold = [at for at, each in others if at not in by_outline and at not in larger and _is_bold(each, body)]
    ranks = _ranks(larger.values())
    known = {_size(found[at]): level for at, level in reversed(by_outline.items())}
    deepest = max((*by_outline.values(), 0))
    levels = dict(by_outline)
    for at, each in larger.items():
        levels[at] = known.get(_size(each), ranks[_size(each)] if not deepest else min(6, deepest + 1))
    below = max((*levels.values(), 0))
    levels.update({at: min(6, below + 1) for at in bold})
    return levels


def _is_larger(paragraph: Paragraph, body: float) -> bool:
    """In larger type and short; a number in front makes up for a small difference."""
    text = paragraph.first.text
    if len(paragraph.lines) > _MAX_LINES or _chars(paragraph) > _MAX_CHARS or not _has_words(text):
        return False
    if _NUMBERED.match(text) and not _SENTENCE_END.search(paragraph.lines[-1].text):
        return paragraph.first.size >= body * _LARGER_NUMBERED
    return paragraph.first.size >= body * _LARGER and not paragraph.is_item


def _is_bold(paragraph: Paragraph, body: float) -> bool:
    """Bold at body size: a heading only if it is short, ends without a stop and is no caption."""
    text, last = paragraph.first.text, paragraph.lines[-1].text
    is_short = len(paragraph.lines) <= _MAX_BOLD_LINES and _chars(paragraph) <= _MAX_BOLD_CHARS
    is_titled = text[:1].isupper() or text[:1].isdigit()
    looks = paragraph.first.is_bold and paragraph.first.size >= body * 0.98 and is_short and is_titled and _has_words(text)
    return looks and not _SENTENCE_END.search(last) and not _CAPTION.match(text)


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= max(3, len(text) // 3)


def _chars(paragraph: Paragraph) -> int:
    return sum(len(line.text) for line in paragraph.lines)


def _size(paragraph: Paragraph) -> float:
    return round(paragraph.first.size)


def _ranks(larger: Iterable[Paragraph]) -> dict[float, int]:
    """Size in whole points → level, the largest first; everything below the fourth size shares its level."""
    sizes = sorted({_size(each) for each in larger}, reverse=True)
    return {size: min(rank, _LEVELS_BY_SIZE) for rank, size in enumerate(sizes, start=1)}

"""From printed lines to paragraphs: no running headers, words joined over line ends, one paragraph where the eye sees one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kb.adapters.readers.pdf_text import HYPHEN, Line

_EDGE = 0.16  # of the page's height, above and below: where running headers and page numbers stand
_EDGE_LINES = 3  # at most so many lines of a header
_REPEATS = 3  # pages; a header on two pages may be a heading that goes on
_ENDS = re.compile(r"[.!?:;…»”\"'’)\]。！？][\d*†]{0,3}$")
_BULLET = re.compile(r"(?:[•▪●◦■□‣∙·➢➤✓✔–—-]|o(?=\s))\s*(?=\S)|(?:\d{1,2}[.)]|[a-zA-Z]\)|\([a-z\d]{1,2}\))\s+(?=\S)")
_LEADERS = re.compile(r"(?:\s?[.·…_]){5,}\s?")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|pág\.?|página|pagina|p\.?)\s*)?(?:#|[ivxlc]{1,7})(?:\s*(?:/|of|von|de|di|sur)\s*#)?[\W_]*",
    re.IGNORECASE,
)


@dataclass
class Paragraph:
    """Lines that belong together, all of one size and weight."""

    lines: list[Line]
    is_item: bool = False

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]


def body_size(lines: Iterable[Line]) -> float:
    """The size most letters of the document are printed in, in points; 0 without lines."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def drop_running(pages: Sequence[Sequence[Line]], body: float, labels: Sequence[str | None]) -> list[list[Line]]:
    """Leave out headers and footers that return on at least three pages in the same place, and page numbers.

    Larger type above the text is kept: a heading may return too.

    Args:
        labels: what is printed on each page as its number ("iv"), where the file says so.
    """
    keys = [{id(line): _key(line) for line in _edges(page) if line.size < body * 1.15 or line.at > 0.5} for page in pages]
    counts = Counter(key for page in keys for key in set(page.values()))
    running = {key for key, count in counts.items() if count >= _REPEATS}
    numbers = {(page, str(page)) for page in range(1, len(pages) + 1)} | set(enumerate(labels, start=1))

    def is_kept(line: Line, names: dict[int, tuple[str, int]]) -> bool:
        return names.get(id(line)) not in running and not (id(line) in names and (line.page, line.text) in numbers)

    return [[line for line in page if is_kept(line, names)] for page, names in zip(pages, keys, strict=True)]


def _edges(page: Sequence[Line]) -> list[Line]:
    """The outermost lines of a page that stand near its upper or lower edge."""
    heights = sorted({round(line.at, 2) for line in page})
    upper, lower = heights[:_EDGE_LINES], heights[-_EDGE_LINES:]
    return [
        line
        for line in page
        if (line.at < _EDGE and round(line.at, 2) in upper) or (line.at > 1 - _EDGE and round(line.at, 2) in lower)
    ]


def _key(line: Line) -> tuple[str, int]:
    """What makes two running lines the same: words without numbers, and height within about 1.5 % of the page."""
    words = re.sub(r"\d+|^[ivxlc]+\b|\b[ivxlc]+$", "#", " ".join(line.text.casefold().split()))
    return ("#" if _PAGE_NUMBER.fullmatch(words) else words), round(line.at * 40)


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Group one page's lines."""
    leading = _leading(lines)
    found: list[Paragraph] = []
    for line in lines:
        bullet = _is_bullet(line)
        if found and not bullet and _continues(found[-1], line, leading):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line], is_item=bullet))
    return found


def _is_bullet(line: Line) -> bool:
    return bool(_BULLET.match(line.text)) and not line.outline_level


def _leading(lines: Sequence[Line]) -> float:
    """Usual distance of two baselines on the page, in multiples of the letter size; 1.2 where it cannot be seen."""
    steps = Counter(
        round((above.y - below.y) / below.size, 1)
        for above, below in pairwise(lines)
        if below.size and 0.8 <= (above.y - below.y) / below.size <= 2.6 and abs(above.size - below.size) < 0.6
    )
    return steps.most_common(1)[0][0] if steps else 1.2


def _continues(paragraph: Paragraph, line: Line, leading: float) -> bool:
    """Whether a line goes on with the paragraph before it."""
    above = paragraph.lines[-1]
    if above.outline_level != line.outline_level:
        return False
    size = max(line.size, 1.0)
    step = (above.y - line.y) / size
    if abs(step) < 0.35:  # the same printed line, cut by a wide gap
        return above.is_bold == line.is_bold or not (above.is_bold and len(paragraph.lines) == 1)
    if abs(above.size - line.size) > 0.12 * size:
        return False
    if above.is_bold != line.is_bold and not (above.is_bold and 0 < step < leading * 1.2 and line.text[:1].islower()):
        return False  # but bold words that begin a sentence may run over the line end
    has_ended = bool(_ENDS.search(above.text)) and not above.text.endswith(HYPHEN)
    if step < 0:  # the next column
        return not has_ended and line.text[:1].islower()
    if step > leading * 1.3 + 0.05:
        return above.text.endswith(HYPHEN) and step < leading * 2.2
    right = max(each.x1 for each in paragraph.lines)
    is_short = above.x1 < max(right, line.x1) - 0.2 * (max(right, line.x1) - min(above.x0, line.x0))
    is_indented = not paragraph.is_item and line.x0 > above.x0 + 0.8 * size
    return not (has_ended and (is_short or is_indented))


def joined(lines: Sequence[Line], words: frozenset[str]) -> str:
    """Text of lines, with words that a line end cut put together again.

    Args:
        lines: of one paragraph.
        words: every word of the document in lower case: they tell "co-operation" from "cooperation".
    """
    text = ""
    for line in lines:
        if text.endswith((HYPHEN, "-", "\xad")) and text[-2:-1].isalpha() and line.text[:1].isalpha():
            text = _rejoined(text, line.text, words)
        else:
            text = f"{text} {line.text}" if text else line.text
    return _LEADERS.sub(" … ", text.replace(HYPHEN, "-"))


def _rejoined(text: str, rest: str, words: frozenset[str]) -> str:
    """Join a word over a line end, keeping the hyphen where the document or the letters call for it."""
    left, right = _last_word(text[:-1]), _first_word(rest)
    whole, compound = (left + right).lower(), f"{left}-{right}".lower()
    if whole not in words and (compound in words or right[:1].isupper() or "-" in left):
        return f"{text[:-1]}-{rest}"
    if text.endswith("-") and whole not in words and right.lower() in ("und", "oder", "and", "or", "y", "e", "et"):
        return f"{text} {rest}"  # "Energie- und Wasserwirtschaft"
    return text[:-1] + rest


def _last_word(text: str) -> str:
    found = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*$", text)
    return found[0] if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_]+", text)
    return found[0] if found else ""


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Words and hyphenated compounds that stand whole within a line, in lower case."""
    text = "\n".join(line.text for line in lines).lower()
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-?\n|\x02)", text))


def by_page(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """Lines by physical page; they must be in page order."""
    return {page: list(group) for page, group in groupby(lines, key=lambda line: line.page)}

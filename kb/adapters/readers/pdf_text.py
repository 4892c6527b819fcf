"""Lines of a PDF page with their place, size and weight, as PDFium sees them. Images are never decoded."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium

HYPHEN = "\x02"  # what PDFium reports for a hyphen that ends a line in the middle of a word
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|cmbx|sfbx|bx\d+$", re.IGNORECASE)
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "‣",
    "\uf0fc": "✓",
    "\uf076": "•",
    "\uf0a8": "•",
}  # in the font Symbol or Wingdings
_SYMBOLS = str.maketrans({**_BULLETS, "\ufffe": HYPHEN, "\0": ""})
_SPLIT = ord(HYPHEN)
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_CROWDED = 20_000  # characters on a page: more is hidden, repeated text


@dataclass(slots=True)
class Line:
    """One printed line.

    Attributes:
        text: as printed; a word-splitting hyphen at the end is :data:`HYPHEN`.
        page: physical page, from 1.
        size: of its letters, in points.
        is_bold: at its beginning, middle and end.
        x0: left edge, in points from the left.
        x1: right edge.
        y: baseline, in points from the bottom.
        at: 0 at the top of the page, 1 at the bottom.
        outline_level: 1–6 if the document's outline points at it, else 0.
    """

    text: str
    page: int
    size: float = 0.0
    is_bold: bool = False
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    at: float = 0.5
    outline_level: int = 0


def page_lines(page: Any, number: int) -> list[Line]:
    """The lines of one page, in PDFium's reading order; text drawn twice on one spot counts once.

    Text outside the crop box is left out: a printer's line numbers and proof marks, which no reader sees.

    Args:
        page: a ``PdfPage``.
        number: its physical number, from 1.
    """
    left, bottom, right, top = page.get_cropbox()
    text_page = page.get_textpage()
    try:
        raw = text_page.raw
        codes = [pdfium.FPDFText_GetUnicode(raw, index) for index in range(text_page.count_chars())]
        lines: list[Line] = []
        start = 0
        for index, code in enumerate((*codes, 10)):
            if code in (10, 13) or code == _SPLIT:  # PDFium may leave out the line end after a hyphen
                end = index + (code == _SPLIT)
                if end > start and (line := _line(raw, codes, start, end, number)):
                    line.at = (top - line.y) / ((top - bottom) or 1.0)
                    lines.append(line)
                start = index + 1
    finally:
        text_page.close()
    shown = [line for line in lines if left - 1 <= line.x0 <= right + 1 and bottom - 1 <= line.y <= top + 1]
    return _once(shown or lines, is_crowded=len(codes) > _CROWDED)


def _line(raw: Any, codes: list[int], start: int, end: int, number: int) -> Line | None:
    """One line from characters ``start`` to ``end``; ``None`` if it is blank."""
    visible = [index for index in range(start, end) if codes[index] > 32 or codes[index] == 2]
    if not visible:
        return None
    text = _decoded(codes[start:end]).translate(_SYMBOLS).strip()
    drawn = [index for index in visible if codes[index] != 2] or visible
    first, middle, last = drawn[0], drawn[len(drawn) // 2], drawn[-1]
    sizes = sorted(_size(raw, index) for index in (first, middle, last))
    is_bold = all(_is_bold(raw, index) for index in (first, middle, last))
    left, right, y = _box(raw, first)
    other_left, other_right, _ = _box(raw, last)
    return Line(text, number, sizes[1], is_bold, min(left, other_left), max(right, other_right), y)


def _decoded(codes: list[int]) -> str:
    """Text from character codes, which may be halves of surrogate pairs."""
    text = "".join(map(chr, codes))
    if any(0xD800 <= code < 0xE000 for code in codes):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _size(raw: Any, index: int) -> float:
    """Printed height of a character's font in points: nominal size times the scale of its matrix."""
    nominal = float(pdfium.FPDFText_GetFontSize(raw, index))
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        return nominal
    return round(nominal * math.hypot(matrix.c, matrix.d), 1)


def _is_bold(raw: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    # Not FPDFText_GetFontWeight: it guesses from stem widths and calls whole books bold.
    return bool(flags.value & _FORCE_BOLD) or _is_bold_name(name.value)


@lru_cache(maxsize=512)
def _is_bold_name(name: bytes) -> bool:
    return bool(_BOLD_NAME.search(name.decode("utf-8", "replace")))


def _box(raw: Any, index: int) -> tuple[float, float, float]:
    """Left edge, right edge and baseline of a character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetCharOrigin(raw, index, x, y):
        return left.value, right.value, bottom.value
    return min(left.value, x.value), right.value, y.value


def _once(lines: list[Line], *, is_crowded: bool) -> list[Line]:
    """Drop a line that was drawn before on the same spot (shadows), and on a crowded page any repeated one."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for line in lines:
        key: tuple[object, ...] = (line.text, round(line.y / 3), round(line.x0 / 3))
        if is_crowded and len(line.text) > 20:
            key = (line.text,)
        if key not in seen:
            seen.add(key)
            kept.append(line)
    return kept

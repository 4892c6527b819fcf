"""Pages whose fonts do not say which letters they draw: PDFium gives bare codes there, which are no text.

One such kind can be read: the font Cambria with its glyphs named by number (``g135``) and no character map. Its numbers follow the
alphabet. Every other kind is left out with a remark.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Mapping, Sequence

import pypdf

from kb.adapters.readers.pdf_text import Line

_CODED = 0.1  # share of control codes above which a page is not text; 686 sound pages had at most 0.012
_TOKEN = re.compile(r"/g(\d{1,5}?)(?=/g\d|\D|$)")
_LONGEST_PAGE = 400_000  # characters of pypdf's output
# Cambria's glyph numbers, read off a single document (TAMReview.pdf of pdf.js); no second file has confirmed them.
_CAMBRIA: Mapping[int, str] = {
    3: " ",
    **{4 + at: chr(ord("A") + at) for at in range(26)},
    **{131 + at: chr(ord("a") + at) for at in range(26)},
    **{882 + at: chr(ord("0") + at) for at in range(10)},
    **{428: "&", 481: ",", 482: ";", 483: ":", 484: ".", 486: "-", 491: "?", 495: "’", 498: "“", 499: "”", 512: "–", 514: "–"},
    **{523: "(", 524: ")", 820: "_", 938: "+", 945: "="},
}


def is_coded(lines: Sequence[Line]) -> bool:
    """Whether a page's characters are mostly bare codes."""
    text = "".join(line.text for line in lines)
    return sum(letter < " " for letter in text) > _CODED * len(text)


def is_prose(text: str) -> bool:
    """Whether a line on a coded page is text all the same, drawn in a font that does say its letters."""
    letters = sum(letter == " " or (letter.isalpha() and not letter.isupper()) for letter in text)
    return min(text, default="") >= " " and letters >= 0.6 * len(text)


def decoded_pages(data: bytes, numbers: Sequence[int]) -> dict[int, list[Line]]:
    """The lines of coded pages, without place or size.

    Args:
        data: the PDF.
        numbers: physical pages, from 1.

    Returns:
        Lines by page; a page whose fonts are not known is missing.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found = {}
    try:
        with warnings.catch_warnings(action="ignore"):
            reader = pypdf.PdfReader(io.BytesIO(data))
            for number in numbers:
                lines = _decoded(reader.pages[number - 1].extract_text()[:_LONGEST_PAGE], number)
                if lines:
                    found[number] = lines
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pypdf raises anything on a damaged file; what was found so far stands
        return found
    return found


def _decoded(text: str, number: int) -> list[Line]:
    """Lines of one page from pypdf's output; empty if a third of its glyphs are not Cambria's."""
    glyphs = [int(found) for found in _TOKEN.findall(text)]
    if not glyphs or sum(glyph in _CAMBRIA for glyph in glyphs) < 0.67 * len(glyphs):
        return []
    plain = _TOKEN.sub(lambda found: _letter(found[1]), text)
    return as_lines(plain, number)


def _letter(digits: str) -> str:
    """The letter of ``g135``; a digit that was drawn in another font may stick to the number (``g31989``)."""
    if int(digits) in _CAMBRIA:
        return _CAMBRIA[int(digits)]
    for length in range(len(digits) - 1, 0, -1):
        if int(digits[:length]) in _CAMBRIA:
            return _CAMBRIA[int(digits[:length])] + digits[length:]
    return ""


def as_lines(text: str, number: int) -> list[Line]:
    """Lines of a page without layout, as if printed one below the other in 10 points; a blank line is a gap."""
    rows = text.strip().split("\n")
    return [
        Line(row.strip(), number, 10.0, x0=0.0, x1=5.0 * len(row.strip()), y=-12.0 * at, at=at / max(1, len(rows) - 1))
        for at, row in enumerate(rows)
        if row.strip()
    ]

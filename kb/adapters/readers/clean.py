"""Make text from any file safe to store, show and search, without losing a letter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Removed: control characters, surrogates and non-characters (no store takes them), soft hyphens (they split words for search),
# bidi controls and tag characters (they make a reader see another text than the one that is searched).
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]+"
)
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BREAKS = re.compile(" ?\n[ \n]*")
_FORMS = re.compile("[\ufb00-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+")  # Latin ligatures, Hebrew and Arabic presentation forms
_PRINTABLE_ASCII = re.compile("[ -~]*")
_MARKS_IN_A_ROW = 30  # Unicode's Stream-Safe limit (UAX 15 §13); normalising a longer run takes quadratic time


def clean(text: str) -> str:
    """Plain text: NFC, one space between words, ``\\n`` as the only control character, no space at either end."""
    if _PRINTABLE_ASCII.fullmatch(text):
        return text.strip() if "  " not in text else " ".join(text.split())
    text = _LINE_ENDS.sub("\n", text)
    text = _REMOVED.sub("", text)
    if not text.isascii():
        text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        text = unicodedata.normalize("NFC", _long_runs_of_marks().sub(r"\1", text))
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """:func:`clean`, with line ends turned into spaces: for titles, headings and cells."""
    return clean(text).replace("\n", " ")


@cache
def _long_runs_of_marks() -> re.Pattern[str]:
    """More combining marks than any script needs; group 1 is what is kept of them."""
    blocks = (range(0x300, 0x3100), range(0xA000, 0x11000), range(0x11000, 0x11A00), range(0x1D000, 0x1EA00))
    marks = "".join(chr(code) for block in blocks for code in block if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{_MARKS_IN_A_ROW}}})[{marks}]+")

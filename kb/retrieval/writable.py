"""Text of documents and people, made fit to be written into files of other programs."""

from __future__ import annotations

import re
import unicodedata

# Control characters, surrogates and non-characters, which XML and UTF-8 refuse; and bidi controls, which show another text than
# the one that is quoted. Documents lose them when they are read; questions, titles and paths may still hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# What a spreadsheet may take for a formula. Source: OWASP, "CSV Injection"; the wide forms count in Japanese and Chinese editions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def writable(text: str) -> str:
    r"""``text`` with ``\n`` and the tab as its only control characters."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """:func:`writable`, on one line, with one space between words."""
    return " ".join(writable(text).split())


def safe_cell(cell: str) -> str:
    """A cell that no spreadsheet computes: one that begins like a formula gets an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs to the left: rule P2 of Unicode's bidirectional algorithm (UAX 9)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False

"""What is written in several ways, written in one: for the words of all languages, before they are cut.

Tantivy folds Latin letters. Here is the rest, for questions and passages alike: accents of Greek; vowel signs and forms of letters
of Arabic, Persian and Hebrew; ё; nukta and nasal signs of Indic scripts; stress marks; digits of other scripts; wide and narrow
forms; the dotted capital of Turkish; characters that nobody sees. After the normalisers of Lucene (ArabicNormalizer,
PersianNormalizer, IndicNormalizer, GreekLowerCaseFilter).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_UNSEEN = "\u00ad\u034f\u061c\u200b\u200d\u200e\u200f\u2060\ufeff"  # soft hyphen, joiners, marks of direction
_UNSPOKEN = (  # marks that many leave out: Latin ones that no letter took in (NFC), Hebrew, Arabic, tatweel, nukta
    (0x300, 0x36F), (0x591, 0x5BD), (0x5BF, 0x5BF), (0x5C1, 0x5C2), (0x5C4, 0x5C5), (0x5C7, 0x5C7),
    (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6DC),
    (0x93C, 0x93C), (0x9BC, 0x9BC), (0xA3C, 0xA3C), (0xABC, 0xABC), (0xB3C, 0xB3C), (0xCBC, 0xCBC),
)  # fmt: skip
_ALIKE = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه",
    "Ё": "Е", "ё": "е", "ँ": "ं", "İ": "I", "ς": "σ",
}  # fmt: skip
# Most texts; of others, each character is looked up.
_WRITTEN_ONE_WAY = re.compile("[\x00-\xac\xae-\u012f\u0131-\u02af\u2010-\u205f\u20a0-\u20bf]*")
_GREEK = (*range(0x370, 0x400), *range(0x1F00, 0x2000))
_WIDE = re.compile("[\uff01-\uffef]+")
_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])")  # U.S.A., U.S.A
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}([.,'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(?![.,]?\d)")  # 5,000; 5.000; 5 000; not 5.0001
_MARKED = re.compile(r"[.,'’ \u00a0\u202f]\d{3}|\.[^\W\d_]\.")  # most texts have neither, and this is told sooner
_TURKISH = str.maketrans({"İ": "i", "I": "ı"})  # elsewhere I is the capital of i


def folded(text: str) -> str:
    """``text`` as the fields of all languages have it; Latin letters keep their accents for Tantivy to take."""
    if _WRITTEN_ONE_WAY.fullmatch(text):
        return text
    text = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)
    return unicodedata.normalize("NFC", text).translate(_table())


def in_one_piece(text: str) -> list[str]:
    """Acronyms with full stops and numbers with marks between thousands, each as it is written without them."""
    if not _MARKED.search(text):
        return []
    marked = [*_ACRONYM.finditer(text), *_NUMBER.finditer(text)]
    return ["".join(char for char in found[0] if char.isalnum()) for found in marked]


def as_spoken(text: str, language: str) -> str:
    """``text`` as the field of its own language has it, where the stemmer knows the letters."""
    text = text.translate(_TURKISH) if language == "tr" else text
    return text if _WRITTEN_ONE_WAY.fullmatch(text) else unicodedata.normalize("NFC", text).translate(_unseen())


@cache
def _unseen() -> dict[int, None]:
    return dict.fromkeys((*map(ord, _UNSEEN), *range(0x300, 0x370)))


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: _bare(chr(code)) for code in _GREEK}
    table |= {code: str(unicodedata.decimal(chr(code))) for code in range(0x660, 0xAC00) if chr(code).isdecimal()}
    table |= {ord(char): instead for char, instead in _ALIKE.items()}
    table |= {code: None for first, last in _UNSPOKEN for code in range(first, last + 1)}
    return table | _unseen()


def _bare(letter: str) -> str:
    """A letter without what stands on it."""
    return "".join(char for char in unicodedata.normalize("NFD", letter) if not unicodedata.combining(char)) or letter

"""Plain text in any encoding."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from kb.adapters.readers.collect import Collector
from kb.adapters.readers.sniff import Kind
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading

# UTF-32 first: its little-endian mark begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16  # bytes that the detector looks at
_BULLET = re.compile(r"(?:[•▪●◦■□‣∙·➢✓*+–—-]|\d{1,2}[.)]|[a-z]\))\s+\S")
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ«»‹›„“”‘’–—…•€£°§·¿¡ªº©®\xa0")
_ACCENT_IN_WORD = re.compile("[A-Za-z][àâäåæçèéêëíîïñóôöøúûüßœ]{1,2}[A-Za-z]")
_WRAPPED_FROM = 50  # characters: shorter lines were ended on purpose (verse, addresses, lists)


def read(data: bytes) -> Reading:
    """Read plain text: paragraphs are what blank lines part.

    Raises:
        ReadError: ``failed`` if the encoding cannot be told, ``no_text`` if no character is left.
    """
    text, remarks = decode(data)
    into = Collector()
    add_paragraphs(text, into)
    if not into.blocks:
        raise ReadError("no text (only blank space and control characters)", state="no_text")
    return Reading(Kind.TEXT, into.blocks, remarks=(*remarks, *into.remarks))


def decode(data: bytes, *, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Text from bytes.

    Args:
        data: the file.
        declared: encoding the file names itself, tried after byte order marks.

    Returns:
        The text, and a remark if the encoding had to be guessed.

    Raises:
        ReadError: ``failed`` if no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    for encoding in (declared, "utf-8", _wide(data)):
        try:
            if encoding:
                return data.decode(encoding), ()
        except (UnicodeError, LookupError):
            continue
    encoding = _guess(data)
    if not encoding:
        raise ReadError("the text's encoding cannot be told; save it as UTF-8")
    return data.decode(encoding, "replace"), (f"Not UTF-8; read as {encoding}. Check that letters look right.",)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: Latin text has a zero in every other byte."""
    sample = data[:_SAMPLE]
    if sample.count(0) < len(sample) * 0.2:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _guess(data: bytes) -> str:
    """The likeliest encoding, or empty."""
    sample = data[:_SAMPLE]
    is_western = _is_western(sample)
    if is_western and _ACCENT_IN_WORD.search(sample.decode("cp1252", "replace")):
        return "cp1252"  # before Japanese: "é" and the letter behind it are a kanji as well
    if _is_shift_jis(sample):
        return "cp932"
    if is_western:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best else ""


def _is_western(sample: bytes) -> bool:
    """Whether the bytes are a Western European language in cp1252, which a detector takes for Turkish or Baltic now and then.

    Accents are few there and come from a small set; Cyrillic read as cp1252 is nearly all accents, Czech and Polish leave the set.
    """
    text = sample.decode("cp1252", "replace")
    odd = [letter for letter in text if ord(letter) > 127]
    return all(letter in _WESTERN for letter in odd) and len(odd) < 0.15 * sum(map(str.isalpha, text))


def _is_shift_jis(sample: bytes) -> bool:
    """Whether the bytes are Japanese in Shift JIS: short tables are too little for a statistical detector.

    Kana and kanji fill most of any Japanese text, and hardly any other encoding decodes to them by chance.
    """
    try:
        letters = [letter for letter in sample.decode("cp932", "ignore") if ord(letter) > 127]
    except UnicodeError:
        return False
    japanese = sum("\u3041" <= letter <= "\u30fe" or "\u4e00" <= letter <= "\u9fff" for letter in letters)
    halfwidth = sum("\uff61" <= letter <= "\uff9f" for letter in letters)  # what Latin-1 accents turn into
    if not letters or halfwidth > len(letters) * 0.1 or japanese < len(letters) * 0.8:
        return False
    return len(sample.decode("cp932", "ignore").encode("cp932")) >= len(sample) - 1  # at most one cut character


def add_paragraphs(text: str, into: Collector) -> None:
    """Add plain text as paragraphs and list items; hard-wrapped lines are joined."""
    for part in re.split(r"\n[ \t]*\n|\f", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines: list[str] = []
        is_item = False
        for line in part.split("\n"):
            if _BULLET.match(line.lstrip()):
                _add(lines, into, is_item=is_item)
                lines, is_item = [], True
            lines.append(line)
        _add(lines, into, is_item=is_item)


def _add(lines: list[str], into: Collector, *, is_item: bool) -> None:
    if not lines:
        return
    is_wrapped = is_item or (len(lines) > 1 and min(map(len, lines[:-1])) >= _WRAPPED_FROM)
    into.add(BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH, (" " if is_wrapped else "\n").join(lines))

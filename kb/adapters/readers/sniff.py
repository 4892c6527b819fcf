"""Tell what a file is from its content; the suffix only decides between kinds of plain text."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from kb.adapters.readers.archive import Archive
from kb.errors import ReadError


class Kind(StrEnum):
    """The media types that are read."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"
    EPUB = "application/epub+zip"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    CSV = "text/csv"
    TEXT = "text/plain"
    SHEET = "application/yaml"  # also a context profile: which of the two, its place says

    @property
    def label(self) -> str:
        """What a person calls it: "PDF", "DOCX", "HTML"."""
        names = {Kind.TEXT: "plain text", Kind.SHEET: "a practice sheet"}
        return names.get(self, self.name)


SUFFIXES = {  # what a person expects behind a suffix; a mismatch becomes a remark
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".docm": Kind.DOCX,
    ".pptx": Kind.PPTX,
    ".pptm": Kind.PPTX,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".odt": Kind.ODT,
    ".epub": Kind.EPUB,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".txt": Kind.TEXT,
}
_UNSUPPORTED_MAGIC = (
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"BM", "an image (BMP)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"{\\rtf", "a Rich Text file; save it as .docx"),
    (b"%!PS", "a PostScript file; save it as .pdf"),
    (b"Rar!", "a RAR archive; unpack it and add the documents"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it and add the documents"),
    (b"\x1f\x8b", "a gzip archive; unpack it and add the documents"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"\x1aE\xdf\xa3", "a video file"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|h[1-6]|div|p|table|article|section)\b", re.IGNORECASE)
_HTML_FIRST = re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*|<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b")
_TEXT_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_SAMPLE = 4096  # bytes


def recognise(data: bytes, suffix: str) -> Kind:
    """The kind of a file with this content.

    Args:
        data: the whole file.
        suffix: with its dot; a hint between plain text, Markdown, CSV and fragments of HTML.

    Raises:
        ReadError: ``unsupported``, saying what it is and what to do, or ``encrypted``.
    """
    head = data[:_SAMPLE]
    if not data.strip():
        raise ReadError("the file is empty" if not data else "the file holds only blank space", state="unsupported")
    if head.startswith(b"PK"):
        return _in_archive(Archive(data))
    if head.startswith(_OLE):
        raise _legacy_office(data)
    if _HTML_FIRST.match(head.removeprefix(codecs.BOM_UTF8)):
        return Kind.HTML
    if b"%PDF-" in head[:1024] or (suffix.lower() == ".pdf" and b"%%EOF" in data[-1024:]):
        return Kind.PDF
    if (what := _other(data)) and not head.startswith(_TEXT_BOMS):
        raise ReadError(what, state="unsupported")
    return _kind_of_text(head, suffix.lower())


def _in_archive(archive: Archive) -> Kind:
    """Tell the ZIP-based formats apart by their members, never by the suffix."""
    names = archive.names
    if "mimetype" in names:
        declared = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
        if declared in (Kind.ODT, Kind.EPUB):
            return Kind(declared)
        if "opendocument" in declared:
            raise ReadError("an OpenDocument file other than text; save it as .pdf, .pptx or .xlsx", state="unsupported")
    for start, kind in (("word/", Kind.DOCX), ("ppt/", Kind.PPTX), ("xl/", Kind.XLSX)):
        if "[Content_Types].xml" in names and any(name.startswith(start) for name in names):
            return kind
    if "META-INF/container.xml" in names:
        return Kind.EPUB
    raise ReadError("a ZIP archive; unpack it and add the documents", state="unsupported")


def _legacy_office(data: bytes) -> ReadError:
    """The reason for a file in Microsoft's old container, which also holds password-protected new files."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError("protected by a password", state="encrypted")
    for stream, what in (("WordDocument", ".docx"), ("PowerPoint Document", ".pptx"), ("Workbook", ".xlsx")):
        if stream.encode("utf-16-le") in data:
            return ReadError(f"an Office 97–2003 file; save it as {what}", state="unsupported")
    return ReadError("an Office 97–2003 or mail file; save it as .docx", state="unsupported")


def _other(data: bytes) -> str:
    """What an unreadable file is, in words; empty for text."""
    for magic, what in _UNSUPPORTED_MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:_SAMPLE]):
            return what
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return "an image, sound or video file"
    head = data[:_SAMPLE].lstrip()
    if head.startswith((b"<?xml", b"<svg")) and not _HTML.search(head):
        return "an image (SVG)" if b"<svg" in head else "an XML data file"
    odd = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in data[:_SAMPLE])
    zeros = data[:_SAMPLE].count(0)
    is_wide = zeros >= len(data[:_SAMPLE]) * 0.2 and odd - zeros <= 2  # UTF-16 without a mark; checked again when decoded
    return "an unknown binary file" if odd > max(2, len(data[:_SAMPLE]) // 20) and not is_wide else ""


def _kind_of_text(head: bytes, suffix: str) -> Kind:
    """The suffix decides among texts; without a known one, markup decides."""
    expected = SUFFIXES.get(suffix)
    if expected in (Kind.HTML, Kind.MARKDOWN, Kind.CSV, Kind.TEXT):
        return expected
    return Kind.HTML if len(_HTML.findall(head)) >= 3 else Kind.TEXT

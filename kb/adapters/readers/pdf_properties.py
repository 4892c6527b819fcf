"""What a PDF says about itself beside its text: page labels, outline, title, authors, language."""

from __future__ import annotations

import contextlib
import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from kb.adapters.readers.clean import one_line
from kb.adapters.readers.metadata import from_mapping
from kb.adapters.readers.ooxml import is_name, is_placeholder
from kb.adapters.readers.pdf_headings import OutlineEntry
from kb.retrieval.passage import Metadata

_MAX_OUTLINE = 5_000  # entries; more is a list of everything
_LABEL_BYTES = 256


def label(document: Any, index: int) -> str | None:
    """The label in the document's page-label tree, or ``None``."""
    buffer = ctypes.create_string_buffer(_LABEL_BYTES)
    length = pdfium.FPDF_GetPageLabel(document.raw, index, buffer, _LABEL_BYTES)
    text = buffer.raw[: max(0, min(length, _LABEL_BYTES) - 2)].decode("utf-16-le", "replace")
    return one_line(text) or None


def properties(document: Any) -> dict[str, str]:
    """The document information ("Title", "Author"…); none if it is damaged."""
    try:
        return dict(document.get_metadata_dict(skip_empty=True))
    except UnicodeDecodeError:
        return {}


def outline(document: Any) -> list[OutlineEntry]:
    """Bookmarks that point at a page, in order."""
    entries: list[OutlineEntry] = []
    for bookmark in document.get_toc(max_depth=6):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            with contextlib.suppress(UnicodeDecodeError):  # a damaged title loses its entry, not the document
                entries.append(OutlineEntry(bookmark.get_title(), bookmark.level + 1, index + 1))
        if len(entries) >= _MAX_OUTLINE:
            break
    return entries


def language(document: Any) -> str:
    """The language the catalogue declares, or empty."""
    buffer = (ctypes.c_ushort * (_LABEL_BYTES // 2))()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, _LABEL_BYTES)
    return bytes(buffer)[: max(0, min(length, _LABEL_BYTES) - 2)].decode("utf-16-le", "replace")


def metadata(properties: dict[str, str], language: str = "") -> Metadata:
    """Title, authors and language; a title that a program made up is none. Dates say when a file was made, so they are left out."""
    title, author = one_line(properties.get("Title", "")), one_line(properties.get("Author", ""))
    values: dict[str, object] = {
        "title": "" if is_placeholder(title) else title,
        "authors": author if is_name(author) else "",
        "language": language,
    }
    return from_mapping(values)[0]

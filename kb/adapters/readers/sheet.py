"""Read a practice sheet as a document."""

from __future__ import annotations

from kb.adapters import sheet_text
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.written import cleaned, text_of
from kb.errors import ReadError
from kb.peers.as_document import blocks_of, metadata_of
from kb.retrieval.passage import Reading
from kb.services.sheets import MAX_BYTES


def read(data: bytes, name: str) -> Reading:
    """Blocks and metadata of the sheet called ``name``.

    Raises:
        ReadError: if it has a fault; a sheet is searched as its author meant it, or not at all.
    """
    text = text_of(data, MAX_BYTES, f"longer than {MAX_BYTES >> 10} KB: a sheet tells of one practice")
    _, sheet, faults = sheet_text.read(text, name, name)
    if sheet is None or faults:
        first = faults[0]
        raise ReadError(f"faults: {len(faults)}, the first in line {first.line} ({first.in_words}); see kb practice check {name}")
    return Reading(Kind.SHEET, cleaned(blocks_of(sheet)), metadata_of(sheet))

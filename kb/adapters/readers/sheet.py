"""Read a practice sheet as a document."""

from __future__ import annotations

from dataclasses import replace

from kb.adapters import sheet_text
from kb.adapters.readers.clean import clean, one_line
from kb.adapters.readers.sniff import Kind
from kb.errors import ReadError
from kb.peers.as_document import blocks_of, metadata_of
from kb.retrieval.passage import Block, BlockKind, Reading
from kb.services.sheets import MAX_BYTES


def read(data: bytes, name: str) -> Reading:
    """Blocks and metadata of the sheet called ``name``.

    Raises:
        ReadError: if it has a fault; a sheet is searched as its author meant it, or not at all.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"longer than {MAX_BYTES >> 10} KB: a sheet tells of one practice", state="failed")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("not UTF-8; save the file as UTF-8") from error
    _, sheet, faults = sheet_text.read(text, name, name)
    if sheet is None or faults:
        first = faults[0]
        raise ReadError(f"faults: {len(faults)}, the first in line {first.line} ({first.in_words}); see kb practice check {name}")
    return Reading(Kind.SHEET, tuple(filter(None, map(_cleaned, blocks_of(sheet)))), metadata_of(sheet))


def _cleaned(block: Block) -> Block | None:
    text = one_line(block.text) if block.kind is BlockKind.HEADING else clean(block.text)
    return replace(block, text=text) if text else None

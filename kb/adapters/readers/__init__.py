"""Read any supported file into blocks. This code meets strangers' files: it runs in the sandbox's child process.

Formats are imported when first met, so that the child starts at once.
"""

from __future__ import annotations

from pathlib import Path

from kb.errors import ReadError
from kb.retrieval.passage import Reading
from kb.services.files import is_context, is_entry, is_partnership, is_sheet


def read_file(path: Path) -> Reading:
    """Read one file by its content.

    Raises:
        ReadError: with ``state`` ``no_text``, ``encrypted``, ``unsupported`` or ``failed``, and a reason in plain words.
    """
    from kb.adapters.readers.regular_file import read_bytes
    from kb.adapters.readers.sniff import SUFFIXES, recognise

    data = read_bytes(path)
    suffix = path.suffix.lower()
    if is_sheet(path):
        from kb.adapters.readers import sheet

        return sheet.read(data, path.stem)
    if is_context(path):
        from kb.adapters.readers.context import read

        return read(data, path)
    if is_entry(path):
        from kb.adapters.readers import organisation

        return organisation.read(data, path)
    if is_partnership(path):
        from kb.adapters.readers import partnership

        return partnership.read(data, path)
    kind = recognise(data, suffix)
    try:
        reading = _read(data, kind)
    except RecursionError as error:
        raise ReadError("nested too deep to be read") from error
    expected = SUFFIXES.get(suffix)
    if expected is None or expected is kind:
        return reading
    remark = f"Named {suffix}, but holds {kind.label}; read as that."
    return Reading(reading.media_type, reading.blocks, reading.metadata, reading.n_pages, (remark, *reading.remarks))


def _read(data: bytes, kind: object) -> Reading:
    """Hand the bytes to the format's reader."""
    from kb.adapters.readers.sniff import Kind

    match kind:
        case Kind.PDF:
            from kb.adapters.readers.pdf import read
        case Kind.DOCX:
            from kb.adapters.readers.docx import read
        case Kind.PPTX:
            from kb.adapters.readers.pptx import read
        case Kind.XLSX:
            from kb.adapters.readers.xlsx import read
        case Kind.ODT:
            from kb.adapters.readers.odt import read
        case Kind.EPUB:
            from kb.adapters.readers.epub import read
        case Kind.HTML:
            from kb.adapters.readers.html import read
        case Kind.MARKDOWN:
            from kb.adapters.readers.markdown import read
        case Kind.CSV:
            from kb.adapters.readers.tables import read
        case _:
            from kb.adapters.readers.text import read
    return read(data)

"""Read the file of a partnership as a document, its organisations called as the directory calls them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kb.adapters import directory_text
from kb.adapters.locale_names import country_name
from kb.adapters.readers.regular_file import read_bytes
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.written import cleaned, text_of
from kb.errors import ReadError
from kb.peers.learning.partnership_document import blocks_of, metadata_of
from kb.peers.names import is_name
from kb.retrieval.passage import Reading
from kb.services.files import ORGANISATIONS
from kb.services.written_files import MAX_BYTES


def read(data: bytes, path: Path) -> Reading:
    """Blocks and metadata of the partnership at ``path``.

    Raises:
        ReadError: if it has a fault; a partnership is searched as its author meant it, or not at all.
    """
    name = path.stem
    text = text_of(data, MAX_BYTES, f"longer than {MAX_BYTES >> 10} KB: a file tells of one partnership")
    found = directory_text.read_partnership(text, name, name)
    if found.made is None or found.faults:
        first = found.faults[0]
        n = len(found.faults)
        told = f"faults: {n}, the first in line {first.line} ({first.in_words}); see kb learn partnership check {name}"
        raise ReadError(told)

    @cache
    def title_of(written: str) -> str:
        return _title(written, path.parent.parent / ORGANISATIONS)

    return Reading(Kind.SHEET, cleaned(blocks_of(found.made, country_name, title_of)), metadata_of(found.made, title_of))


def _title(written: str, folder: Path) -> str:
    """What an organisation is called; as it is written where it is in no file of the directory, or in none that can be read."""
    file = folder / f"{written}.yaml"
    if not is_name(written) or not file.is_file():
        return written
    try:
        made = directory_text.read_organisation(text_of(read_bytes(file, MAX_BYTES + 1), MAX_BYTES, ""), written, written).made
    except ReadError:
        return written
    return made.title if made else written

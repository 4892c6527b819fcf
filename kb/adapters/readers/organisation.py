"""Read the file of an organisation as a document."""

from __future__ import annotations

from pathlib import Path

from kb.adapters import directory_text
from kb.adapters.locale_names import country_name
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.written import cleaned, text_of
from kb.errors import ReadError
from kb.peers.learning.organisation_document import blocks_of, metadata_of
from kb.retrieval.passage import Reading
from kb.services.written_files import MAX_BYTES


def read(data: bytes, path: Path) -> Reading:
    """Blocks and metadata of the organisation at ``path``.

    Raises:
        ReadError: if it has a fault; an organisation is searched as its author meant it, or not at all.
    """
    name = path.stem
    text = text_of(data, MAX_BYTES, f"longer than {MAX_BYTES >> 10} KB: a file tells of one organisation")
    found = directory_text.read_organisation(text, name, name)
    if found.made is None or found.faults:
        first = found.faults[0]
        n = len(found.faults)
        told = f"faults: {n}, the first in line {first.line} ({first.in_words}); see kb learn organisation check {name}"
        raise ReadError(told)
    return Reading(Kind.SHEET, cleaned(blocks_of(found.made, country_name)), metadata_of(found.made))

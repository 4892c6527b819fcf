"""Read a context profile as a document."""

from __future__ import annotations

from pathlib import Path

from kb.adapters import context_text
from kb.adapters.readers.regular_file import read_bytes
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.written import cleaned, text_of
from kb.errors import ReadError
from kb.peers.contexts.as_document import blocks_of, metadata_of
from kb.peers.contexts.indicators import Indicators
from kb.retrieval.passage import Reading
from kb.services.context_files import INDICATORS, MAX_BYTES


def read(data: bytes, path: Path) -> Reading:
    """Blocks and metadata of the profile at ``path``, its values told as the indicators beside it ask.

    Raises:
        ReadError: if it, or the indicators, have a fault; a profile is searched as its author meant it, or not at all.
    """
    name = path.stem
    indicators = _indicators(path.with_name(f"{INDICATORS}.yaml"))
    text = text_of(data, MAX_BYTES, f"longer than {MAX_BYTES >> 10} KB: a profile tells of one place")
    found = context_text.read_profile(text, name, name, indicators)
    if found.made is None or found.faults:
        first = found.faults[0]
        told = f"faults: {len(found.faults)}, the first in line {first.line} ({first.in_words}); see kb context check {name}"
        raise ReadError(told)
    return Reading(Kind.SHEET, cleaned(blocks_of(found.made, indicators)), metadata_of(found.made))


def _indicators(path: Path) -> Indicators:
    if not path.is_file():
        raise ReadError(f"{path.name} is not beside it; it says what is asked about every place")
    text = text_of(read_bytes(path), MAX_BYTES, f"longer than {MAX_BYTES >> 10} KB: the indicators of all places")
    found = context_text.read_indicators(text, path.name)
    if found.made is None or found.faults:
        first = found.faults[0]
        raise ReadError(
            f"faults in {path.name}: {len(found.faults)}, the first in line {first.line} ({first.in_words}); see kb context check"
        )
    return found.made

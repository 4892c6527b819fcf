"""What passages can be taken along as, and the port to the libraries that write it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from kb.retrieval.quotation import Citations
from kb.retrieval.wording import Wording


class Format(StrEnum):
    """What passages can be taken along as."""

    TEXT = "text"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CSV = "csv"
    DOCX = "docx"

    @property
    def suffix(self) -> str:
        """Of a file of this format."""
        return _FILES[self][0]

    @property
    def media_type(self) -> str:
        """Of a file of this format."""
        return _FILES[self][1]


_FILES: Mapping[Format, tuple[str, str]] = {
    Format.TEXT: (".txt", "text/plain; charset=utf-8"),
    Format.BIBTEX: (".bib", "application/x-bibtex"),
    Format.RIS: (".ris", "application/x-research-info-systems"),
    Format.CSL_JSON: (".json", "application/vnd.citationstyles.csl+json"),
    Format.CSV: (".csv", "text/csv; charset=utf-8"),
    Format.DOCX: (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class CitationFormats(Protocol):
    """The port to the libraries that write the formats."""

    def write(self, citations: Citations, form: Format, wording: Wording) -> bytes:
        """The file: UTF-8 for all but Word. Nothing in it is active: no formula, no link, no field, no macro."""
        ...

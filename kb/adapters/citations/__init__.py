"""Answer :class:`kb.services.citation_formats.CitationFormats`: one module a format, loaded when that format is asked for."""

from __future__ import annotations

from importlib import import_module

from kb.retrieval.quotation import Citations
from kb.retrieval.wording import Wording
from kb.services.citation_formats import Format

_MODULES = {
    Format.TEXT: "plain_text",
    Format.BIBTEX: "bibtex",
    Format.RIS: "ris",
    Format.CSL_JSON: "csl_json",
    Format.CSV: "csv_table",
    Format.DOCX: "word",
}


class CitationWriter:
    """Writes every format; see the port."""

    def write(self, citations: Citations, form: Format, wording: Wording) -> bytes:
        """See the port."""
        content: bytes = import_module(f"{__name__}.{_MODULES[form]}").write(citations, wording)
        return content

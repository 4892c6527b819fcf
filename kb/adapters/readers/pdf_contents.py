"""What either library takes out of a PDF, before it is laid out into blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.adapters.readers.pdf_headings import OutlineEntry
from kb.adapters.readers.pdf_text import Line
from kb.retrieval.passage import Metadata


@dataclass
class Contents:
    """What either library takes out of a PDF, before layout.

    Attributes:
        lines: by page; a page without text is an empty list.
        labels: printed label of each page, or ``None``.
        damaged: physical numbers of pages that do not load.
        coded: physical numbers of pages whose fonts hide their letters.
    """

    lines: list[list[Line]] = field(default_factory=list)
    labels: list[str | None] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    coded: list[int] = field(default_factory=list)
    outline: list[OutlineEntry] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    remarks: tuple[str, ...] = ()

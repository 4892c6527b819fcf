"""Pieces of which a report is told: headings, paragraphs, tables, quotations. Writers of files know what they look like."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a paragraph looks."""

    PLAIN = "plain"
    NOTE = "note"  # small and grey
    STRONG = "strong"
    LEAD = "lead"  # what a reader looks for first


@dataclass(frozen=True)
class Heading:
    """Level 1 is a part, level 2 an item of it."""

    level: int
    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph; line ends in it stand.

    Attributes:
        is_inset: it belongs to what one reviewer said.
    """

    text: str
    tone: Tone = Tone.PLAIN
    is_inset: bool = False


@dataclass(frozen=True)
class Facts:
    """Names with what they are, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """Of a table; a section's only cell runs over all columns."""

    cells: tuple[str, ...]
    is_section: bool = False


@dataclass(frozen=True)
class Grid:
    """A table whose head is repeated on every page.

    Attributes:
        shares: widths of the columns, in any unit.
        n_text: columns from the first that hold words; the others are centred.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    shares: tuple[float, ...]
    n_text: int


@dataclass(frozen=True)
class References:
    """Words with the numbers of evidence that a reviewer names, each a link to it."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Quoted:
    """A numbered quotation with its source; numbers lead here."""

    number: int
    quote: str
    source: str
    remark: str
    language: str


Block = Heading | Words | Facts | Grid | References | Quoted

"""What flows through the text wing: Block → Document → Passage → Hit.

A span always knows its document, its page and its heading path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType

DocumentId = NewType("DocumentId", str)  # 16 hex digits
PassageId = NewType("PassageId", str)  # 16 hex digits, below 2**63: fits FAISS's signed ids

UNDETERMINED = "und"  # BCP 47: the language is not known


class Visibility(StrEnum):
    """Who may see a document."""

    PUBLIC = "public"
    MEMBERS = "members"
    RESTRICTED = "restricted"


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CODE = "code"
    NOTE = "note"  # a footnote or a slide's speaker notes


KINDS = ("case-study", "good-practice", "conference-note", "guide", "tool", "plan", "lesson-from-failure", "document")
CONTEXT_PROFILE = "context-profile"  # the kind of a context profile; no document can say so of itself
ORGANISATION = "organisation"  # nor this: the kind of what the directory says of an organisation
PARTNERSHIP = "partnership"  # nor this: of what it says of a partnership


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table, in reading order.

    Attributes:
        kind: what it is.
        text: plain text; a table is one row a line with ``" | "`` between cells.
        page: physical page, slide or sheet, from 1; ``None`` where the format has no pages (HTML, Markdown, DOCX, text).
        page_label: what is printed on the page ("iv", "57") or the sheet's name; ``None`` where nothing is known.
        level: 1–6 for a heading, else 0.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    page_label: str | None = None
    level: int = 0


@dataclass(frozen=True)
class Metadata:
    """What is known about a document. Empty means unknown.

    Attributes:
        kind: one of :data:`KINDS`, :data:`CONTEXT_PROFILE`, :data:`ORGANISATION`, :data:`PARTNERSHIP`, or empty.
        countries: ISO 3166-1 alpha-2, upper case.
        themes: slugs.
        date: ISO 8601 date, or a year, or year-month.
        origin: address the document comes from.
        language: BCP 47 primary tag as declared; the language of each passage is detected.
        embargo_until: ISO date before which only administrators may see it.
        chatham_house: what was said may be used, who said it may not.
        practice: name of the practice whose sheet it is; empty for any other document. The ingest says so, never the document.
        context: code of the place whose context profile it is; empty for any other document. The ingest says so, too.
        entry: name of the organisation whose entry of the directory it is; empty for any other document. The ingest says so, too.
        partnership: name of the partnership whose file it is, likewise.
        other: keys we do not know, kept as text.
    """

    title: str = ""
    kind: str = ""
    authors: tuple[str, ...] = ()
    organisation: str = ""
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    date: str = ""
    licence: str = ""
    origin: str = ""
    visibility: Visibility | None = None
    language: str = ""
    embargo_until: str = ""
    chatham_house: bool = False
    practice: str = ""
    context: str = ""
    entry: str = ""
    partnership: str = ""
    other: tuple[tuple[str, str], ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether people wrote it by fields, from documents: a practice sheet, a context profile or an entry of the directory."""
        return bool(self.practice or self.context or self.entry or self.partnership)

    def or_else(self, fallback: Metadata) -> Metadata:
        """This metadata, its unknown fields taken from ``fallback``."""
        unknown = {name: getattr(fallback, name) for name, value in vars(self).items() if not value}
        return replace(self, **unknown)


@dataclass(frozen=True)
class Reading:
    """What a reader takes out of one file.

    Attributes:
        media_type: recognised from the content ("application/pdf").
        blocks: in reading order.
        metadata: front matter over the file's own metadata; the sidecar is added later.
        n_pages: physical pages, slides or sheets; 0 where the format has none.
        remarks: what a person should know ("3 pages have no text"), in plain English.
    """

    media_type: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    n_pages: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document as it is stored.

    Attributes:
        path: where it lies, relative to the corpus when inside it, else absolute; always with ``/``.
        sha256: of the file's bytes.
        text: every block's text, two line feeds between blocks; passages are spans of it.
        blocks: as read; block *i* is ``text[starts[i] : starts[i] + len(blocks[i].text)]``.
        starts: offset of each block in ``text``, in characters.
    """

    id: DocumentId
    path: str
    sha256: str
    media_type: str
    metadata: Metadata
    n_pages: int
    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """A span of a document that is embedded, searched and quoted.

    Attributes:
        start: offset of the first character in the document's text.
        end: offset after the last one; ``text == document.text[start:end]``.
        page: physical page of the span (a passage never crosses a page); ``None`` for unpaged formats.
        page_label: printed label of that page, or ``None``.
        heading_path: headings above it, outermost first.
        language: detected, BCP 47 primary tag, or ``"und"``.
        context: title and heading path, capped; goes in front of what is embedded and is never quoted.
        sentences: spans ``(start, end)`` within ``text``, in order.
    """

    id: PassageId
    document_id: DocumentId
    ordinal: int
    start: int
    end: int
    text: str
    page: int | None
    page_label: str | None
    heading_path: tuple[str, ...]
    language: str
    context: str
    sentences: tuple[tuple[int, int], ...]

    @property
    def embedded_text(self) -> str:
        """What the encoder sees: context, a line feed, text."""
        return f"{self.context}\n{self.text}" if self.context else self.text


def lay_out(blocks: Sequence[Block]) -> tuple[str, tuple[int, ...]]:
    """Join blocks into one text. Returns it with each block's start."""
    starts, at = [], 0
    for block in blocks:
        starts.append(at)
        at += len(block.text) + 2
    return "\n\n".join(block.text for block in blocks), tuple(starts)


def document_id(path: str) -> DocumentId:
    """The id of the document first seen at ``path``; a rename keeps it."""
    return DocumentId(hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest())


def passage_id(document: DocumentId, context: str, text: str, occurrence: int) -> PassageId:
    """The same words in the same place of the same document have the same id, in every run.

    Args:
        document: the document.
        context: the passage's context line.
        text: the passage's text.
        occurrence: how often these words came before in this document.
    """
    digest = hashlib.blake2b(f"{document}\0{context}\0{text}\0{occurrence}".encode("utf-8", "surrogateescape"), digest_size=8)
    return PassageId(f"{int.from_bytes(digest.digest()) >> 1:016x}")

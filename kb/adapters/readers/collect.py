"""Collect the blocks of one document in reading order."""

from __future__ import annotations

from collections.abc import Iterable

from kb.adapters.readers.clean import clean, one_line
from kb.retrieval.passage import Block, BlockKind

MAX_CHARS = 20_000_000  # of text in one document, about 8,000 printed pages; more is a data set, not a document
DEEPEST = 6  # heading levels, as in HTML


class Collector:
    """Cleans text into blocks, leaves out empty ones and stops at :data:`MAX_CHARS`.

    Attributes:
        page: physical page that the next blocks lie on; ``None`` where the format has none.
        page_label: what is printed on that page.
        is_full: text was left out because the document is too long.
    """

    def __init__(self, max_chars: int = MAX_CHARS) -> None:
        self.page: int | None = None
        self.page_label: str | None = None
        self.is_full = False
        self._room = max_chars
        self._blocks: list[Block] = []

    def add(self, kind: BlockKind, text: str, *, level: int = 0) -> None:
        """Append one block; ``level`` is for headings only and is held within 1–6."""
        is_heading = kind is BlockKind.HEADING
        text = one_line(text) if is_heading else clean(text)
        if len(text) > self._room:
            self.is_full, text = True, text[: self._room].rstrip()
        if not text:
            return
        self._room -= len(text)
        level = min(max(level, 1), DEEPEST) if is_heading else 0
        self._blocks.append(Block(kind, text, self.page, self.page_label, level))

    def heading(self, text: str, level: int) -> None:
        """Append a heading of ``level`` 1–6."""
        self.add(BlockKind.HEADING, text, level=level)

    def paragraph(self, text: str) -> None:
        """Append a paragraph."""
        self.add(BlockKind.PARAGRAPH, text)

    def extend(self, blocks: Iterable[Block]) -> None:
        """Append blocks that are clean already, keeping their own page."""
        for block in blocks:
            if len(block.text) > self._room:
                self.is_full = True
                return
            self._room -= len(block.text)
            self._blocks.append(block)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything so far, in reading order."""
        return tuple(self._blocks)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know about what was left out."""
        return (f"Only the first {MAX_CHARS // 1_000_000} million characters were kept.",) if self.is_full else ()

"""What is the same in reading any file that people write by fields: its text, and its blocks without what nobody may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.adapters.readers.clean import clean, one_line
from kb.errors import ReadError
from kb.retrieval.passage import Block, BlockKind


def text_of(data: bytes, max_bytes: int, too_long: str) -> str:
    """The file's text.

    Args:
        too_long: what is said of a longer file.

    Raises:
        ReadError: if it is too long or no UTF-8.
    """
    if len(data) > max_bytes:
        raise ReadError(too_long)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("not UTF-8; save the file as UTF-8") from error


def cleaned(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks without controls and the like; those of which nothing is left are left out."""
    return tuple(filter(None, map(_cleaned, blocks)))


def _cleaned(block: Block) -> Block | None:
    text = one_line(block.text) if block.kind is BlockKind.HEADING else clean(block.text)
    return replace(block, text=text) if text else None

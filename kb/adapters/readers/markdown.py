"""Markdown with front matter, in CommonMark plus tables and strikethrough."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.adapters.readers import front_matter, html
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.tables import add_table
from kb.adapters.readers.text import add_paragraphs, decode
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading

MAX_MARKUP_CHARS = 5_000_000  # beyond, the parser takes longer than a person waits; the text is kept, its markup too
_MAX_INLINE_CHARS = 100_000  # of one paragraph; the inline parser is quadratic in unclosed brackets
_MAX_BRACKETS = 2_000  # of one paragraph, for the same reason


def read(data: bytes) -> Reading:
    """Read a Markdown document.

    Raises:
        ReadError: ``no_text`` if only front matter is there, ``failed`` if it cannot be decoded.
    """
    text, remarks = decode(data)
    front, body = front_matter.split(text)
    metadata, faults = front_matter.read(front)
    into = Collector()
    is_long = len(body) > MAX_MARKUP_CHARS
    if is_long:
        add_paragraphs(body, into)
        remarks = (*remarks, f"Longer than {MAX_MARKUP_CHARS // 1_000_000} million characters; read as plain text.")
    else:
        _Builder(into).build(body)
    if not into.blocks:
        raise ReadError("no text (nothing but metadata)", state="no_text")
    return Reading(Kind.MARKDOWN, into.blocks, metadata, remarks=(*remarks, *faults, *into.remarks))


class _Builder:
    """Turns tokens into blocks. The block parser runs first; each paragraph's inline markup only if it is of human size."""

    def __init__(self, into: Collector) -> None:
        self._into = into
        self._parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self._items = 0  # open list items around the current token
        self._number = ""  # of the ordered list item that just opened, as written: "1980." may be a year
        self._level = 0  # of the open heading, else 0
        self._rows: list[list[str]] | None = None

    def build(self, text: str) -> None:
        """Add every block of ``text``."""
        self._parser.core.ruler.disable(["inline", "text_join"])
        for token in self._parser.parse(text.replace("\0", "")):
            self._take(token)

    def _take(self, token: Token) -> None:
        match token.type:
            case "list_item_open" | "list_item_close":
                self._items += token.nesting
                self._number = f"{token.info}{token.markup} " if token.info and token.nesting > 0 else ""
            case "heading_open":
                self._level = int(token.tag[1])
            case "heading_close":
                self._level = 0
            case "table_open":
                self._rows = []
            case "tr_open" if self._rows is not None:
                self._rows.append([])
            case "table_close":
                add_table(self._into, self._rows or [])
                self._rows = None
            case "fence" | "code_block":
                self._into.add(BlockKind.CODE, token.content)
            case "html_block":
                self._add_html(token.content)
            case "inline":
                self._add_inline(token.content)

    def _add_inline(self, content: str) -> None:
        text = self._plain(content)
        if self._rows is not None:
            self._rows[-1].append(text)
        elif self._level:
            self._into.heading(text, self._level)
        else:
            self._into.add(BlockKind.LIST_ITEM if self._items else BlockKind.PARAGRAPH, self._number + text)
            self._number = ""

    def _add_html(self, content: str) -> None:
        try:
            html.add_page(html.parse(f'<meta charset="utf-8">{content}'.encode()), self._into)
        except ReadError:
            self._into.paragraph(content)  # markup that no parser understands is text

    def _plain(self, content: str) -> str:
        """Text of a paragraph without its markup; one that would take too long to parse is kept as it is."""
        if len(content) > _MAX_INLINE_CHARS or content.count("[") + content.count("]") > _MAX_BRACKETS:
            return content
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, {}, tokens)
        return "".join(_texts(tokens))


def _texts(tokens: Sequence[Token]) -> list[str]:
    """Words of inline tokens: a link's text, an image's description. A link whose text has no letter shows its address too."""
    found: list[str] = []
    address, since = "", 0
    for token in tokens:
        if token.type == "link_open":
            address, since = str(token.attrGet("href") or ""), len(found)
        elif token.type == "link_close" and not any(map(str.isalpha, "".join(found[since:]))):
            found.append(f" {address}")
        elif token.type in ("text", "code_inline", "text_special"):
            found.append(token.content)
        elif token.type == "softbreak":
            found.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            found.append("\n")
        elif token.children:
            found.extend(_texts(token.children))
    return found

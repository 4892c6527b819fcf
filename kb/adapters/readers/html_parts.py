"""Which parts of a web page a visitor reads, which tables hold data, and how the page is encoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from kb.adapters.readers.archive import local
from kb.adapters.readers.clean import one_line

# fmt: off
_SKIPPED = frozenset((
    "script", "style", "noscript", "nav", "footer", "head", "template", "svg", "iframe", "object", "embed", "select",
    "button", "input", "textarea", "canvas", "audio", "video", "map", "dialog",
))
# fmt: on
_SKIPPED_ROLES = frozenset(("navigation", "contentinfo", "search", "menu", "menubar"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENCODING = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)|<\?xml[^>]{0,100}encoding=["']([\w-]+)""")
# Tags that may nest without end; a page that does so is read without them.
CONTAINER = re.compile(r"(?i)</?(?!(?:h[1-6]|p|br|title|script|style|noscript|meta)\b)[a-z][^<>]*>")
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def is_hidden(element: Any) -> bool:
    """Whether a visitor does not see it, or sees it on every page of the site."""
    if local(element) == "nav" and next(element.iterancestors("aside"), None) is not None:
        return False  # a list of related pages beside the text; the site's own menu stands elsewhere
    if local(element) in _SKIPPED or element.get("role") in _SKIPPED_ROLES or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", "")))


def data_rows(table: Any) -> list[list[str]]:
    """Rows of a table that holds data; empty for one that only lays out the page."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table", *HEADINGS), None) is not None:
        return []
    rows = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr") if not is_hidden(row)]
    caption = [_cell(each) for each in table.iterchildren("caption")]
    if not any(len(row) > 1 for row in rows):
        return []
    return [caption, *rows] if caption else rows


def _cell(cell: Any) -> str:
    """A cell's visible text on one line."""
    return one_line(" ".join(_visible(cell)))


def _visible(element: Any) -> Iterator[str]:
    """Texts of an element, in order, without hidden parts."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            if each is not element and each.tail:
                yield each.tail
        elif each is not element and is_hidden(each):
            walk.skip_subtree()
        elif each.text:
            yield each.text


def declared_encoding(data: bytes) -> str:
    """The encoding a page names in its first 4 KB, or empty."""
    found = _ENCODING.search(data[:4096])
    return (found[1] or found[2]).decode("ascii") if found else ""

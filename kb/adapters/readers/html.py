"""HTML: headings, paragraphs, lists and tables; no scripts, styles, navigation, footers, comments or hidden text."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from kb.adapters.readers.archive import attribute, local
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.html_parts import CONTAINER, HEADINGS, data_rows, declared_encoding, is_hidden
from kb.adapters.readers.metadata import from_mapping
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.tables import add_table
from kb.adapters.readers.text import decode
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Metadata, Reading

# fmt: off
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "nobr", "math", "mi", "mo", "mn", "mrow",
))
# fmt: on
_META = {  # <meta name or property> → our key
    "author": "authors",
    "dc.creator": "authors",
    "article:published_time": "date",
    "dc.date": "date",
    "date": "date",
    "dc.language": "language",
    "license": "licence",
    "og:title": "title",
}


def read(data: bytes) -> Reading:
    """Read a web page.

    Raises:
        ReadError: ``failed`` if no markup can be made out, ``no_text`` if nothing is left to read.
    """
    root = parse(data)
    into = Collector()
    _add_title(root, into)
    n_title = len(into.blocks)
    add_page(root, into)
    if len(into.blocks) == n_title:
        raise ReadError("no text (the page is empty without its scripts)", state="no_text")
    metadata, remarks = _metadata(root)
    return Reading(Kind.HTML, into.blocks, metadata, remarks=(*remarks, *into.remarks))


def parse(data: bytes) -> Any:
    """The root element. Nothing is fetched, entities are not defined, and a page nested absurdly deep is flattened.

    Raises:
        ReadError: ``failed`` if no markup can be made out, ``no_text`` if the page is empty.
    """
    text = decode(data, declared=declared_encoding(data))[0].replace("\0", "")
    root, is_cut = _parse(text)
    if is_cut:
        root, is_cut = _parse(CONTAINER.sub("<p>", text))
    if is_cut:
        raise ReadError("nested too deep to be read")
    if root is None:
        raise ReadError("no text (the page is empty)", state="no_text")
    return root


def _parse(text: str) -> tuple[Any, bool]:
    """The root, and whether libxml2 stopped at its depth limit (2,048 levels) and dropped the rest."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"no HTML can be made out ({error})") from error
    return root, any("depth" in entry.message for entry in parser.error_log)


def _add_title(root: Any, into: Collector) -> None:
    """The title as first heading, unless the page repeats it in its own first heading."""
    title = title_of(root)
    first = one_line("".join(next(root.iter("h1"), root.makeelement("h1")).itertext()))
    if not first or (first.casefold() not in title.casefold() and title.casefold() not in first.casefold()):
        into.heading(title, 1)


def title_of(root: Any) -> str:
    """The page's ``<title>``, or empty."""
    return one_line("".join(next(root.iter("title"), root.makeelement("title")).itertext()))


def add_page(root: Any, into: Collector, *, deeper_by: int = 0) -> None:
    """Add a page's blocks.

    Args:
        root: from :func:`parse`.
        into: where the blocks go.
        deeper_by: added to every heading's level.
    """
    page = _Page(into, deeper_by)
    walk = etree.iterwalk(root, events=("start", "end"))  # not recursive: pages nest 2,000 deep
    for event, element in walk:
        if event == "end":
            page.leave(element)
        elif is_hidden(element):
            walk.skip_subtree()
        elif local(element) == "table" and (rows := data_rows(element)):
            page.flush()
            add_table(into, rows)
            walk.skip_subtree()
        else:
            page.enter(element)
    page.flush()


class _Page:
    """Text gathered since the last block boundary, and the kinds of the elements it lies in."""

    def __init__(self, into: Collector, deeper_by: int) -> None:
        self._into, self._deeper_by = into, deeper_by
        self._words: list[str] = []
        self._kinds: list[tuple[Any, BlockKind, int]] = [(None, BlockKind.PARAGRAPH, 0)]

    def enter(self, element: Any) -> None:
        """Open an element: a block-level one ends the block before it."""
        name = local(element)
        if name == "br":
            self._words.append("\n")
        elif name not in _INLINE:
            self.flush()
        if name in HEADINGS:
            self._kinds.append((element, BlockKind.HEADING, HEADINGS[name] + self._deeper_by))
        elif name in ("li", "pre"):
            self._kinds.append((element, BlockKind.LIST_ITEM if name == "li" else BlockKind.CODE, 0))
        self._take(element.text)

    def leave(self, element: Any) -> None:
        """Close an element; what follows it belongs to its parent."""
        if local(element) not in _INLINE and local(element) != "br":
            self.flush()
        if self._kinds[-1][0] is element:
            self._kinds.pop()
        self._take(element.tail)

    def flush(self) -> None:
        """End the block."""
        text = "".join(self._words)
        self._words.clear()
        if text and not text.isspace():
            _, kind, level = self._kinds[-1]
            self._into.add(kind, text, level=level)

    def _take(self, text: str | None) -> None:
        if text:
            is_code = self._kinds[-1][1] is BlockKind.CODE
            self._words.append(text if is_code else re.sub(r"\s+", " ", text))


def _metadata(root: Any) -> tuple[Metadata, tuple[str, ...]]:
    """What the page's head says. Faults stay unsaid: nobody here wrote that page."""
    known: dict[str, object] = {}
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or meta.get("property") or "").lower())
        if key and meta.get("content"):
            known.setdefault(key, meta.get("content"))
    title = title_of(root)
    if title:
        known["title"] = title
    language = root.get("lang") or attribute(root, "lang")
    if language:
        known["language"] = language
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            known["origin"] = link.get("href")
    return from_mapping(known)[0], ()

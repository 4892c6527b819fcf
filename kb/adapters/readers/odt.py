"""OpenDocument text: headings, paragraphs, lists, tables, text boxes and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.adapters.readers.archive import Archive, attribute, child, local
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.metadata import from_mapping
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.tables import add_table
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Metadata, Reading

_LEFT_OUT = frozenset(("note", "annotation", "tracked-changes", "frame", "custom-shape", "ruby-text", "forms", "sequence-decls"))
_MAX_REPEATS = 100  # a repeat attribute may say a million
_META = {"title": "title", "creator": "authors", "initial-creator": "authors", "language": "language"}


def read(data: bytes) -> Reading:
    """Read an OpenDocument text.

    Raises:
        ReadError: ``no_text``, ``encrypted``, or ``failed`` as :class:`Archive` says.
    """
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ReadError("protected by a password", state="encrypted")
    body = child(archive.xml("content.xml"), "body", "text")
    into = Collector()
    _add_all(body if body is not None else (), into, BlockKind.PARAGRAPH)
    if not into.blocks:
        raise ReadError("no text (drawings or pictures only)", state="no_text")
    return Reading(Kind.ODT, into.blocks, _metadata(archive), remarks=into.remarks)


def _add_all(container: Any, into: Collector, kind: BlockKind) -> None:
    """Add what a body, section, list item, cell or text box holds. Recursive: XML deeper than 256 levels is refused before."""
    for element in container:
        name = local(element)
        if name == "h":
            level = attribute(element, "outline-level")
            into.heading("".join(_pieces(element)), int(level) if level.isdecimal() else 1)
            _add_anchored(element, into)
        elif name == "p":
            into.add(kind, "".join(_pieces(element)))
            _add_anchored(element, into)
        elif name == "table":
            add_table(into, _rows(element))
        elif name in ("list", "list-item", "list-header"):
            _add_all(element, into, BlockKind.LIST_ITEM)
        elif name in ("section", "index-body", "index-title", "text-box", "frame", "numbered-paragraph"):
            _add_all(element, into, kind)


def _add_anchored(paragraph: Any, into: Collector) -> None:
    """Notes and text boxes that hang on a paragraph follow it."""
    for element in paragraph.iter("{*}note-body", "{*}text-box"):
        if local(element) == "text-box":
            _add_all(element, into, BlockKind.PARAGRAPH)
        else:
            into.add(BlockKind.NOTE, " ".join("".join(_pieces(each)) for each in element))


def _pieces(element: Any) -> Iterator[str]:
    """Text in order, with what the format writes as elements: spaces, tabs and line ends."""
    yield element.text or ""
    for each in element:
        name = local(each)
        if name == "s":
            yield " "
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name not in _LEFT_OUT:
            yield from _pieces(each)
        yield each.tail or ""


def _rows(table: Any) -> Iterator[list[str]]:
    """Rows of a table, also those inside header and group elements."""
    for element in table:
        name = local(element)
        if name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)
        elif name == "table-row":
            yield [text for cell in element for text in _cell(cell)]


def _cell(cell: Any) -> list[str]:
    """A cell's text, as often as it is repeated; a covered cell is empty."""
    if local(cell) not in ("table-cell", "covered-table-cell"):
        return []
    repeated = attribute(cell, "number-columns-repeated")
    times = min(int(repeated), _MAX_REPEATS) if repeated.isdecimal() else 1
    return [one_line(" ".join("".join(_pieces(each)) for each in cell))] * times


def _metadata(archive: Archive) -> Metadata:
    if "meta.xml" not in archive.names:
        return Metadata()
    try:
        found = child(archive.xml("meta.xml"), "meta")
    except ReadError:
        return Metadata()
    described = found if found is not None else ()
    values: dict[str, object] = {_META[local(each)]: one_line(each.text or "") for each in described if local(each) in _META}
    return from_mapping(values)[0]

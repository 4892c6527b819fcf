"""DOCX, transitional and ISO strict: headings by style and outline level, tables and text boxes in place.

Footnotes follow their paragraph. Headers, footers, comments and deleted text are left out. Nothing outside the archive is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.adapters.readers.archive import Archive, attribute, child, local
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.docx_styles import Styles
from kb.adapters.readers.ooxml import core_metadata
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.tables import add_table
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading

_LEFT_OUT = frozenset(("del", "moveFrom", "pPr", "rPr", "sectPr", "Fallback", "txbxContent", "delText", "rt"))
_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"))
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes) -> Reading:
    """Read a Word document.

    Raises:
        ReadError: ``no_text`` if it holds only drawings, ``failed`` or ``encrypted`` as :class:`Archive` says.
    """
    archive = Archive(data)
    main = next((member for kind, member in archive.relations("").values() if kind == "officeDocument"), "word/document.xml")
    relations = dict(archive.relations(main).values())
    body = child(archive.xml(main), "body")
    styles = Styles.of(archive.xml(relations["styles"]) if relations.get("styles") in archive.names else None)
    parts = {kind: relations.get(f"{kind}s", "") for kind in ("footnote", "endnote")}
    notes = {kind: _notes(archive.xml(part)) for kind, part in parts.items() if part in archive.names}
    if not any(styles.heading_level(each) for each in _story_elements(body if body is not None else ()) if local(each) == "p"):
        styles = styles.with_bold_headings()
    into = Collector()
    _Story(into, styles, notes).add(body if body is not None else ())
    if not into.blocks:
        raise ReadError("no text (drawings or pictures only)", state="no_text")
    return Reading(Kind.DOCX, into.blocks, core_metadata(archive), remarks=into.remarks)


class _Story:
    """Writes the paragraphs and tables of a body, a cell or a text box into blocks."""

    def __init__(self, into: Collector, styles: Styles, notes: dict[str, dict[str, str]]) -> None:
        self._into, self._styles, self._notes = into, styles, notes

    def add(self, container: Any) -> None:
        """Add everything in ``container``, in order."""
        for element in _story_elements(container):
            if local(element) == "tbl":
                self._add_table(element)
            else:
                self._add_paragraph(element)

    def _add_paragraph(self, element: Any) -> None:
        text = paragraph_text(element)
        level = self._styles.heading_level(element) or self._styles.bold_heading_level(element, text)
        if level:
            self._into.heading(text, level)
        else:
            self._into.add(BlockKind.LIST_ITEM if self._styles.is_list_item(element) else BlockKind.PARAGRAPH, text)
        for each in element.iter():
            name = local(each)
            if name == "txbxContent" and not _has_ancestor(each, element, ("Fallback", "txbxContent")):
                self.add(each)
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._notes.get(name.removesuffix("Reference"), {}).get(attribute(each, "id"), "")
                self._into.add(BlockKind.NOTE, note)

    def _add_table(self, table: Any) -> None:
        rows = [list(_through(row, "tc")) for row in _through(table, "tr")]
        if sum(map(len, rows)) == 1 or any(next(cell.iterdescendants("{*}tbl"), None) is not None for row in rows for cell in row):
            for row in rows:  # a frame around text, or a page laid out with tables
                for cell in row:
                    self.add(cell)
            return
        add_table(self._into, [[_cell_text(cell) for cell in row] for row in rows])


def paragraph_text(paragraph: Any) -> str:
    """Visible text of one ``w:p``; insertions count, deletions and text boxes do not."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    # Recursive: libxml2 refuses XML deeper than 256 levels.
    for each in element:
        name = local(each)
        if name == "t":
            yield each.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in _LEFT_OUT:
            yield from _pieces(each)


def _story_elements(container: Any) -> Iterator[Any]:
    """Paragraphs and tables of a container, through content controls and tracked insertions."""
    for element in container:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _WRAPPERS:
            yield from _story_elements(element)


def _through(container: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through content controls."""
    for element in container:
        if local(element) == name:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _through(element, name)


def _cell_text(cell: Any) -> str:
    """A cell's paragraphs on one line; empty where a merged cell goes on from above."""
    merge = child(cell, "tcPr", "vMerge")
    if merge is not None and attribute(merge, "val") != "restart":
        return ""
    return one_line(" ".join(paragraph_text(each) for each in _story_elements(cell)))


def _notes(root: Any) -> dict[str, str]:
    """Id → text of real footnotes; separators have a type."""
    return {
        attribute(note, "id"): one_line(" ".join(paragraph_text(each) for each in _story_elements(note)))
        for note in root
        if attribute(note, "type") in ("", "normal")
    }


def _has_ancestor(element: Any, top: Any, names: tuple[str, ...]) -> bool:
    """Whether an element between ``element`` and ``top`` has one of these names."""
    for ancestor in element.iterancestors():
        if ancestor is top:
            return False
        if local(ancestor) in names:
            return True
    return False

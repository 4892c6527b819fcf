"""PPTX, transitional and ISO strict: each slide is a page, its title a heading; tables, diagrams and speaker notes are read too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.adapters.readers.archive import Archive, attribute, child, local
from kb.adapters.readers.clean import one_line
from kb.adapters.readers.collect import Collector
from kb.adapters.readers.ooxml import core_metadata
from kb.adapters.readers.sniff import Kind
from kb.adapters.readers.tables import add_table
from kb.errors import ReadError
from kb.retrieval.passage import BlockKind, Reading

_DECORATION = frozenset(("sldNum", "dt", "ftr", "hdr", "sldImg"))  # placeholders that repeat on every slide
_TITLES = ("title", "ctrTitle")


def read(data: bytes) -> Reading:
    """Read a presentation.

    Raises:
        ReadError: ``no_text`` if the slides hold pictures only, ``failed`` or ``encrypted`` as :class:`Archive` says.
    """
    archive = Archive(data)
    main = next((member for kind, member in archive.relations("").values() if kind == "officeDocument"), "ppt/presentation.xml")
    relations = archive.relations(main)
    listed = child(archive.xml(main), "sldIdLst")
    slides = [relations.get(attribute(each, "id", "relationships"), ("", ""))[1] for each in (listed if listed is not None else ())]
    into, missing = Collector(), 0
    for number, member in enumerate(slides, start=1):
        into.page, into.page_label = number, str(number)
        if member in archive.names:
            _add_slide(archive, member, into)
        else:
            missing += 1
    if not into.blocks:
        raise ReadError("no text (the slides hold pictures only)", state="no_text")
    remarks = (f"{missing} of {len(slides)} slides are missing from the file.",) if missing else ()
    return Reading(Kind.PPTX, into.blocks, core_metadata(archive), len(slides), (*remarks, *into.remarks))


def _add_slide(archive: Archive, member: str, into: Collector) -> None:
    """One slide: title, shapes in drawing order, then notes."""
    relations = archive.relations(member)
    shapes = list(_shapes(child(archive.xml(member), "cSld", "spTree")))
    for shape in shapes:
        if _placeholder(shape) in _TITLES:
            into.heading(" ".join(_paragraphs(shape)), 1 if _placeholder(shape) == "ctrTitle" and into.page == 1 else 2)
    for shape in shapes:
        if local(shape) == "graphicFrame":
            _add_frame(archive, shape, relations, into)
        elif _placeholder(shape) not in (*_TITLES, *_DECORATION):
            _add_text(shape, into)
    for kind, target in relations.values():
        if kind == "notesSlide" and target in archive.names:
            for shape in _shapes(child(archive.xml(target), "cSld", "spTree")):
                if _placeholder(shape) == "body":
                    into.add(BlockKind.NOTE, "\n".join(_paragraphs(shape)))


def _shapes(tree: Any | None) -> Iterator[Any]:
    """Text shapes and frames, through groups; of alternatives only the first."""
    for element in tree if tree is not None else ():
        name = local(element)
        if name in ("sp", "graphicFrame"):
            yield element
        elif name in ("grpSp", "AlternateContent", "Choice"):
            yield from _shapes(element)


def _placeholder(shape: Any) -> str:
    """What the slide's layout calls a shape: "title", "body", "obj"…; empty for a free text box."""
    for path in (("nvSpPr", "nvPr", "ph"), ("nvGraphicFramePr", "nvPr", "ph")):
        found = child(shape, *path)
        if found is not None:
            return attribute(found, "type") or "obj"
    return ""


def _add_text(shape: Any, into: Collector) -> None:
    """A shape's paragraphs; several in the slide's main placeholder are a list."""
    paragraphs = [text for text in _paragraphs(shape) if text]
    is_list = len(paragraphs) > 1 and _placeholder(shape) in ("body", "obj")
    for text in paragraphs:
        into.add(BlockKind.LIST_ITEM if is_list else BlockKind.PARAGRAPH, text)


def _add_frame(archive: Archive, frame: Any, relations: dict[str, tuple[str, str]], into: Collector) -> None:
    """A table, or the words of a diagram (SmartArt)."""
    table = next(frame.iter("{*}tbl"), None)
    if table is not None:
        rows = (row for row in table if local(row) == "tr")
        add_table(into, [[one_line(" ".join(_paragraphs(cell))) for cell in row if local(cell) == "tc"] for row in rows])
        return
    for ids in frame.iter("{*}relIds"):
        target = relations.get(attribute(ids, "dm"), ("", ""))[1]
        if target in archive.names:
            for text in _paragraphs(archive.xml(target)):
                into.add(BlockKind.LIST_ITEM, text)


def _paragraphs(element: Any) -> list[str]:
    """Text of each DrawingML paragraph below ``element``."""
    return [one_line("".join(_pieces(each))) for each in element.iter("{*}p") if "drawingml" in each.tag]


def _pieces(paragraph: Any) -> Iterator[str]:
    for each in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        yield (each.text or "") if local(each) == "t" else " "

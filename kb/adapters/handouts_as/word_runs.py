"""Pieces of a Word paragraph that python-docx has no word for: direction, language, a link within the file and where it leads."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from kb.retrieval.passage import UNDETERMINED

_AFTER_SIZE = ("w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang")
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def run(
    paragraph: Any,
    text: str,
    *,
    right_to_left: bool = False,
    bold: bool = False,
    size: float = 0,
    colour: RGBColor | None = None,
    language: str = UNDETERMINED,
) -> Any:
    """Add words; ``size`` in points, 0: that of the style."""
    words = paragraph.add_run(text)
    if bold:
        words.font.bold = words.font.cs_bold = True  # the second for Arabic and Hebrew letters
    if size:
        words.font.size = Pt(size)
        for_arabic = OxmlElement("w:szCs")  # and Hebrew: their letters have a size of their own
        for_arabic.set(qn("w:val"), str(round(2 * size)))
        words._r.get_or_add_rPr().insert_element_before(for_arabic, *_AFTER_SIZE)
    if colour is not None:
        words.font.color.rgb = colour
    if right_to_left:
        words.font.rtl = True
    if language != UNDETERMINED:
        tag = OxmlElement("w:lang")  # for spelling and for reading aloud
        tag.set(qn("w:bidi" if right_to_left else "w:val"), language)
        words._r.get_or_add_rPr().append(tag)
    return words


def turn(paragraph: Any, right_to_left: bool) -> None:
    """Let a paragraph begin at the right."""
    if right_to_left:
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def anchor(paragraph: Any, name: str, identity: int) -> None:
    """Where links called ``name`` lead; call it before the words are added."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(identity))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def link(paragraph: Any, text: str, name: str) -> None:
    """Words that lead to an anchor of the same file."""
    link_element = OxmlElement("w:hyperlink")
    link_element.set(qn("w:anchor"), name)
    link_element.append(run(paragraph, text)._r)
    paragraph._p.append(link_element)

"""Citations as a Word file, by python-docx: the quotations, numbered, then a bibliography. Text only: no field, link or macro."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kb.retrieval.passage import UNDETERMINED
from kb.retrieval.quotation import Citations, Quotation
from kb.retrieval.wording import Wording
from kb.retrieval.writable import is_right_to_left

_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def write(citations: Citations, wording: Wording) -> bytes:
    """The .docx file."""
    document = docx.Document()
    title = citations.title or wording.title
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""  # python-docx's template names itself in the other two
    about.created = about.modified = datetime.fromisoformat(citations.made_on)
    _add(document, title, style="Title")
    _add(document, wording.made_on.format(date=citations.made_on))
    if citations.question:
        _add(document, wording.question.format(question=citations.question), like=citations.question)
    for quotation in citations.quotations:
        _quote(document, quotation, wording)
    _add(document, wording.bibliography, style="Heading 1")
    for work in citations.works():
        _add(document, wording.entry(work), like=work.reference.title)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _quote(document: Any, quotation: Quotation, wording: Wording) -> None:
    """Number and headings, the passage with its sentence in bold, and where it stands."""
    head = " › ".join(quotation.heading_path) or quotation.reference.title
    _add(document, f"[{quotation.number}] {head}", style="Heading 2", like=head)
    leftward = is_right_to_left(quotation.text)
    paragraph = document.add_paragraph(style="Quote")
    _turn(paragraph, leftward)
    for text, is_marked in ((quotation.before, False), (quotation.sentence, True), (quotation.after, False)):
        if text:
            _run(paragraph, text, right_to_left=leftward, is_marked=is_marked, language=quotation.language)
    _add(document, wording.source(quotation.reference, wording.place(quotation.place)), like=quotation.reference.title)


def _add(document: Any, text: str, *, style: str | None = None, like: str = "") -> Any:
    """A paragraph that runs as ``like`` does (by default as its own text): fixed words before it do not turn it."""
    paragraph = document.add_paragraph(style=style)
    leftward = is_right_to_left(like or text)
    _turn(paragraph, leftward)
    _run(paragraph, text, right_to_left=leftward)
    return paragraph


def _turn(paragraph: Any, right_to_left: bool) -> None:
    if right_to_left:
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _run(paragraph: Any, text: str, *, right_to_left: bool, is_marked: bool = False, language: str = UNDETERMINED) -> None:
    run = paragraph.add_run(text)
    if is_marked:
        run.font.bold = run.font.cs_bold = True  # the second for Arabic and Hebrew letters
    if right_to_left:
        run.font.rtl = True
    if language != UNDETERMINED:
        tag = OxmlElement("w:lang")  # for spelling and for reading aloud
        tag.set(qn("w:bidi" if right_to_left else "w:val"), language)
        run._r.get_or_add_rPr().append(tag)

"""What others need to know who want to take a practice over: what must be kept, what may change, who did it already."""

from __future__ import annotations

from html import escape

from kb.peers.narrative import UNKNOWN, Text
from kb.peers.parts import Adoption
from kb.peers.practice import PracticeSheet
from kb.ui import plain, sheet_words, words
from kb.ui.components import practice_came, practice_story, section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _


def show(sheet: PracticeSheet, cited: CitedText) -> None:
    """Draw core and adaptable elements side by side, the statement on transferability, and the adopters."""
    section.head("transfer", _("Taking it over"))
    sides = [_side(name, getattr(sheet, name), cited) for name in ("core", "adaptable")]
    plain.show('<div class="kb-pair">', *sides, "</div>")
    practice_story.show_fields(("transferability",), sheet, cited)
    said = adopters(sheet.adopted_by, cited) if sheet.adopted_by is not None else ""
    if told := said + practice_came.adopted(sheet.practice):
        heading = plain.element("h3", sheet_words.field("adopted_by"))
        plain.show(f'<div class="kb-field">{heading}<div class="kb-prose">{told}</div></div>')


def adopters(adopted: tuple[Adoption, ...] | str, cited: CitedText) -> str:
    """Who took it over, as HTML; that it is known to be nobody, or not known."""
    if isinstance(adopted, str):
        return plain.element("p", sheet_words.choice(adopted), css="kb-quiet")
    if not adopted:
        return plain.element("p", _("Known to be nobody."), css="kb-quiet")
    return f"<ul>{''.join(_adopter(each, cited) for each in adopted)}</ul>"


def elements(texts: tuple[Text, ...] | str | None, cited: CitedText) -> str:
    """Core or adaptable elements, as HTML."""
    if texts is None:
        return plain.element("p", _("Nobody has said yet."), css="kb-quiet")
    if isinstance(texts, str):
        return plain.element("p", sheet_words.choice(texts), css="kb-quiet")
    return cited.items(texts) if texts else plain.element("p", _("Known to be none."), css="kb-quiet")


def _side(name: str, texts: tuple[Text, ...] | str | None, cited: CitedText) -> str:
    return f'<div class="kb-side kb-prose">{plain.element("h3", sheet_words.field(name))}{elements(texts, cited)}</div>'


def _adopter(each: Adoption, cited: CitedText) -> str:
    country = sheet_words.country(each.country) if each.country != UNKNOWN else ""
    when = words.day(each.date) if each.date != UNKNOWN else ""
    about = ", ".join(filter(None, (country, when)))
    how = f": {each.how}" if each.how != UNKNOWN else ""
    where = plain.element("strong", each.where)
    return f'<li dir="auto">{where}{escape((f" ({about})" if about else "") + how)} {cited.note(each.source)}</li>'

"""What a sheet says in those of its fields that speak of a gate or criterion: the words, and what is told in figures and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from kb.peers.narrative import UNKNOWN, Text, without_citations
from kb.peers.practice import PracticeSheet
from kb.services.assessing.evidence import Texts
from kb.ui import links, plain, sheet_words
from kb.ui.components import practice_figures, practice_head
from kb.ui.i18n import _, current


def show(sheet: PracticeSheet, texts: Texts, fields: Sequence[str]) -> None:
    """Draw each field under its name: what it says, that nobody knows, or that nobody has said."""
    said = dict(texts)
    plain.show(*(_field(name, said[name]) if name in said else _other(name, sheet) for name in fields))


def show_texts(texts: Texts, practice: str) -> None:
    """Draw what is said in words; where there is nothing, a link to the whole sheet."""
    plain.show(*(_field(name, said) for name, said in texts))
    if not texts:
        st.markdown(_("Its sheet says nothing in words about this."))
        links.to_practice(_("See the whole sheet"), practice)


def _field(name: str, texts: Iterable[Text]) -> str:
    return _under(name, "".join(map(_paragraphs, texts)))


def _paragraphs(text: Text) -> str:
    if text.is_unknown:
        return plain.element("p", sheet_words.choice(UNKNOWN), css="kb-quiet")
    language, said = text.best(current())
    parts = [part for part in without_citations(said).split("\n\n") if part.strip()]
    return "".join(plain.element("p", part, language=language) for part in parts)


def _other(name: str, sheet: PracticeSheet) -> str:
    """A field that is not told in words."""
    value = getattr(sheet, name, None)
    if value is None or value == ():
        inside = plain.element("p", _("Nobody has said yet.") if value is None else _("There are none"), css="kb-quiet")
    elif isinstance(value, str) or (isinstance(value, Text) and value.is_unknown):
        inside = plain.element("p", sheet_words.choice(UNKNOWN), css="kb-quiet")
    else:
        inside = _lines(name, sheet)
    return _under(name, inside)


def _lines(name: str, sheet: PracticeSheet) -> str:
    match name:
        case "owner":
            return f"<p>{practice_head.owner(sheet.owner)}</p>"
        case "place":
            return plain.element("p", practice_head.place(sheet.place))
        case "period":
            return plain.element("p", practice_head.period(sheet.period))
        case "figures" if not isinstance(sheet.figures, str):
            return _list(sheet_words.labelled(each.what, practice_figures.with_case(each)) for each in sheet.figures or ())
        case "partners" if not isinstance(sheet.partners, str):
            return _list(_known(each.name, each.role) for each in sheet.partners or ())
        case "adopted_by" if not isinstance(sheet.adopted_by, str):
            return _list(_known(each.where, each.how) for each in sheet.adopted_by or ())
        case "evidence":
            return _list(sheet_words.labelled(sheet_words.field(each.field), each.quote) for each in sheet.evidence)
        case _:
            return plain.element("p", _("See the sheet."), css="kb-quiet")


def _known(name: str, about: str) -> str:
    return sheet_words.labelled(name, about) if about and about != UNKNOWN else name


def _list(items: Iterable[str]) -> str:
    lines = "".join(f'<li dir="auto">{escape(item)}</li>' for item in items)
    return f'<ul class="kb-list">{lines}</ul>' if lines else plain.element("p", _("There are none"), css="kb-quiet")


def _under(name: str, inside: str) -> str:
    return f'<div class="kb-told">{plain.element("h3", sheet_words.field(name))}{inside}</div>'

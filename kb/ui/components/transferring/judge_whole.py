"""What an assessor says to the transfer as a whole: what helps, what hinders, what would be adapted, what stays as it is."""

from __future__ import annotations

import streamlit as st

from kb.peers.assessment.review import MAX_COMMENT_CHARS
from kb.peers.narrative import Text, without_citations
from kb.peers.practice import PracticeSheet
from kb.services.transferring.judging import Desk
from kb.ui import plain, transferring, words
from kb.ui import transferring_words as told
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _
from kb.ui.transferring import bound

WHOLE = "whole"  # part of the widgets' keys


def show(desk: Desk) -> None:
    """Draw the widgets, with what was said so far."""
    place = told.place(desk.test.target)
    st.header(_("The transfer as a whole"), anchor=False)
    _show_lines("facilitators", desk.judgement.facilitators, _("What would help in {place}, one a line").format(place=place))
    _show_lines("barriers", desk.judgement.barriers, _("What would hinder in {place}, one a line").format(place=place))
    _show_core(desk)
    _show_adaptations(desk)
    _show_comment(desk)


def _show_lines(field: str, points: tuple[str, ...], label: str) -> None:
    key = bound(WHOLE, field, "\n".join(points))
    st.text_area(plain.label(label), key=key, height=110, on_change=transferring.note_lines, args=(field, key))


def _show_core(desk: Desk) -> None:
    """Elements of the sheet as boxes, whatever else as lines."""
    st.subheader(_("What would be kept as it is"), anchor=False)
    elements = _elements(desk.practice.sheet if desk.practice else None, "core")
    kept = desk.judgement.core_kept
    if elements:
        st.caption(_("The sheet calls these the core:"))
    for at, each in enumerate(elements):
        key = bound(WHOLE, f"core_{at}", each in kept)
        st.checkbox(plain.label(each), key=key, on_change=transferring.choose, args=("core_kept", each, key))
    others = [each for each in kept if each not in elements]
    label = _("Other elements that would be kept, one a line") if elements else _("Elements that would be kept, one a line")
    key = bound(WHOLE, "core_kept", "\n".join(others))
    chosen = tuple(each for each in kept if each in elements)
    st.text_area(label, key=key, height=80, on_change=transferring.note_lines, args=("core_kept", key, chosen))


def _show_adaptations(desk: Desk) -> None:
    st.subheader(_("What would be adapted"), anchor=False)
    if adaptable := _elements(desk.practice.sheet if desk.practice else None, "adaptable"):
        st.caption(_("The sheet says that these may change:"))
        plain.show('<ul class="kb-list">', *(plain.element("li", each) for each in adaptable), "</ul>")
    for at, each in enumerate(desk.judgement.adaptations):
        with st.container(border=True, gap="xsmall", key=f"adaptation_{at}"):
            plain.show(plain.element("p", each.element, css="kb-warned"), plain.element("p", each.how, css="kb-reason"))
            st.button(
                _("Take it out"), key=f"adaptation_out_{at}", type="tertiary", icon=":material/close:",
                on_click=transferring.remove_adaptation, args=(at,),
            )  # fmt: skip
    n = len(desk.judgement.adaptations)
    element, how = f"adapt_element_{n}", f"adapt_how_{n}"
    with st.form(f"adapt_{n}", border=True):
        st.text_input(_("Element of the practice"), key=element)
        st.text_area(_("How it would be different"), key=how, height=80)
        st.form_submit_button(
            _("Add this adaptation"), icon=":material/add:", on_click=transferring.add_adaptation, args=(element, how)
        )


def _show_comment(desk: Desk) -> None:
    st.subheader(_("Comment"), anchor=False)
    comment = bound(WHOLE, "comment", desk.judgement.comment)
    st.text_area(
        _("What else you say to the transfer (optional)"), key=comment, height=120, max_chars=MAX_COMMENT_CHARS,
        on_change=transferring.note_overall, args=("comment", comment),
    )  # fmt: skip
    codes = language_codes()
    said = desk.judgement.language
    if said and said not in codes:
        codes.append(said)
    language = bound(WHOLE, "language", said or None)
    st.selectbox(
        _("Language of your reasons"), codes, key=language, index=None, format_func=words.language, placeholder=_("Not said"),
        width=320, on_change=transferring.note_overall, args=("language", language),
    )  # fmt: skip


def _elements(sheet: PracticeSheet | None, field: str) -> list[str]:
    """What the sheet names, in its own language: so the same words are meant in every reader's."""
    named = getattr(sheet, field, None) if sheet else None
    if not isinstance(named, tuple) or sheet is None:
        return []
    return [_own_words(each, sheet.language) for each in named]


def _own_words(text: Text, language: str) -> str:
    return " ".join(without_citations(text.best(language)[1]).split())

"""A field of a practice sheet in a form: its name, what is asked, what is said or "unknown", and what is wrong with it."""

from __future__ import annotations

import streamlit as st

from kb.peers import sheet_form
from kb.peers.practice import MANDATORY, Kind
from kb.peers.tags import Tag
from kb.ui import plain, sheet_words, state, words
from kb.ui.components import sheet_faults, sheet_lists, sheet_parts, sheet_texts, sheet_widgets
from kb.ui.edited_sheet import Editing
from kb.ui.i18n import _

MUST = "*"  # beside the name of a field that has to say something
_DATES = ("reviewed", "review_due")


def show(editing: Editing, name: str, language: str) -> None:
    """Draw a field.

    Args:
        language: in which its text is written now.
    """
    with st.container(key=f"field_{name}", gap="xsmall"):
        if name in sheet_form.TEXTS:
            _show_text_field(editing, name, language)
        else:
            _show_head(name, must=name in MANDATORY)
            _show_other(editing, name, language)
        at_items = {fault for at in range(_n_items(editing, name)) for fault in sheet_faults.of_item(editing, name, at)}
        sheet_faults.beside(fault for fault in sheet_faults.of_field(editing, name) if fault not in at_items)


def _show_text_field(editing: Editing, name: str, language: str) -> None:
    is_own = language == editing.own_language
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", gap="small"):
        _show_head(name, must=is_own and name in MANDATORY)
        if is_own and name != "title":
            sheet_widgets.flag(editing, (name, "unknown"), _("Unknown"))
    sheet_texts.show(editing, (name,), sheet_words.field(name), language, is_short=name == "title")


def _show_head(name: str, *, must: bool) -> None:
    with st.container(gap=None, width="stretch"):
        st.markdown(f"**{sheet_words.field(name)}**" + (f" {MUST}" if must else ""))
        plain.show(plain.element("p", sheet_words.help_of(name), css="kb-quiet"))


def _show_other(editing: Editing, name: str, language: str) -> None:
    label, path = sheet_words.field(name), (name,)
    match name:
        case "kind":
            sheet_widgets.choice(editing, path, label, [each.value for each in Kind], sheet_words.kind, is_named_above=True)
        case "language":
            sheet_widgets.choice(editing, path, label, sheet_texts.language_codes(), words.language, is_named_above=True)
        case "tags":
            scheme = state.scheme()
            sheet_widgets.several(
                editing, (name, "items"), label, list(scheme.tags), lambda tag: sheet_words.tag_in_full(scheme, Tag.of(tag)),
                takes_others=True, is_named_above=True,
            )  # fmt: skip
        case "documents":
            sheet_widgets.several(editing, (name, "items"), label, *sheet_parts.documents(), is_named_above=True)
        case _ if name in sheet_form.SINGLE:
            sheet_parts.show(editing, path, sheet_form.SINGLE[name])
        case _ if name in sheet_form.TEXT_LISTS or name in sheet_form.LISTED:
            sheet_lists.show(editing, name, language)
        case _:
            sheet_widgets.line(editing, path, label, placeholder="2026-11-22" if name in _DATES else "", is_named_above=True)


def _n_items(editing: Editing, name: str) -> int:
    return len(editing.form[name]["items"]) if name in sheet_form.LISTED or name in sheet_form.TEXT_LISTS else 0

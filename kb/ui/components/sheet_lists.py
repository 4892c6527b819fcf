"""A list of a practice sheet in a form: its items, or that there are none, or that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers import sheet_form
from kb.peers.sheet_form import State
from kb.ui import editing as edit
from kb.ui import sheet_words
from kb.ui.components import sheet_faults, sheet_parts, sheet_texts, sheet_widgets
from kb.ui.edited_sheet import Editing
from kb.ui.i18n import _, marked
from kb.ui.plain import escape_markdown

STATES: Mapping[State, str] = {
    State.UNSAID: marked("Not said yet"),
    State.UNKNOWN: marked("Unknown"),
    State.NONE: marked("There are none"),
}
_ADD: Mapping[str, str] = {
    "partners": marked("Add a partner"),
    "figures": marked("Add a figure"),
    "adopted_by": marked("Add who took it over"),
    "evidence": marked("Add a passage"),
    "links": marked("Add a link"),
    "contact": marked("Add a contact"),
    "sources": marked("Add a source"),
    "core": marked("Add an element"),
    "adaptable": marked("Add an element"),
}
_NEVER_UNKNOWN = ("evidence", "links")
_AT_MOST_ONE = ("contact",)


def show(editing: Editing, name: str, language: str) -> None:
    """Draw the items of a list and a button for one more; without items, what the list says instead."""
    items = editing.form[name]["items"]
    if not items and name != "sources":
        kept = [each for each in STATES if _is_open(name, each)]
        sheet_widgets.states(editing, (name, "state"), sheet_words.field(name), kept, lambda each: _(STATES[State(each)]))
    for at in range(len(items)):
        if name in sheet_form.TEXT_LISTS:
            _show_text(editing, name, at, language)
        else:
            _show_part(editing, name, at)
    if not (items and name in _AT_MOST_ONE):
        st.button(_(_ADD[name]), key=editing.key((name, "add")), icon=":material/add:", on_click=edit.add, args=(name,))


def _is_open(name: str, each: State) -> bool:
    """Whether a list without items may say this."""
    if each is State.UNKNOWN:
        return name not in _NEVER_UNKNOWN
    return each is State.UNSAID or name not in _AT_MOST_ONE


def _show_part(editing: Editing, name: str, at: int) -> None:
    """An item behind its own line; what is folded is not drawn."""
    faults = sheet_faults.of_item(editing, name, at)
    key = editing.key((name, "items", at), "open")
    st.session_state.setdefault(key, bool(faults))
    summary = escape_markdown(sheet_parts.summary(name, editing.form[name]["items"][at]))
    line, icon = editing.folds.setdefault(key, (f"{at + 1}. {summary}", ":material/error:" if faults else None))
    with st.expander(line, key=key, icon=icon, on_change=edit.note) as folded:
        if folded.open:
            sheet_parts.show(editing, (name, "items", at), sheet_form.LISTED[name])
            sheet_faults.beside(faults, depth=2)
            _show_removing(editing, name, at)


def _show_text(editing: Editing, name: str, at: int, language: str) -> None:
    label = _("{field}, element {n}").format(field=sheet_words.field(name), n=at + 1)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        with st.container(width="stretch", gap="xsmall"):
            sheet_texts.show(editing, (name, "items", at), label, language)
            sheet_faults.beside(sheet_faults.of_item(editing, name, at), depth=2)
        _show_removing(editing, name, at)


def _show_removing(editing: Editing, name: str, at: int) -> None:
    st.button(
        _("Remove"), key=editing.key((name, "items", at), "remove"), type="tertiary", icon=":material/delete:",
        on_click=edit.remove, args=(name, at),
    )  # fmt: skip

"""Save a sheet: why, and what keeps it from being saved."""

from __future__ import annotations

import streamlit as st

from kb.services.practice_editing import MAX_WHY_CHARS
from kb.ui import acting
from kb.ui import editing as edit
from kb.ui.components import sheet_faults
from kb.ui.components.sheet_draft import SAVED
from kb.ui.components.sheet_sections import NAMES, SECTION, section_of
from kb.ui.edited_sheet import Editing
from kb.ui.i18n import _


def show_faults(editing: Editing) -> None:
    """Draw all that is wrong, by section, each with the way to it."""
    if not editing.faults:
        return
    with st.container(border=True, key="faults", gap="small"):
        head = _("To be mended:")
        st.markdown(f"**{head}**")
        for section in NAMES:
            found = [fault for fault in editing.faults if section_of(fault.field) == section]
            if found:
                st.button(
                    _(NAMES[section]), key=f"faults_{section}", type="tertiary", icon=":material/arrow_forward:",
                    on_click=_go, args=(section,),
                )  # fmt: skip
                st.markdown("\n".join(f"- {sheet_faults.in_words(fault)}" for fault in found))


def show(editing: Editing) -> None:
    """Draw the question why, and the button."""
    with st.form("save_sheet", border=True):
        why = editing.key(("why",))
        st.text_input(
            _("Why? One line for the history"), key=why, max_chars=MAX_WHY_CHARS,
            placeholder=_("For example: figures of the report of 2026"),
        )  # fmt: skip
        st.form_submit_button(_("Save"), type="primary", icon=":material/save:", on_click=acting.do, args=(_save, why))


def _go(section: str) -> None:
    st.session_state[SECTION] = section
    edit.note()


def _save(why: str) -> str:
    saved = edit.save(st.session_state[why].strip())
    if saved is None:
        return _("Nothing was changed, so nothing was saved.")
    st.session_state[SAVED] = saved.job.id if saved.job else ""
    return _("Saved. What you changed can be searched as soon as it is read again.")

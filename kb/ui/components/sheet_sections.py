"""The sections of the form of a practice sheet; one is drawn at a time."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kb.peers import sheet_form
from kb.ui import editing as edit
from kb.ui import words
from kb.ui.components import sheet_faults, sheet_fields, sheet_texts
from kb.ui.edited_sheet import Editing
from kb.ui.i18n import _, marked, ngettext

SECTION, TEXT = "section", "text"  # URL parameters and session keys: which section, and in which language its texts are written
NAMES: Mapping[str, str] = {
    "basics": marked("In short"),
    "who": marked("Who, where, when"),
    "story": marked("What is done"),
    "results": marked("Results"),
    "transfer": marked("Taking it over"),
    "sources": marked("Sources and evidence"),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "basics": ("title", "teaser", "summary", "kind", "language"),
    "who": ("owner", "partners", "place", "period", "target_group", "contact"),
    "story": ("problem", "objectives", "solution", "context", "participation", "gender"),
    "results": ("resources", "results", "figures", "success_factors", "difficulties", "lessons", "sustainability"),
    "transfer": ("core", "adaptable", "transferability", "adopted_by"),
    "sources": ("sources", "documents", "evidence", "tags", "links", "author", "reviewed", "review_due"),
}


def section_of(name: str) -> str:
    """The section in which a field is; the first one for what is no field."""
    return next((section for section, fields in FIELDS.items() if name in fields), "basics")


def show_switches(editing: Editing) -> None:
    """Draw the choice of section, and of the language in which texts are written."""
    st.segmented_control(
        _("Section"), list(NAMES), key=SECTION, required=True, label_visibility="collapsed", on_change=edit.note,
        format_func=lambda each: _named(editing, each),
    )  # fmt: skip
    spoken = languages(editing)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="languages"):
        plain_label = _("Texts in")
        st.markdown(plain_label)
        st.segmented_control(
            plain_label, spoken, key=TEXT, required=True, format_func=words.language, label_visibility="collapsed",
            on_change=edit.note,
        )  # fmt: skip
        with st.popover(_("Add a language"), type="tertiary", icon=":material/translate:"):
            others = [code for code in sheet_texts.language_codes() if code not in spoken]
            key = f"add_language_{len(spoken)}"
            st.selectbox(
                _("Language"), others, index=None, key=key, format_func=words.language, placeholder=_("Choose"),
                on_change=_speak, args=(key,),
            )  # fmt: skip


def languages(editing: Editing) -> list[str]:
    """Those of the texts, and one that was added and in which nothing is said yet."""
    spoken = sheet_form.languages(editing.form)
    return spoken if not editing.spoken or editing.spoken in spoken else [*spoken, editing.spoken]


def show(editing: Editing, section: str, language: str) -> None:
    """Draw the fields of a section."""
    st.header(_(NAMES[section]), anchor=False)
    for name in FIELDS[section]:
        sheet_fields.show(editing, name, language)


def _named(editing: Editing, section: str) -> str:
    """Its name, with the number of its faults."""
    n = sum(len(sheet_faults.of_field(editing, name)) for name in FIELDS[section])
    name = _(NAMES[section])
    return f"{name} ({ngettext('{n} fault', '{n} faults', n).format(n=n)})" if n else name


def _speak(key: str) -> None:
    if chosen := st.session_state[key]:
        edit.speak(chosen)
        st.session_state[TEXT] = chosen
    edit.note()

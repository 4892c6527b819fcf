"""Begin a practice: its title, and what the sheet is to be called. And drafts that were begun and not saved."""

from __future__ import annotations

import streamlit as st

from kb.errors import InvalidEntry
from kb.peers.names import name_for
from kb.peers.practice import Kind
from kb.services import practice_drafts
from kb.services.practice_drafts import PracticeDraft
from kb.ui import acting, i18n, plain, sheet_words, state, words
from kb.ui import editing as edit
from kb.ui.components.sheet_texts import language_codes
from kb.ui.i18n import _

ID = "id"  # URL parameter


def show() -> None:
    """Draw the form."""
    st.session_state.setdefault("new_language", i18n.current())
    with st.form("new_practice", border=True):
        st.text_input(_("Title of the practice"), key="new_title", max_chars=100, help=sheet_words.help_of("title"))
        with st.grid(min_column_width=260, gap="small"):
            st.selectbox(sheet_words.field("kind"), [each.value for each in Kind], key="new_kind", format_func=sheet_words.kind)
            st.selectbox(sheet_words.field("language"), language_codes(), key="new_language", format_func=words.language)
            st.text_input(
                _("Name in addresses (optional)"), key="new_name", max_chars=60, placeholder="bee-paths-for-a-city",
                help=_("a–z, 0–9 and hyphens. Left blank, it is made of the title."),
            )  # fmt: skip
        st.form_submit_button(_("Begin"), type="primary", icon=":material/edit_note:", on_click=acting.do, args=(_begin,))


def show_drafts() -> None:
    """Draw the member's drafts, each with the way to go on."""
    drafts = practice_drafts.drafts(state.kb(), actor=state.actor())
    if not drafts:
        return
    st.header(_("Your drafts"), anchor=False)
    for each in sorted(drafts, key=lambda draft: draft.at_utc, reverse=True):
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"mine_{each.name}"):
            label = plain.escape_markdown(_title(each))
            st.button(label, key=f"go_on_{each.name}", type="tertiary", icon=":material/edit:", on_click=_open, args=(each.name,))
            told = _("Draft of {time}, not yet saved").format(time=words.moment(each.at_utc))
            plain.show(plain.element("p", told, css="kb-quiet"))


def _title(draft: PracticeDraft) -> str:
    said = draft.values["form"]["title"]["said"]
    return next((title for title in said.values() if title.strip()), draft.name)


def _open(name: str) -> None:
    """Turn the page; a page link to the page one is on leaves the address as it was (Streamlit 1.67)."""
    edit.forget()
    st.query_params[ID] = name


def _begin() -> str:
    title = st.session_state["new_title"].strip()
    if not title:
        raise InvalidEntry(_("The practice has no title yet. Give it one; it can be changed later."))
    name = st.session_state["new_name"].strip() or name_for(title)
    edit.begin(name, kind=st.session_state["new_kind"], language=st.session_state["new_language"], title=title)
    _open(name)
    return _("Begun. Nobody else sees it before you save it.")

"""A member's saved searches, each with what is new in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from kb.errors import KBError
from kb.services import saved_searches
from kb.services.records import SavedSearch
from kb.services.saved_searches import MAX_NAME_CHARS
from kb.ui import acting, address, links, plain, state, words
from kb.ui.components import saved_answer
from kb.ui.i18n import _, ngettext
from kb.ui.said import said

SAVED = "saved"  # URL parameter and session key: the id of the one that is shown
SEARCHES_A_PAGE = 10  # each is asked to see what is new: a third of a second for ten


def id_of(written: str) -> int:
    """The id that stands in the address; one that is none belongs to no saved search."""
    return int(written) if written.isdecimal() and len(written) < 18 else 0


def show_nothing_saved() -> None:
    """Say how a search is saved."""
    st.info(_("You have no saved search yet. Ask a question, then choose “Save this search”."), icon=":material/bookmark:")
    st.page_link(links.SEARCH, label=_("Go to search"), icon=":material/search:", query_params=address.left("search"))


def show_way_back() -> None:
    """Draw the way from one search back to the list."""
    st.button(_("All saved searches"), key="saved_all", type="tertiary", icon=":material/arrow_back:", on_click=_open, args=("",))


def show(saved: Sequence[SavedSearch]) -> None:
    """Draw the searches, ten a page."""
    text = ngettext("{n} saved search", "{n} saved searches", len(saved))
    st.header(text.format(n=words.number(len(saved))), anchor=False)
    n_pages = math.ceil(len(saved) / SEARCHES_A_PAGE)
    cards, page = st.container(gap="medium"), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"saved_page_{n_pages}")
    with cards:
        for each in saved[(page - 1) * SEARCHES_A_PAGE : page * SEARCHES_A_PAGE]:
            _show_one(each)


def _show_one(saved: SavedSearch) -> None:
    with st.container(border=True, key=f"saved_{saved.id}", gap="small"):
        name = f"**{plain.escape_markdown(saved.name)}**"
        st.button(
            name,
            key=f"open_{saved.id}",
            type="tertiary",
            icon=":material/bookmark:",
            wrap=True,
            on_click=_open,
            args=(str(saved.id),),
        )
        saved_answer.show_what_is_asked(saved)
        try:
            with st.spinner(_("Searching …")):
                saved_answer.show_news(state.visit(saved))
        except KBError as error:  # one that cannot be asked keeps nobody from the others
            st.warning(plain.escape_markdown(said(str(error))), icon=":material/error:")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            _show_renaming(saved)
            _show_removing(saved)


def _show_renaming(saved: SavedSearch) -> None:
    with st.popover(_("Rename"), key=f"rename_{saved.id}", icon=":material/edit:", type="tertiary"):
        key = f"rename_to_{saved.id}_{saved.version}"
        with st.form(f"rename_form_{saved.id}", border=False):
            st.text_input(_("New name"), value=saved.name, key=key, max_chars=MAX_NAME_CHARS)
            st.form_submit_button(_("Rename"), type="primary", on_click=acting.do, args=(_rename, saved, key))


def _show_removing(saved: SavedSearch) -> None:
    with st.popover(_("Remove"), key=f"remove_{saved.id}", icon=":material/delete:", type="tertiary"):
        st.markdown(_("The search is forgotten; documents and judgements stay."))
        label = _("Remove this saved search")
        st.button(label, key=f"remove_now_{saved.id}", type="primary", on_click=acting.do, args=(_remove, saved))


def _open(saved_id: str) -> None:
    """Turn the page; a page link to the page one is on leaves the address as it was (Streamlit 1.67)."""
    st.session_state[SAVED] = saved_id


def _rename(saved: SavedSearch, key: str) -> str:
    kept = saved_searches.rename(state.kb(), saved, st.session_state[key], actor=state.actor())
    return _("It is called “{name}” now.").format(name=kept.name)


def _remove(saved: SavedSearch) -> str:
    saved_searches.remove(state.kb(), saved.id, actor=state.actor())
    return _("“{name}” is removed.").format(name=saved.name)

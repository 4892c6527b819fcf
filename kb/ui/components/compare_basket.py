"""Practices chosen to be compared. The session keeps their names; the address of the comparison holds them."""

from __future__ import annotations

import streamlit as st

from kb.errors import QueryError
from kb.ui import acting, links, words
from kb.ui.i18n import _, ngettext

COMPARED = "compare"  # URL parameter and session key of the page with the list: names of those that stand side by side
FEWEST, MOST = 2, 6  # more columns cannot be read side by side
_CHOSEN = "_compare"  # session key: names, in the order of choosing


def chosen() -> list[str]:
    """What this session has chosen."""
    names: list[str] = st.session_state.setdefault(_CHOSEN, [])
    return names


def show_box(name: str) -> None:
    """Draw the box that chooses a practice."""
    key = f"compare_{name}"
    st.session_state[key] = name in chosen()
    st.checkbox(_("Compare"), key=key, on_change=acting.do, args=(_toggle, key, name))


def show_panel(*, is_there: bool = False) -> None:
    """Draw the way to the comparison; nothing while nothing is chosen.

    Args:
        is_there: on the page with the list, where a page link would leave the address as it was (Streamlit 1.67).
    """
    if not (names := chosen()):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="tool_compare"):
        label = ngettext("Compare {n} practice", "Compare {n} practices", len(names)).format(n=words.number(len(names)))
        icon = ":material/view_column:"
        if len(names) < FEWEST:
            st.caption(_("Choose one more practice to compare."))
        elif is_there:
            st.button(label, key="compare_now", type="primary", icon=icon, on_click=_open, args=(list(names),))
        else:
            st.page_link(links.PRACTICES, label=label, icon=icon, query_params={COMPARED: list(names)})
        st.button(_("Choose none"), key="compare_none", type="tertiary", icon=":material/close:", on_click=names.clear)


def _open(names: list[str]) -> None:
    st.session_state[COMPARED] = names


def drop(name: str) -> None:
    """Take one out of the comparison; for ``on_click``."""
    if name in chosen():
        chosen().remove(name)
    st.session_state[COMPARED] = [each for each in st.session_state.get(COMPARED, []) if each != name]


def _toggle(key: str, name: str) -> str:
    if not st.session_state[key]:
        chosen().remove(name)
    elif len(chosen()) >= MOST:
        raise QueryError(_("{n} practices are chosen, and more cannot be read side by side. Take one out first.").format(n=MOST))
    else:
        chosen().append(name)
    return ""  # the box itself shows it

"""What the page Learning shows: which of four ways, which partnership, and which number is opened. The address keeps it all."""

from __future__ import annotations

import streamlit as st

from kb.ui import address, i18n, state, words
from kb.ui.i18n import _

WAITS, STANDS, NETWORK, LATELY = "waits", "stands", "network", "lately"
VIEW, PARTNERSHIP, NUMBER = "ln_view", "ln_partnership", "ln_number"  # widget keys and URL parameters


def fields() -> dict[str, address.Parse]:
    """What :func:`address.follow` needs to know about this page."""
    return {VIEW: address.among(WAITS, STANDS, NETWORK, LATELY), PARTNERSHIP: _one_or_none, NUMBER: address.one}


def publish() -> None:
    """Make the address say what is shown."""
    said = st.session_state
    values = {VIEW: "" if said[VIEW] == WAITS else said[VIEW], PARTNERSHIP: said[PARTNERSHIP] or "", NUMBER: said[NUMBER]}
    address.publish("learning", **values)


def keep() -> None:
    """What widgets say stays while one number is shown, where they are not drawn."""
    for key in (VIEW, PARTNERSHIP):
        st.session_state[key] = st.session_state[key]


def show_views(n_waiting: int) -> str:
    """Draw the four ways of looking. Returns the chosen one."""
    waits = _("Waiting for you")
    views = {
        WAITS: f"{waits} ({words.number(n_waiting)})" if n_waiting else waits,
        STANDS: _("How things stand"),
        NETWORK: _("Who learned from whom"),
        LATELY: _("What happened lately"),
    }
    st.segmented_control(_("Show"), list(views), key=VIEW, required=True, format_func=views.__getitem__, wrap=True)
    return str(st.session_state[VIEW])


def show_partnership() -> str:
    """Draw the choice of a partnership where there are any. Returns its name; empty for all together."""
    titles = _titles()
    if st.session_state[PARTNERSHIP] not in titles:
        st.session_state[PARTNERSHIP] = None
    if not titles:
        return ""
    st.selectbox(
        _("Partnership"), list(titles), key=PARTNERSHIP, index=None, width=520, format_func=titles.__getitem__,
        placeholder=_("All together"),
    )  # fmt: skip
    return st.session_state[PARTNERSHIP] or ""


def _titles() -> dict[str, str]:
    """Name of each partnership that can be read → its title."""
    kb, language = state.kb(), i18n.current()
    read = {name: kb.partnerships.read(name).made for name in kb.partnerships.names()}
    titles = {name: made.title.best(language, made.language)[1] for name, made in read.items() if made}
    return dict(sorted(titles.items(), key=lambda each: words.sortable(each[1])))


def _one_or_none(said: address.Said) -> str | None:
    return said[0] if said else None

"""Which lessons, recommendations, plans or policy changes are listed: by practice, level, organisation and state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from kb.peers.learning.parts import Level
from kb.ui import address, learning_words, words
from kb.ui.components.learning.common import practice_titles
from kb.ui.i18n import _

PARTS = ("practice", "organisation", "level", "state")


def fields(prefix: str) -> dict[str, address.Parse]:
    """Keys of the choices, which are URL parameters too."""
    return {f"{prefix}_{part}": address.one for part in PARTS}


def show(prefix: str, organisations: Iterable[str], states: Mapping[str, str], *, by_level: bool) -> dict[str, str]:
    """Draw the choices. Returns what is chosen, by part; a part that is not chosen is empty.

    Args:
        organisations: that can be chosen.
        states: code → words.
    """
    titles = practice_titles()
    with st.grid(min_column_width=200, gap="small"):
        _choose(f"{prefix}_practice", _("Practice"), titles, _("All practices"))
        _choose(f"{prefix}_organisation", _("Organisation"), _named(organisations), _("All organisations"))
        if by_level:
            levels = {each.value: learning_words.level_word(each) for each in Level}
            _choose(f"{prefix}_level", _("Who learned, or what changes"), levels, _("All levels"))
        _choose(f"{prefix}_state", _("State"), states, _("All states"))
    return {part: st.session_state.get(f"{prefix}_{part}") or "" for part in PARTS}


def clear(prefix: str) -> None:
    """Draw the way back to the whole list."""
    st.button(
        _("Show all"), key=f"{prefix}_clear", icon=":material/filter_alt_off:", type="tertiary",
        on_click=st.session_state.update, args=({f"{prefix}_{part}": "" for part in PARTS},),
    )  # fmt: skip


def _choose(key: str, label: str, names: Mapping[str, str], everything: str) -> None:
    if st.session_state.get(key) not in names:  # an address may say anything
        st.session_state[key] = ""
    st.selectbox(label, ["", *names], key=key, format_func=lambda code: names.get(code, everything))


def _named(organisations: Iterable[str]) -> dict[str, str]:
    """Each once, as it was written first, in order."""
    by_name: dict[str, str] = {}
    for each in organisations:
        by_name.setdefault(words.sortable(each), each)
    return {each: each for _name, each in sorted(by_name.items()) if each}

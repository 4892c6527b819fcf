"""A draft that a tab writes, such as a review: which version of it the tab knows, and the keys of its widgets.

The draft is the truth. Widgets begin with what it says; those that are not drawn lose their values and get them back from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

About = TypeVar("About")


@dataclass
class Writing(Generic[About]):
    """One draft in one tab.

    Attributes:
        about: what it is written for: the id of an assessment, or the like.
        member: who writes it.
        version: that this tab has seen; what it keeps next has to follow it.
        round: part of the widgets' keys; a new one gives them all new values.
        is_behind: another window of the member keeps the draft now.
    """

    about: About
    member: str
    version: int
    round: int
    is_behind: bool = False


class Tab(Generic[About]):
    """Drafts of one kind; a tab writes one of them at a time."""

    def __init__(self, name: str, prefix: str) -> None:
        """``name`` is for the session's keys, ``prefix`` begins those of widgets."""
        self._state, self._rounds = f"_{name}", f"_{name}_rounds"  # the second counts: no key of a widget comes twice
        self._prefix = prefix

    def write(self, about: About, member: str, version: int) -> Writing[About]:
        """Go on with a draft that is kept at ``version`` now; begin where this tab wrote another one, or none."""
        held = st.session_state.get(self._state)
        if not isinstance(held, Writing) or (held.about, held.member) != (about, member):
            st.session_state[self._rounds] = st.session_state.get(self._rounds, -1) + 1
            held = Writing(about, member, version, st.session_state[self._rounds])
            st.session_state[self._state] = held
        held.is_behind = version != held.version
        return held

    def writing(self) -> Writing[About]:
        """What this tab writes, after :meth:`write`."""
        held: Writing[About] = st.session_state[self._state]
        return held

    def reopen(self) -> None:
        """For a button: go on from what another window kept."""
        st.session_state.pop(self._state, None)

    def key(self, *place: str) -> str:
        """The key of a widget."""
        return f"{self._prefix}{self.writing().round}_{'_'.join(place)}"

    def bound(self, *place: str, value: object) -> str:
        """The same, of a widget that begins with ``value``."""
        key = self.key(*place)
        if key not in st.session_state:
            st.session_state[key] = value
        return key

"""Widgets that show a value of the form and put what a person says back into it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal

import streamlit as st

from kb.peers.narrative import UNKNOWN
from kb.ui import editing as edit
from kb.ui import sheet_words
from kb.ui.edited_sheet import Editing, Path, Widget
from kb.ui.i18n import _


def line(
    editing: Editing,
    path: Path,
    label: str,
    *,
    instead: Collection[str] = (),
    placeholder: str = "",
    is_named_above: bool = False,
) -> None:
    """One line of text.

    Args:
        is_named_above: the label is for those only who hear the page.
        instead: what can be chosen in place of words: "unknown", "ongoing".
    """
    value = str(editing.get(path))
    with st.container(gap="xsmall"):
        slot = st.container()
        chosen = _instead(editing, path, value, instead)
        key = _bound(editing, path, "" if value in instead else value, chosen)
        slot.text_input(
            label,
            key=key,
            disabled=_any(chosen),
            placeholder=placeholder,
            label_visibility=_seen(is_named_above),
            on_change=edit.note,
        )


def area(
    editing: Editing,
    path: Path,
    label: str,
    *,
    value: str,
    is_off: bool = False,
    is_named_above: bool = False,
    is_short: bool = False,
) -> None:
    """Text of any length.

    Args:
        value: at ``path``, which may not be there yet.
        is_off: nothing can be written now.
        is_named_above: the label is for those only who hear the page.
        is_short: it is one line.
    """
    key, seen = _bound(editing, path, value), _seen(is_named_above)
    if is_short:
        st.text_input(label, key=key, disabled=is_off, label_visibility=seen, on_change=edit.note)
    else:
        st.text_area(label, key=key, height="content", disabled=is_off, label_visibility=seen, on_change=edit.note)


def flag(editing: Editing, path: Path, label: str) -> bool:
    """A yes or no. Returns which."""
    return st.checkbox(label, key=_bound(editing, path, bool(editing.get(path))), on_change=edit.note)


def choice(
    editing: Editing,
    path: Path,
    label: str,
    options: Sequence[str],
    named: Callable[[str], str] = sheet_words.choice,
    *,
    is_named_above: bool = False,
) -> None:
    """One of several codes; what is there stays a choice, even a wrong one."""
    value = str(editing.get(path)) or None
    known = list(options) if value is None or value in options else [*options, value]
    key = _bound(editing, path, value)
    st.selectbox(
        label, known, index=None, key=key, format_func=named, placeholder=_("Choose"), label_visibility=_seen(is_named_above),
        on_change=edit.note,
    )  # fmt: skip


def several(
    editing: Editing,
    path: Path,
    label: str,
    options: Sequence[str],
    named: Callable[[str], str] = sheet_words.choice,
    *,
    instead: Collection[str] = (),
    takes_others: bool = False,
    is_named_above: bool = False,
) -> None:
    """Any number of codes.

    Args:
        instead: what can be chosen in place of them: "unknown".
        takes_others: words can be typed that are no option.
    """
    value: Any = editing.get(path)
    values = list(value) if isinstance(value, list) else []
    with st.container(gap="xsmall"):
        slot = st.container()
        chosen = _instead(editing, path, value if isinstance(value, str) else "", instead)
        slot.multiselect(
            label,
            [*options, *(each for each in values if each not in options)],
            key=_bound(editing, path, values, chosen),
            format_func=named,
            placeholder=_("Choose"),
            disabled=_any(chosen),
            accept_new_options=takes_others,
            label_visibility=_seen(is_named_above),
            on_change=edit.note,
        )


def states(editing: Editing, path: Path, label: str, options: Sequence[str], named: Callable[[str], str]) -> None:
    """One of a few codes, all in sight; one of them always stands."""
    key = _bound(editing, path, editing.get(path))
    st.segmented_control(
        label, list(options), key=key, format_func=named, required=True, label_visibility="collapsed", on_change=edit.note
    )


def _instead(editing: Editing, path: Path, value: str, instead: Collection[str]) -> dict[str, str]:
    """Draw a checkbox for each of ``instead``; gives what it says → its key."""
    keys = {each: editing.key(path, each) for each in instead}
    with st.container(horizontal=True, gap="small"):
        for each, key in keys.items():
            st.session_state.setdefault(key, value == each)
            others = [other for name, other in keys.items() if name != each]
            st.checkbox(sheet_words.choice(each), key=key, on_change=_only, args=(key, others))
    return keys


def _only(key: str, others: Sequence[str]) -> None:
    """For ``on_change``: one box at most is ticked."""
    if st.session_state[key]:
        st.session_state.update(dict.fromkeys(others, False))
    edit.note()


def _seen(is_named_above: bool) -> Literal["visible", "collapsed"]:
    return "collapsed" if is_named_above else "visible"


def _any(keys: dict[str, str]) -> bool:
    return any(st.session_state[key] for key in keys.values())


def _bound(editing: Editing, path: Path, value: Any, instead: dict[str, str] | None = None) -> str:
    """The key of a widget that begins with ``value``; remembered, so that what it says is found."""
    key = editing.key(path)
    st.session_state.setdefault(key, value)
    editing.widgets.append(Widget(path, key, instead or {}))
    return key


UNKNOWN_ONLY = (UNKNOWN,)

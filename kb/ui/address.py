"""Filters in the address bar, so that a result can be linked, reloaded and gone back to.

Streamlit can bind a widget to a URL parameter itself, but it then writes the *label* of an option ("India (3)", "Guide pratique"),
which changes with counts and with the reader's language. Here the URL holds codes (``s_country=IN``). Rules, in this order:

1. the URL wins whenever it says something else than last time: a link, a reload, the browser's back button;
2. a page entered again without any parameter of its own comes back as it was left (navigation drops foreign parameters);
3. after a person changed a widget, the URL follows; all parameters in one step, so Back undoes one search, not one field.

A page link with parameters leaves one odd entry in the browser's history, the old page under the new page's parameters (Streamlit
1.67); such an address counts as "nothing said" and is never written over, or Back would be a trap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from kb.ui import counted
from kb.ui.i18n import KEY as LANGUAGE

Said = tuple[str, ...]  # the values of one parameter
Parse = Callable[[Said], Any]
_STATE = "_address"  # of this session: page, seen, left, odd
_EVERYWHERE = {LANGUAGE}  # parameters that belong to no page
MAX_VALUES, MAX_CHARS = 50, 20_000  # of one parameter; more is nothing a person made. A question too long is refused, not cut


def one(said: Said) -> str:
    """A text field: the first value."""
    return said[0] if said else ""


def many(said: Said) -> list[str]:
    """A multiselect: all values, each once."""
    return list(dict.fromkeys(said))


def number(*allowed: int) -> Parse:
    """A choice among numbers; anything else is the first of them."""
    return lambda said: int(said[0]) if said and said[0] in map(str, allowed) else allowed[0]


def among(*allowed: str) -> Parse:
    """A choice among codes; anything else is the first of them."""
    return lambda said: said[0] if said and said[0] in allowed else allowed[0]


def follow(page: str, fields: Mapping[str, Parse], *, is_known: Callable[[str, str], bool] = lambda _key, _value: True) -> None:
    """Before the widgets of ``page``: give them what the URL says, if it says something new.

    Args:
        page: any name, the same on every run of the page.
        fields: widget key, which is also the parameter's name → how its values are read.
        is_known: whether a parameter's value can be of this page; pages share the name ``id``.
    """
    state = st.session_state.setdefault(_STATE, {"page": "", "seen": {}, "left": {}, "odd": False})
    in_url = {key: _said(key) for key in fields}
    said = {key: tuple(value for value in values if is_known(key, value)) for key, values in in_url.items()}
    foreign = said != in_url
    foreign |= any(key not in fields and key not in _EVERYWHERE and st.query_params.get_all(key) for key in st.query_params)
    entered = state["page"] != page
    silent = not any(said.values())
    left = state["left"].get(page)
    wanted = left if left and silent and (entered or foreign) else said
    for key, parse in fields.items():
        if entered or wanted[key] != state["seen"].get(key) or key not in st.session_state:
            st.session_state[key] = parse(wanted[key])
        elif parse is many:
            st.session_state[key] = counted.values(key)
    state.update(page=page, seen=wanted, odd=silent and foreign)


def publish(page: str, **values: str | int | list[str]) -> None:
    """After the widgets: make the URL say what they say. A field at its default is passed as ``""`` and left out of the URL."""
    state = st.session_state[_STATE]
    now = {
        key: tuple(map(str, value)) if isinstance(value, list) else ((str(value),) if value else ())
        for key, value in values.items()
    }
    in_url = {key: _said(key) for key in values}
    if now != in_url and not (state["odd"] and now == state["seen"]):
        foreign = [key for key in st.query_params if key not in values and key not in _EVERYWHERE]
        st.query_params.update({key: [] for key in foreign} | {key: list(said) for key, said in now.items()})
        state["odd"] = False
    state["seen"] = now
    state["left"][page] = now


def left(page: str) -> dict[str, list[str]]:
    """The parameters a page had when it was left, for a link back to it."""
    state = st.session_state.get(_STATE, {"left": {}})
    return {key: list(said) for key, said in state["left"].get(page, {}).items() if said}


def _said(key: str) -> Said:
    return tuple(value[:MAX_CHARS] for value in st.query_params.get_all(key)[:MAX_VALUES] if value)

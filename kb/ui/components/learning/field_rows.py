"""Several things of one kind in a form, each with the same fields: rows that can be added; a row that is blank is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Field:
    """One field of a row.

    Attributes:
        label: with ``{n}`` for the number of the row.
        is_long: of several lines.
    """

    name: str
    label: str
    max_chars: int
    placeholder: str = ""
    is_long: bool = False


def ask(key: str, fields: Sequence[Field], so_far: Sequence[Mapping[str, str]], *, more: str, at_most: int) -> None:
    """Draw the rows and the way to another one. What was typed stays until it is forgotten.

    Args:
        key: no other rows on the page have it.
        so_far: what the rows say at first.
        more: label of the button.
    """
    st.session_state.setdefault(f"{key}_n", max(1, len(so_far)))
    for at in range(st.session_state[f"{key}_n"]):
        given = so_far[at] if at < len(so_far) else {}
        with st.grid(min_column_width=220 if len(fields) > 2 else 320, gap="small"):
            for field in fields:
                name = f"{key}_{at}_{field.name}"
                st.session_state.setdefault(name, given.get(field.name, ""))
                label = field.label.format(n=at + 1)
                if field.is_long:
                    st.text_area(label, key=name, max_chars=field.max_chars, placeholder=field.placeholder, height=68)
                else:
                    st.text_input(label, key=name, max_chars=field.max_chars, placeholder=field.placeholder)
    st.button(
        more, key=f"{key}_more", icon=":material/add:", type="tertiary", on_click=_more, args=(key,),
        disabled=st.session_state[f"{key}_n"] >= at_most,
    )  # fmt: skip


def said(key: str, fields: Sequence[Field]) -> list[dict[str, str]]:
    """What the rows say."""
    return [row for row in said_in_place(key, fields) if any(row.values())]


def said_in_place(key: str, fields: Sequence[Field]) -> list[dict[str, str]]:
    """The same with the rows that are blank."""
    return [
        {field.name: str(st.session_state.get(f"{key}_{at}_{field.name}", "")).strip() for field in fields}
        for at in range(st.session_state.get(f"{key}_n", 0))
    ]


def forget(key: str) -> None:
    """What was typed at this key and at keys that begin with it, once it was kept."""
    for name in [each for each in st.session_state if str(each).startswith(f"{key}_")]:
        del st.session_state[name]


def lines(text: str) -> list[str]:
    """One a line, blank ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _more(key: str) -> None:
    st.session_state[f"{key}_n"] += 1

"""A choice of several values whose labels change while they are chosen: by counts, and by the reader's language.

Streamlit 1.67 knows a chosen value by its label. A browser sends the label that it was shown; if the options are called otherwise
by then ("India (9)" is "India (16)" once it is chosen), the label itself comes back as the value. So each label that was shown in
this session keeps its value, and each run tells the browser what the chosen values are called now (:func:`kb.ui.address.follow`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kb.ui.i18n import _

_LABELS = "_labels"  # session key: widget key and label → value


def values(key: str) -> list[str]:
    """What is chosen, each once, by whatever labels the browser knows it."""
    labels: dict[tuple[str, str], str] = st.session_state.get(_LABELS, {})
    return list(dict.fromkeys(labels.get((key, said), said) for said in st.session_state.get(key, ())))


def show(label: str, options: Sequence[str], *, key: str, spell: Callable[[str], str]) -> None:
    """Draw the choice.

    Args:
        label: of the field.
        options: the values, those that are chosen among them.
        key: of the widget, which is also one of the page's URL parameters.
        spell: a value as it is shown now.
    """
    st.session_state.setdefault(_LABELS, {}).update({(key, spell(value)): value for value in options})
    st.multiselect(label, options, key=key, format_func=spell, placeholder=_("Any"))

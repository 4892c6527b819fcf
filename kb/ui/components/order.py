"""In which order the hits stand."""

from __future__ import annotations

import streamlit as st

from kb.retrieval.answer import Order
from kb.ui.i18n import _, marked

ORDER = "s_order"  # widget key and URL parameter
CODES = tuple(order.value for order in Order)
_LABELS = {Order.RELEVANCE.value: marked("By relevance"), Order.NEWEST.value: marked("Newest first")}


def chosen() -> Order:
    """The order of this run; call after :func:`kb.ui.address.follow`."""
    return Order(st.session_state[ORDER])


def show() -> None:
    """Draw the choice."""
    st.segmented_control(
        _("Order"), CODES, key=ORDER, required=True, format_func=lambda code: _(_LABELS[code]), label_visibility="collapsed"
    )

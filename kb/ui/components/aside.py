"""The side panel: a page's own part above, the switches of the whole app below."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_PLACE: ContextVar[DeltaGenerator | None] = ContextVar("aside", default=None)


def reserve() -> None:
    """Keep the upper part of the side panel for the page that is about to run; called by ``app.py`` in the page's own thread."""
    _PLACE.set(st.sidebar.container())


def aside() -> DeltaGenerator:
    """Where a page puts its filters or its outline."""
    return _PLACE.get() or st.sidebar.container()

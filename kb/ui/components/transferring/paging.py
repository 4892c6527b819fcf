"""Long tables, a page of rows at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

ROWS_A_PAGE = 25
Each = TypeVar("Each")


@contextmanager
def pages(rows: Sequence[Each], key: str) -> Iterator[Sequence[Each]]:
    """What is drawn within stands above the way to the other pages; gives the rows of the page."""
    n_pages = max(1, math.ceil(len(rows) / ROWS_A_PAGE))
    place, page = st.container(key=f"transfers_{key}"), 1
    if n_pages > 1:
        page = st.pagination(n_pages, key=f"transfers_{key}_page_{n_pages}")
    with place:
        yield rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]

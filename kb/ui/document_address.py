"""What the address of a document's page says: ``?id=…&passage=…&mark=START-END&page=N``.

Anyone may edit it, so nothing in it is trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from kb.retrieval.passage import Document, Passage

_LAST = "_document"  # session key: the address before the odd history entry that a page link leaves (see ``address``)
_PARAMETERS = ("id", "passage", "mark", "page")


@dataclass(frozen=True)
class Wanted:
    """The address, read.

    Attributes:
        document: id; empty when none was given.
        passage: id, or empty.
        mark: span of a sentence in the passage, as written.
        page: of the file, as written.
    """

    document: str
    passage: str
    mark: str
    page: str

    def sentence_in(self, passage: Passage | None) -> tuple[int, int] | None:
        """The span to mark, if it lies in the passage."""
        found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", self.mark, re.ASCII)
        if passage is None or found is None:
            return None
        start, end = int(found[1]), int(found[2])
        return (start, end) if start < end <= len(passage.text) else None

    def page_of(self, document: Document, passage: Passage | None) -> int:
        """The page to draw: as asked, else the passage's, else the first; always one that exists."""
        asked = int(self.page) if re.fullmatch(r"\d{1,6}", self.page, re.ASCII) else 0
        page = asked or (passage.page if passage and passage.page else 1)
        return max(1, min(page, document.n_pages))


def read() -> Wanted:
    """Read the address of this run."""
    said = {key: str(st.query_params.get(key, ""))[:64] for key in _PARAMETERS}
    if not said["id"] and st.query_params and st.session_state.get(_LAST):
        said = st.session_state[_LAST]  # the odd entry: another page's parameters under our path
    elif said["id"]:
        st.session_state[_LAST] = said
    return Wanted(said["id"], said["passage"], said["mark"], said["page"])

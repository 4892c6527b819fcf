"""Where the pages are, and links to them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from kb.ui import address, i18n
from kb.ui.plain import escape_markdown

_VIEWS = Path(__file__).parent / "views"
SEARCH, DOCUMENT, LIBRARY, ADD = (str(_VIEWS / f"{name}.py") for name in ("search", "document", "library", "add"))


def document_parameters(document_id: str, passage_id: str = "", sentence: tuple[int, int] | None = None) -> dict[str, str]:
    """URL parameters of a document's page, at a passage, with a sentence of it marked."""
    parameters = {"id": document_id, "passage": passage_id, "mark": "{}-{}".format(*sentence) if sentence else ""}
    return {key: value for key, value in parameters.items() if value}


def to_document(title: str, document_id: str, passage_id: str = "", sentence: tuple[int, int] | None = None) -> None:
    """A link to a document's page whose words are the document's own title."""
    st.page_link(
        DOCUMENT, label=f"**{escape_markdown(title)}**", query_params=document_parameters(document_id, passage_id, sentence)
    )


def document_href(document_id: str) -> str:
    """The same as an address, for tables. It loads the page anew, so it carries the language along."""
    return "document?" + urlencode({"id": document_id, i18n.KEY: i18n.current()})


def back_to(page: str, file: str, label: str) -> None:
    """A link to a page as it was left."""
    st.page_link(file, label=label, icon=":material/arrow_back:", query_params=address.left(page))

"""A page of a PDF as a picture, with the quoted sentence marked, and the way to the file itself."""

from __future__ import annotations

import streamlit as st

from kb.errors import KBError, NotFound
from kb.retrieval.passage import Document, Passage
from kb.services import library
from kb.ui import files, plain, state, words
from kb.ui.i18n import _
from kb.ui.said import said


def show(document: Document, passage: Passage | None, sentence: str, page: int) -> None:
    """Draw a page, buttons to its neighbours and links to the file.

    Args:
        document: a PDF.
        passage: the chosen one, if any.
        sentence: to be marked on its page; may be empty.
        page: of the file, from 1.
    """
    labels = {block.page: block.page_label for block in document.blocks}
    place = words.page(page, labels.get(page))
    st.header(place[:1].upper() + place[1:], anchor=False)
    here = passage is not None and passage.page == page
    _show_turning(page, document.n_pages)
    try:
        image = state.page_image(document.id, page, sentence if here else "")
    except KBError as error:  # the file is gone or too heavy to draw: its text is still worth reading
        st.warning(plain.escape_markdown(said(str(error))), icon=":material/image_not_supported:")
        return
    description = _("Page {page} of {pages}, as a picture.").format(page=page, pages=document.n_pages)
    if image.found:
        description += " " + _("The quoted sentence is marked.")
    with st.container(border=True, key="page_picture"):
        st.image(image.png, width="stretch", alt=description + " " + _("Its text is among the passages on this page."))
    if here and sentence and not image.found:
        st.caption(_("The sentence could not be found on the picture; it is marked in the text."))


def show_file(document: Document, page: int | None) -> None:
    """Draw the ways to the source file: signed links where they are served, else a download button."""
    try:
        path = library.file(state.kb(), document.id, actor=state.actor())
    except NotFound as error:
        st.warning(plain.escape_markdown(said(str(error))), icon=":material/draft:")
        return
    open_at, save = files.link(document.id, page=page), files.link(document.id, download=True)
    if open_at is None or save is None:
        st.download_button(
            _("Download the file"), data=path.read_bytes, file_name=path.name, mime="application/octet-stream",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        return
    parts = [plain.link(_("Download the file"), save)]
    if document.media_type == files.INLINE:
        label = _("Open the file at page {page}").format(page=page) if page else _("Open the file")
        parts.insert(0, plain.link(label, open_at, new_tab=True))
    plain.show('<p class="kb-links">', " · ".join(parts), "</p>")


def _show_turning(page: int, n_pages: int) -> None:
    """Buttons that say where they lead: the list of passages below has a "next page" of its own."""
    with st.container(horizontal=True, gap="small"):
        if page > 1:
            label = _("To page {page}").format(page=page - 1)
            st.button(label, key="page_back", icon=":material/chevron_left:", on_click=_turn_to, args=(page - 1,))
        if page < n_pages:
            label = _("To page {page}").format(page=page + 1)
            st.button(
                label, key="page_on", icon=":material/chevron_right:", icon_position="right", on_click=_turn_to, args=(page + 1,)
            )


def _turn_to(page: int) -> None:
    st.query_params["page"] = str(page)

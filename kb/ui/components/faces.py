"""What a page shows when there is nothing to show: not yet, nothing found, refused, broken."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from kb.errors import IndexBusy, IndexMissing, KBError
from kb.ui import links
from kb.ui.i18n import _
from kb.ui.plain import escape_markdown
from kb.ui.said import said

_log = logging.getLogger("kb.ui")


def nothing_yet() -> None:
    """No document has been added: say how to."""
    with st.container(border=True, key="nothing_yet"):
        st.header(_("There are no documents yet"), anchor=False)
        st.markdown(_("Add your first documents in the app, or read a whole folder from the command line:"))
        st.code("python -m kb ingest corpus/documents", language=None)
        st.page_link(links.ADD, label=_("Add documents"), icon=":material/upload_file:")


def explain(error: KBError) -> None:
    """A failure a person can act on: its sentence, and a way on. The sentence may quote a document or a URL, so it is escaped."""
    if isinstance(error, IndexMissing):
        nothing_yet()
        return
    if isinstance(error, IndexBusy):
        st.info(_("Documents are being read. Search again in a moment."), icon=":material/hourglass_top:")
        st.page_link(links.ADD, label=_("See how far it is"), icon=":material/upload_file:")
        return
    st.error(escape_markdown(said(str(error))), icon=":material/error:")
    st.page_link(links.SEARCH, label=_("Back to search"), icon=":material/arrow_back:")


def apologise(error: Exception) -> None:
    """A bug: the log keeps the traceback, the person gets its number and nothing else."""
    incident = secrets.token_hex(4)
    _log.error("incident %s", incident, exc_info=error)
    st.error(
        _("Something went wrong on our side. If it happens again, please report incident {incident}.").format(incident=incident),
        icon=":material/error:",
    )

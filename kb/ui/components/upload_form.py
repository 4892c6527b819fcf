"""Files to add, and what is known about them."""

from __future__ import annotations

import re

import streamlit as st

from kb.errors import QueryError
from kb.retrieval.catalog import Job
from kb.retrieval.passage import Metadata, Visibility
from kb.services import uploads
from kb.ui import state, words
from kb.ui.i18n import _

LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC0 1.0", "© all rights reserved")
MAX_MB = uploads.MAX_BYTES >> 20
_ROUND = "_upload_round"  # session key; a new key for the uploader drops the files it keeps in memory
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def show() -> Job | None:
    """Draw the form. Returns the job that was started, in the run in which it was.

    Raises:
        QueryError: naming every refused file, or a date that is none.
    """
    suffixes = [suffix.removeprefix(".") for suffix in uploads.SUFFIXES]
    with st.form("upload", border=True):
        files = st.file_uploader(
            _("Files"),
            type=suffixes,
            accept_multiple_files=True,
            max_upload_size=MAX_MB,
            key=f"upload_{st.session_state.setdefault(_ROUND, 0)}",
            help=_("At most {n} MB each: {kinds}.").format(n=MAX_MB, kinds=", ".join(suffixes)),
        )
        with st.expander(_("What is known about them (optional)"), icon=":material/edit_note:"):
            st.caption(_("It is said of every file of this upload. What a file says about itself is used where you leave a blank."))
            metadata = _ask_metadata()
        started = st.form_submit_button(_("Start reading"), type="primary", icon=":material/play_arrow:")
    if not started:
        return None
    if metadata.date and not _DATE.fullmatch(metadata.date):
        raise QueryError(_("“{date}” is not a date; write 2026, 2026-11 or 2026-11-22.").format(date=metadata.date))
    job = uploads.accept(state.kb(), [(file.name, file.getvalue()) for file in files or []], actor=state.actor(), metadata=metadata)
    st.session_state[_ROUND] += 1
    return job


def _ask_metadata() -> Metadata:
    with st.grid(min_column_width=260, gap="medium"):
        kind = st.selectbox(
            _("Kind"), list(words.KINDS), index=None, format_func=words.kind, placeholder=_("Unknown"), key="a_kind"
        )
        organisation = st.text_input(_("Organisation it is about"), key="a_organisation", max_chars=200)
        countries = st.multiselect(
            _("Countries"), words.all_countries(), format_func=words.country, placeholder=_("Unknown"), key="a_countries"
        )
        themes = st.multiselect(_("Themes"), list(words.THEMES), format_func=words.theme, placeholder=_("Unknown"), key="a_themes")
        date = st.text_input(_("Date"), key="a_date", placeholder="2026 · 2026-11 · 2026-11-22", max_chars=10)
        licence = st.selectbox(
            _("Licence"), LICENCES, index=None, accept_new_options=True, placeholder=_("Unknown"), key="a_licence"
        )
        visibility = st.selectbox(
            _("Visible to"), list(Visibility), index=None, format_func=_visibility, placeholder=_("Unknown"), key="a_visibility"
        )
    return Metadata(
        kind=kind or "",
        organisation=(organisation or "").strip(),
        countries=tuple(countries),
        themes=tuple(themes),
        date=(date or "").strip(),
        licence=licence or "",
        visibility=visibility,
    )


def _visibility(value: Visibility) -> str:
    return _(words.VISIBILITIES[value])

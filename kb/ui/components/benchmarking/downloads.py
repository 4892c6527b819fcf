"""The profile of a practice as a table: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.peers.benchmark.reasons import Basis
from kb.services.benchmarking import exporting
from kb.services.benchmarking.profiling import Profile
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import i18n, state


def show(profile: Profile) -> None:
    """Draw the buttons; nothing where no practice was assessed yet."""
    if profile.rubric is None:
        return
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    by = profile.practice, profile.comparables.basis, profile.rubric.rubric, profile.rubric.version
    content = partial(_content, state.kb(), state.actor(), by, i18n.current())
    with st.container(horizontal=True, gap="small", key="take_profile"):
        for form, label in ((TableFormat.XLSX, "Excel"), (TableFormat.CSV, "CSV")):
            st.download_button(
                label,
                data=partial(content, form),
                file_name=f"{profile.practice}-{profile.comparables.basis}.{form}",
                mime=form.media_type,
                key=f"take_profile_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _content(kb: KnowledgeBase, actor: Member, by: tuple[str, Basis, str, int], language: str, form: TableFormat) -> bytes:
    practice, basis, rubric, version = by
    made = exporting.export(kb, practice, basis, form, actor=actor, rubric=rubric, version=version, language=language)
    return made.content

"""Needs, offers and matches as tables: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import needs_exporting
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import state
from kb.ui.components.learning.need_controls import MATCHES, NEEDS, OFFERS

_EXPORTS = {NEEDS: needs_exporting.export_needs, OFFERS: needs_exporting.export_offers, MATCHES: needs_exporting.export_matches}


def show(view: str, ids: Sequence[str]) -> None:
    """Draw the buttons of a list as it is filtered; nothing for an empty one."""
    if not ids:
        return
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_written, _EXPORTS[view], state.kb(), state.actor(), tuple(ids))
    with st.container(horizontal=True, gap="small", key="take_needs"):
        for form, label in ((TableFormat.XLSX, "Excel"), (TableFormat.CSV, "CSV")):
            st.download_button(
                label,
                data=partial(content, form),
                file_name=f"{view}.{form}",
                mime=form.media_type,
                key=f"take_needs_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _written(export: Callable[..., object], kb: KnowledgeBase, actor: Member, ids: tuple[str, ...], form: TableFormat) -> bytes:
    return export(kb, form, actor=actor, only=ids).content  # type: ignore[attr-defined, no-any-return]

"""Dashboard and network as tables: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from kb.services.citing import Exported
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import state
from kb.ui.i18n import current

Export = Callable[..., Exported]


def show(export: Export, name: str, partnership: str) -> None:
    """Draw the buttons.

    Args:
        export: service that makes the file.
        name: of the file, without what says its form.
    """
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_content, export, state.kb(), state.actor(), partnership, current())
    with st.container(horizontal=True, gap="small", key=f"take_{name.replace('-', '_')}"):
        for form, label in ((TableFormat.XLSX, "Excel"), (TableFormat.CSV, "CSV")):
            st.download_button(
                label,
                data=partial(content, form),
                file_name=f"{name}.{form}",
                mime=form.media_type,
                key=f"take_{name}_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _content(export: Export, kb: KnowledgeBase, actor: Member, partnership: str, language: str, form: TableFormat) -> bytes:
    return export(kb, form, actor=actor, partnership=partnership, language=language).content

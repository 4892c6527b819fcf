"""What came of learning as files: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from kb.services.citing import Exported
from kb.services.handouts.forms import PAPER, ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.outcome_files.wording import OutcomeWording
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import i18n, outcome_files, state
from kb.ui.components.assessing.downloads import LABELS
from kb.ui.i18n import _

Export = Callable[..., Exported]
TABLES = {TableFormat.XLSX: "Excel", TableFormat.CSV: "CSV"}


def show_table(export: Export, name: str, chosen: dict[str, str]) -> None:
    """Draw the buttons of a list, as it is chosen.

    Args:
        export: the service.
        name: of the file.
    """
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_table, export, state.kb(), state.actor(), chosen)
    with st.container(horizontal=True, gap="small", key=f"take_{name}"):
        for form, label in TABLES.items():
            st.download_button(
                label, data=partial(content, form), file_name=f"{name}.{form}", mime=form.media_type, key=f"take_{name}_{form}",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def show_paper(export: Export, id_: str) -> None:
    """Draw the buttons of one plan or policy change."""
    content = partial(_paper, export, state.kb(), state.actor(), id_, outcome_files.wording(), i18n.current())
    with st.container(horizontal=True, gap="small", key=f"take_{id_}"):
        for form in PAPER:
            st.download_button(
                _(LABELS[form]), data=partial(content, form), file_name=f"{id_}{form.suffix}", mime=form.media_type,
                key=f"take_{id_}_{form}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _table(export: Export, kb: KnowledgeBase, actor: Member, chosen: dict[str, str], form: TableFormat) -> bytes:
    return export(kb, form, actor=actor, **{name: value for name, value in chosen.items() if value}).content


def _paper(
    export: Export, kb: KnowledgeBase, actor: Member, id_: str, wording: OutcomeWording, language: str, form: ReportForm
) -> bytes:
    return export(kb, id_, form, actor=actor, wording=wording, language=language).content

"""A test of transferability, and the matrix of all, as files: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import streamlit as st

from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.services.transfer_files.wording import TransferWording
from kb.services.transferring import exporting
from kb.services.transferring.viewing import TransferView
from kb.ui import i18n, plain, state, transfer_files
from kb.ui.components import section
from kb.ui.components.assessing.downloads import LABELS
from kb.ui.i18n import _


def show(view: TransferView) -> None:
    """Draw the buttons of one test."""
    section.head("take", _("Take it along"))
    plain.show(plain.element("p", _("The files say what you may see, with numbered evidence."), css="kb-quiet"))
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_of_test, state.kb(), state.actor(), view.test.id, transfer_files.wording(), i18n.current())
    with st.container(horizontal=True, gap="small", key="take_transfer"):
        for form, label in LABELS.items():
            st.download_button(
                _(label),
                data=partial(content, form),
                file_name=f"{view.test.id}{form.suffix}",
                mime=form.media_type,
                key=f"take_transfer_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def show_matrix(practices: Collection[str], targets: Collection[str]) -> None:
    """Draw the buttons of the matrix, of the practices and places that are shown."""
    content = partial(_of_matrix, state.kb(), state.actor(), tuple(practices), tuple(targets))
    with st.container(horizontal=True, gap="small", key="take_matrix"):
        for form, label in ((TableFormat.XLSX, "Excel"), (TableFormat.CSV, "CSV")):
            st.download_button(
                label,
                data=partial(content, form),
                file_name=f"transferability-matrix.{form}",
                mime=form.media_type,
                key=f"take_matrix_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _of_test(kb: KnowledgeBase, actor: Member, test: str, wording: TransferWording, language: str, form: ReportForm) -> bytes:
    return exporting.export(kb, test, form, actor=actor, wording=wording, language=language).content


def _of_matrix(kb: KnowledgeBase, actor: Member, practices: tuple[str, ...], targets: tuple[str, ...], form: TableFormat) -> bytes:
    return exporting.export_matrix(kb, form, actor=actor, practices=practices, targets=targets).content

"""The background brief, and the list of rounds, as files: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.peers.learning.round import Round, RoundState
from kb.services.brief_files.wording import BriefWording
from kb.services.handouts.forms import ReportForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import briefs
from kb.services.permission import Member
from kb.services.tables import TableFormat
from kb.ui import brief_files, i18n, plain, state
from kb.ui.components import section
from kb.ui.components.assessing.downloads import LABELS
from kb.ui.i18n import _


def show(found: Round) -> None:
    """Draw the buttons; when there will be a brief, where there is none yet; nothing for what is cancelled."""
    if found.sent is None or found.state is RoundState.CANCELLED:
        return
    section.head("take", _("Background brief"))
    if not briefs.may_be_compiled(found, state.actor()):
        plain.show(plain.element("p", _("It is compiled from the answers once the round is closed."), css="kb-quiet"))
        return
    told = _("To each question the answers of all cases, numbered quotations, questions on cases, interest, and what is missing.")
    early = _("As it stands now: members see it once the round is closed.") if found.state is RoundState.SENT else ""
    plain.show(*(plain.element("p", part, css="kb-quiet") for part in (told, early) if part))
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_content, state.kb(), state.actor(), found.id, brief_files.wording(), i18n.current())
    with st.container(horizontal=True, gap="small", key="take_brief"):
        for form, label in LABELS.items():
            st.download_button(
                _(label),
                data=partial(content, ReportForm(form.value)),
                file_name=f"{found.id}-brief.{form.value}",
                mime=form.media_type,
                key=f"take_brief_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def show_list() -> None:
    """Draw the buttons of the list of rounds."""
    content = partial(_list, state.kb(), state.actor())
    with st.container(horizontal=True, gap="small", key="take_rounds"):
        for form, label in ((TableFormat.XLSX, "Excel"), (TableFormat.CSV, "CSV")):
            st.download_button(
                label,
                data=partial(content, form),
                file_name=f"question-rounds.{form}",
                mime=form.media_type,
                key=f"take_rounds_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _list(kb: KnowledgeBase, actor: Member, form: TableFormat) -> bytes:
    return briefs.export_list(kb, form, actor=actor).content


def _content(kb: KnowledgeBase, actor: Member, round_id: str, wording: BriefWording, language: str, form: ReportForm) -> bytes:
    return briefs.export(kb, round_id, form, actor=actor, wording=wording, language=language).content

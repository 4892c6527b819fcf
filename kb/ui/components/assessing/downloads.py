"""An assessment as files: a button for each form. The bytes are made when one is clicked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from kb.services.assessing import exporting
from kb.services.assessing.viewing import AssessmentView
from kb.services.assessment_files.formats import AssessmentForm
from kb.services.assessment_files.wording import AssessmentWording
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from kb.ui import assessment_files, i18n, plain, state
from kb.ui.components import section
from kb.ui.i18n import _, marked

LABELS: Mapping[AssessmentForm, str] = {
    AssessmentForm.PDF: "PDF",
    AssessmentForm.DOCX: marked("Word"),
    AssessmentForm.XLSX: "Excel",
    AssessmentForm.CSV: "CSV",
    AssessmentForm.JSON: "JSON",
}


def show(view: AssessmentView) -> None:
    """Draw the buttons."""
    section.head("take", _("Take it along"))
    plain.show(plain.element("p", _("The files say what you may see, with numbered evidence."), css="kb-quiet"))
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    wording = assessment_files.wording()
    content = partial(_content, state.kb(), state.actor(), view.assessment.id, wording, i18n.current())
    with st.container(horizontal=True, gap="small", key="take_assessment"):
        for form, label in LABELS.items():
            st.download_button(
                _(label),
                data=partial(content, form),
                file_name=f"{view.assessment.id}{form.suffix}",
                mime=form.media_type,
                key=f"take_assessment_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _content(
    kb: KnowledgeBase, actor: Member, assessment: str, wording: AssessmentWording, language: str, form: AssessmentForm
) -> bytes:
    return exporting.export(kb, assessment, form, actor=actor, wording=wording, language=language).content

"""The whole scheme as SKOS. The bytes are made when a button is clicked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from kb.services import concepts
from kb.services.concept_exchange import GraphForm
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member
from kb.ui import state
from kb.ui.i18n import _

FORMS: Mapping[GraphForm, tuple[str, str]] = {
    GraphForm.TURTLE: ("SKOS Turtle", "text/turtle"),
    GraphForm.JSON_LD: ("SKOS JSON-LD", "application/ld+json"),
}


def show() -> None:
    """Draw a button for each form."""
    st.header(_("All concepts as a file"), anchor=False)
    st.markdown(_("For other vocabularies and programs, with labels, relations and meanings."))
    # The buttons work in a thread of their own, where there is no session: everything is taken along from here.
    content = partial(_content, state.kb(), state.actor())
    with st.container(horizontal=True, gap="small", key="take_concepts"):
        for form, (label, media_type) in FORMS.items():
            st.download_button(
                label, data=partial(content, form), file_name=f"concepts{form.suffix}", mime=media_type,
                key=f"take_concepts_{form}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _content(kb: KnowledgeBase, actor: Member, form: GraphForm) -> bytes:
    return concepts.export(kb, form, actor=actor)

"""Practice: what people did, what came of it, what others can take over, and who says so."""

import streamlit as st

from kb.services import practice_history, practices
from kb.ui import address, links, state
from kb.ui.components import practice_around as around
from kb.ui.components import (
    practice_came,
    practice_evidence,
    practice_figures,
    practice_head,
    practice_past,
    practice_sources,
    practice_transfer,
)
from kb.ui.components import practice_story as story
from kb.ui.components.cited_text import CitedText
from kb.ui.components.practice_head import LANGUAGE
from kb.ui.i18n import _

address.follow("practice", {links.PRACTICE_ID: address.one, LANGUAGE: address.one})
links.back_to("practices", links.PRACTICES, _("Back to practices"))

name = st.session_state[links.PRACTICE_ID]
if not name:  # opened without a practice
    st.info(_("No practice was chosen. Find one in the list of all."), icon=":material/info:")
    st.stop()

practice = practices.practice(state.kb(), name, actor=state.actor())
sheet, counts = practice.listed.sheet, practice.listed.completeness
if sheet is None or counts is None:  # a fault keeps it from being read
    st.title(name, anchor=False)
    practice_head.show_faults(practice.listed.faults)
    practice_head.show_tools(name)
    st.stop()

practice_head.show_list_of_sections(practice)
language = practice_head.language_of(sheet)
practice_head.show(sheet, language)
practice_head.show_tools(name)
practice_head.show_languages(sheet)
address.publish("practice", **{links.PRACTICE_ID: name, LANGUAGE: practice_head.said_language(sheet)})
practice_head.show_faults(practice.listed.faults)
practice_head.show_language_lacking(sheet, language)
practice_head.show_facts(sheet, counts)

cited = CitedText(sheet, language)
story.show_summary(sheet, cited)
story.show("what", sheet, cited)
story.show("outcome", sheet, cited)
practice_figures.show(sheet, cited)
story.show("learned", sheet, cited)
practice_transfer.show(sheet, cited)
around.show_tags(name)
practice_evidence.show(practice.evidence)
around.show_documents(practice.listed.documents, practice.missing)
around.show_learning(name)
practice_came.show(name)
around.show_like(practice.listed.document_id)
practice_sources.show(sheet, practice.listed.documents, cited)
practice_past.show(practice_history.history(state.kb(), name, actor=state.actor()))

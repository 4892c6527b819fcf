"""The pages of the app in groups: its table of contents. A page that a link leads to, and no menu, is hidden."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kb.ui import links
from kb.ui.i18n import _


def pages() -> Mapping[str, list[StreamlitPage]]:
    """Title of a group → its pages, in the order in which the menus show them."""
    return {
        _("Search"): [
            st.Page(links.SEARCH, title=_("Search"), icon=":material/search:", url_path="", default=True),
            # The same again: the default page answers at the bare address only (Streamlit 1.67), and people type /search. Links go
            # to the first page of a file.
            st.Page(links.SEARCH, title=_("Search"), icon=":material/search:", url_path="search", visibility="hidden"),
            st.Page(
                links.SIMILAR, title=_("More like this"), icon=":material/join_inner:", url_path="similar", visibility="hidden"
            ),
            st.Page(links.SAVED, title=_("Saved"), icon=":material/bookmark:", url_path="saved"),
            st.Page(links.BATCH, title=_("Batch"), icon=":material/checklist:", url_path="batch"),
            st.Page(links.JUDGEMENTS, title=_("Judgements"), icon=":material/thumbs_up_down:", url_path="judgements"),
        ],
        _("Practices"): [
            st.Page(links.PRACTICES, title=_("Practices"), icon=":material/handshake:", url_path="practices"),
            st.Page(links.PRACTICE, title=_("Practice"), icon=":material/handshake:", url_path="practice", visibility="hidden"),
            st.Page(links.PRACTICE_EDIT, title=_("Edit"), icon=":material/edit:", url_path="practice-edit", visibility="hidden"),
            st.Page(links.ASSESSMENTS, title=_("Assessments"), icon=":material/fact_check:", url_path="assessments"),
            st.Page(
                links.ASSESSMENT, title=_("Assessment"), icon=":material/fact_check:", url_path="assessment", visibility="hidden"
            ),
            st.Page(links.REVIEW, title=_("Review"), icon=":material/rate_review:", url_path="review", visibility="hidden"),
            st.Page(links.RECONCILE, title=_("Reconcile"), icon=":material/balance:", url_path="reconcile", visibility="hidden"),
            st.Page(links.AGREEMENT, title=_("Agreement"), icon=":material/groups:", url_path="agreement"),
            st.Page(links.RUBRICS, title=_("Rubrics"), icon=":material/rule:", url_path="rubrics"),
        ],
        _("Benchmark"): [
            st.Page(links.BENCHMARK, title=_("Benchmark"), icon=":material/compare_arrows:", url_path="benchmark"),
            st.Page(links.TRANSFERS, title=_("Transfer"), icon=":material/moving:", url_path="transfers"),
            st.Page(links.MONITORING, title=_("Monitoring"), icon=":material/monitoring:", url_path="monitoring"),
            st.Page(
                links.TRANSFER_TEST,
                title=_("Transferability test"),
                icon=":material/moving:",
                url_path="transfer-test",
                visibility="hidden",
            ),
            st.Page(links.CONTEXTS, title=_("Contexts"), icon=":material/public:", url_path="contexts"),
        ],
        _("Learning"): [
            st.Page(links.LEARNING, title=_("Learning"), icon=":material/diversity_3:", url_path="learning"),
            st.Page(links.NEEDS, title=_("Needs and offers"), icon=":material/volunteer_activism:", url_path="needs"),
            st.Page(links.DIRECTORY, title=_("Directory"), icon=":material/domain:", url_path="directory"),
            st.Page(links.ROUNDS, title=_("Question rounds"), icon=":material/quiz:", url_path="rounds"),
            st.Page(links.SESSIONS, title=_("Sessions"), icon=":material/event:", url_path="sessions"),
            st.Page(links.LESSONS, title=_("Lessons"), icon=":material/lightbulb:", url_path="lessons"),
            st.Page(links.CASES, title=_("Transfer cases"), icon=":material/move_down:", url_path="cases"),
            st.Page(links.POLICIES, title=_("Plans and policies"), icon=":material/policy:", url_path="policies"),
        ],
        _("Library"): [
            st.Page(links.LIBRARY, title=_("Library"), icon=":material/local_library:", url_path="library"),
            st.Page(links.DOCUMENT, title=_("Document"), icon=":material/description:", url_path="document", visibility="hidden"),
            st.Page(links.CONCEPTS, title=_("Concepts"), icon=":material/account_tree:", url_path="concepts"),
            st.Page(links.ADD, title=_("Add documents"), icon=":material/upload_file:", url_path="add"),
        ],
        _("Members"): [st.Page(links.MEMBERS, title=_("Members"), icon=":material/group:", url_path="members")],
    }

"""Start here: ``streamlit run app.py``. The list of pages is the app's table of contents."""

import streamlit as st

from kb.errors import KBError
from kb.ui import acting, links
from kb.ui.components import faces, shell
from kb.ui.i18n import _

shell.dress()
shell.choose_language()

page = st.navigation(
    [
        st.Page(links.SEARCH, title=_("Search"), icon=":material/search:", url_path="search", default=True),
        st.Page(links.DOCUMENT, title=_("Document"), icon=":material/description:", url_path="document", visibility="hidden"),
        st.Page(links.SIMILAR, title=_("More like this"), icon=":material/join_inner:", url_path="similar", visibility="hidden"),
        st.Page(links.PRACTICES, title=_("Practices"), icon=":material/handshake:", url_path="practices"),
        st.Page(links.PRACTICE, title=_("Practice"), icon=":material/handshake:", url_path="practice", visibility="hidden"),
        st.Page(links.PRACTICE_EDIT, title=_("Edit"), icon=":material/edit:", url_path="practice-edit", visibility="hidden"),
        st.Page(links.LIBRARY, title=_("Library"), icon=":material/local_library:", url_path="library"),
        st.Page(links.CONCEPTS, title=_("Concepts"), icon=":material/account_tree:", url_path="concepts"),
        st.Page(links.SAVED, title=_("Saved"), icon=":material/bookmark:", url_path="saved"),
        st.Page(links.BATCH, title=_("Batch"), icon=":material/checklist:", url_path="batch"),
        st.Page(links.JUDGEMENTS, title=_("Judgements"), icon=":material/thumbs_up_down:", url_path="judgements"),
        st.Page(links.ADD, title=_("Add documents"), icon=":material/upload_file:", url_path="add"),
    ],
    position="top",
)

try:
    acting.tell()
    page.run()
except KBError as error:  # something a person can act on: one sentence
    faces.explain(error)
except Exception as error:  # noqa: BLE001  # a bug: logged with its traceback, shown as a number
    faces.apologise(error)

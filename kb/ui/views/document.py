"""Document: one document, at a passage, with the page it stands on."""

import streamlit as st

from kb.errors import NotFound
from kb.retrieval.passage import DocumentId
from kb.services import library
from kb.ui import document_address, files, links, state
from kb.ui.components import chosen, document_head, outline, page_view, passage_list
from kb.ui.components.aside import aside
from kb.ui.i18n import _

links.back_to("search", links.SEARCH, _("Back to search"))

wanted = document_address.read()
if not wanted.document:  # opened without a document
    st.info(_("No document was chosen. Find one by a question, or in the library."), icon=":material/info:")
    st.page_link(links.LIBRARY, label=_("Go to the library"), icon=":material/local_library:")
    st.stop()

document = library.document(state.kb(), DocumentId(wanted.document), actor=state.actor())
passages = library.passages(state.kb(), document.id, actor=state.actor())
passage = next((each for each in passages if each.id == wanted.passage), None)
if wanted.passage and passage is None:
    raise NotFound(_("This passage is no longer in the document; the document may have changed since the link was made."))
sentence = wanted.sentence_in(passage)

with aside():
    outline.show(library.outline(document), passages, document_head.title_of(document))

languages = tuple(dict.fromkeys(each.language for each in passages))
document_head.show(document, languages)
with st.container(horizontal=True, gap="small"):
    links.to_similar(_("More like this document"), document_id=document.id)
    if document.metadata.context:  # written by fields: there it stands with all that belongs to it
        links.to_context(_("The whole profile"), document.metadata.context)
    if document.metadata.entry:
        links.to_organisation(_("The whole entry"), document.metadata.entry)
    if document.metadata.partnership:
        links.to_partnership(_("The whole partnership"), document.metadata.partnership)
    chosen.show_panel()

is_pdf = document.media_type == files.INLINE
page = wanted.page_of(document, passage) if is_pdf else None
text, picture = st.columns(2, gap="large") if page else (st.container(), st.container())
with text:
    if passage:
        passage_list.show_chosen(document, passage, sentence)
    page_view.show_file(document, page)
    document_head.show_facts(document, len(passages))
if page:
    with picture:
        page_view.show(document, passage, passage.text[slice(*sentence)] if passage and sentence else "", page)
passage_list.show_all(document, passages, passage)

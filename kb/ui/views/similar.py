"""More like this: passages like a passage, documents like a document."""

import streamlit as st

from kb.retrieval.passage import DocumentId, PassageId
from kb.ui import address, links, state
from kb.ui.components import chosen, likeness
from kb.ui.i18n import _

address.follow("similar", {links.LIKE: address.one, links.LIKE_DOCUMENT: address.one})
passage, document = PassageId(st.session_state[links.LIKE]), DocumentId(st.session_state[links.LIKE_DOCUMENT])
address.publish("similar", **{links.LIKE: passage, links.LIKE_DOCUMENT: document})

links.back_to("search", links.SEARCH, _("Back to search"))
st.title(_("More like this document") if document and not passage else _("More like this"), anchor=False)

if passage:
    chosen.show_panel()
    likeness.show_passages(state.like_passage(passage))
elif document:
    likeness.show_documents(state.like_document(document))
else:  # opened without either
    st.info(_("Nothing was chosen to find the like of. Choose “More like this” beside a passage."), icon=":material/info:")

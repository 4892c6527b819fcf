"""Who uses a concept: the practices with its tag, and passages that speak of it."""

from __future__ import annotations

import streamlit as st

from kb.errors import IndexMissing, UnusableIndex
from kb.peers.concepts import Concept
from kb.services import concepts, practices
from kb.services.practice_documents import practices_of
from kb.ui import concept_words, links, plain, state
from kb.ui.components import facts, hit_card, quoted
from kb.ui.i18n import _, current


def show_practices(concept: Concept) -> None:
    """Draw the practices with the tag of the concept or of one that it holds."""
    st.header(_("Practices"), anchor=False)
    names = set(concepts.practices(state.kb(), concept.id, actor=state.actor()))
    found = [each for each in practices.practices(state.kb(), actor=state.actor()) if each.name in names]
    if not found:
        plain.show(plain.element("p", _("No practice is under it yet."), css="kb-quiet"))
        return
    with st.container(gap="xsmall", key="concept_practices"):
        for each in found:
            title = each.sheet.title.best(current(), "en")[1] if each.sheet else each.name
            links.to_practice(title, each.name)


def show_passages(concept: Concept) -> None:
    """Draw the passages that speak most of it, and the way to search for more."""
    st.header(_("Passages that speak of it"), anchor=False)
    language, label = concept_words.spoken(concept.labels)
    try:
        with st.spinner(_("Searching …")):
            result = state.concept_passages(concept.id, language)
    except IndexMissing:
        plain.show(plain.element("p", _("No documents have been added yet."), css="kb-quiet"))
        return
    except UnusableIndex:  # told in full where one searches; the concept itself can be read all the same
        plain.show(plain.element("p", _("The documents cannot be searched just now."), css="kb-quiet"))
        return
    belong_to = practices_of(state.kb(), {hit.passage.document_id for hit in result.hits}, actor=state.actor())
    for hit in result.hits:
        with st.container(border=True, key=f"hit_{hit.passage.id}", gap="small"):
            links.to_document(hit.title, hit.passage.document_id, hit.passage.id, hit.sentence)
            plain.show(facts.place(hit.passage, hit.media_type, hit.title), facts.of_passage(hit.metadata, hit.passage))
            quoted.show(hit.passage.text, hit.sentence, language=hit.passage.language)
            hit_card.show_practices(hit, belong_to.get(hit.passage.document_id, ()))
    if not result.hits:
        plain.show(plain.element("p", _("No passage speaks of it yet."), css="kb-quiet"))
    more = _("Search for “{question}”").format(question=label)
    st.page_link(links.SEARCH, label=plain.escape_markdown(more), icon=":material/search:", query_params={"q": label})

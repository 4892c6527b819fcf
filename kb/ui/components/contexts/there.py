"""What the base holds about a place: practices done there, documents, and the sources of the profile."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.peers.contexts.profile import ContextProfile
from kb.services.contexts import PlaceDocuments
from kb.services.practices import Listed
from kb.ui import links, plain, words
from kb.ui.components import document_list, facts, practice_head, practice_sources, section
from kb.ui.components.cited_text import CitedText
from kb.ui.i18n import _, ngettext

SHOWN = 12  # fills rows of two, three and four


def show_practices(profile: ContextProfile, practices: Sequence[Listed]) -> None:
    """Draw the practices that are done there."""
    section.head("practices", _("Practices done there"))
    _show_whose(profile)
    there = [each for each in practices if each.sheet and profile.country in practice_head.countries(each.sheet)]
    if not there:
        plain.show(plain.element("p", _("No practice of this base is done there."), css="kb-quiet"))
    with st.grid(min_column_width=300, gap="small"):
        for each in sorted(there, key=lambda one: practice_head.title_of(one).casefold()):
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_there_{each.name}"):
                links.to_practice(practice_head.title_of(each), each.name)
                if each.sheet:
                    plain.show(practice_head.labels(each.sheet))


def show_documents(profile: ContextProfile, about: PlaceDocuments) -> None:
    """Draw the documents about it, but for sheets and profiles."""
    section.head("documents", _("Documents about it"))
    _show_whose(profile)
    found = sorted(
        (each for each in about.documents.values() if not each.metadata.is_written),
        key=lambda each: document_list.title_of(each).casefold(),
    )
    if not found:
        plain.show(plain.element("p", _("No document of the library is about it."), css="kb-quiet"))
    with st.grid(min_column_width=300, gap="small"):
        for each in found[:SHOWN]:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"document_{each.id}"):
                links.to_document(document_list.title_of(each), each.id)
                plain.show(facts.of_document(each.metadata, each.languages))
    if (more := len(found) - SHOWN) > 0:
        label = ngettext("{n} more in the library", "{n} more in the library", more).format(n=words.number(more))
        st.page_link(links.LIBRARY, label=label, icon=":material/local_library:", query_params={"l_country": profile.country})


def show_sources(about: PlaceDocuments, cited: CitedText) -> None:
    """Draw the numbered sources of the profile."""
    section.head("sources", _("Sources"))
    plain.show(practice_sources.listed(cited, list(about.documents.values())))


def _show_whose(profile: ContextProfile) -> None:
    """Sheets and documents name countries only: of a region its country's are shown, and that is said."""
    if profile.place != profile.country:
        told = _("Of {country}: what a region has is not told apart.").format(country=words.country(profile.country))
        plain.show(plain.element("p", told, css="kb-quiet"))

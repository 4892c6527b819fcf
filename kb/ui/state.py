"""Everything the app keeps between runs: the opened knowledge base and bounded caches.

Only :mod:`kb.ui.evidence` caches beside it.
Cached values are shared by all sessions, so every key holds the member who asks and the index generation that answers.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import streamlit as st

from kb import open_kb
from kb.errors import IndexMissing, KBError
from kb.peers.concepts import ConceptScheme
from kb.retrieval.answer import Filters, Hit, Order, SearchResult
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.passage import DocumentId, PassageId
from kb.retrieval.similar import SimilarDocuments, SimilarPassages
from kb.services import concepts, library, members, practice_finding, saved_searches, searching, similar
from kb.services.knowledge_base import KnowledgeBase, PageImage
from kb.services.permission import LOCAL_MEMBER, Member
from kb.services.practices import Listed
from kb.services.records import SavedSearch
from kb.services.saved_searches import Visit

STATIC = Path(__file__).parent / "static"
ACTING_AS = "acting_as"  # session key: name of the member whom this session acts as; empty for the local one
YOUNG_OBJECTS = 50_000  # before Python looks for garbage; at its 700 a sixth of the first page of a thousand sheets goes into that
MEMBER_COOKIE = "kb_member"  # the same, quoted as in addresses, for the next page that the browser loads
AS_KEY: dict[str | type[Any], Callable[[Any], Any]] = {  # of a cache: who asks
    Member: lambda member: (member.name, sorted(member.roles), member.organisation, member.country, member.is_demo)
}


@st.cache_resource(show_spinner=False)
def kb() -> KnowledgeBase:
    """The knowledge base of the settings in force, opened once per process; safe to use from every session's thread."""
    gc.set_threshold(YOUNG_OBJECTS)
    return open_kb()


def actor() -> Member:
    """Who is acting. Local mode has no accounts: the person at this machine says as whom."""
    return member_called(acting_as())


def acting_as() -> str:
    """The name that was chosen in this session, else the one that the browser kept; empty for the local member."""
    if ACTING_AS in st.session_state:
        return str(st.session_state[ACTING_AS])
    kept = st.context.cookies.get(MEMBER_COOKIE, "")
    return unquote(kept) if isinstance(kept, str) else ""  # a page that is run without a browser has no cookies


def member_called(name: str) -> Member:
    """The registered member of that name who may act; else the local one."""
    return (_member(name) if name else None) or LOCAL_MEMBER


def forget_members() -> None:
    """Somebody's roles were changed here: every session is to know it with its next click."""
    _member.clear()


def search(question: str, filters: Filters, k: int, order: Order, *, expand: bool = True) -> SearchResult:
    """An answer for the acting member; the same question is not searched again on every click."""
    return _search(question, filters, k, order, expand, actor(), kb().generation_number())


def concept_passages(concept_id: str, language: str) -> SearchResult:
    """Passages that speak of a concept, asked for by its label in a language."""
    return _concept_passages(concept_id, language, actor(), kb().generation_number())


def like_passage(passage_id: PassageId) -> SimilarPassages:
    """Passages of other documents like this one."""
    return _like_passage(passage_id, actor(), kb().generation_number())


def like_document(document_id: DocumentId) -> SimilarDocuments:
    """Documents like this one."""
    return _like_document(document_id, actor(), kb().generation_number())


def visit(saved: SavedSearch) -> Visit:
    """A saved search, asked now; not again until it is changed or seen, or something new is published."""
    return _visit(saved.id, saved.version, actor(), kb().generation_number())


def documents(filters: Filters | None = None) -> list[DocumentSummary]:
    """The documents the acting member may see; none before the first ingest."""
    try:
        return _documents(filters or Filters(), actor(), kb().generation_number())
    except IndexMissing:
        return []


def practices_about(question: str) -> dict[str, Hit]:
    """Names of the practices that a question is about, each with the passage that says so; best first."""
    return _practices_about(question, actor(), kb().generation_number())


def practices_like(document_id: DocumentId) -> list[Listed]:
    """Practices whose sheets are like a sheet."""
    return _practices_like(document_id, actor(), kb().generation_number())


def scheme() -> ConceptScheme:
    """The concepts, for the names of tags; none while their files have faults, so that a page with tags can be drawn."""
    try:
        return kb().concepts()
    except KBError:
        return ConceptScheme()


def page_image(document_id: DocumentId, page: int, marked: str) -> PageImage:
    """A page of a PDF drawn once, then remembered."""
    return _page_image(document_id, page, marked, actor(), kb().generation_number())


# 2 seconds: one page asks for it many times; a role that another process took away is soon known.
@st.cache_data(show_spinner=False, max_entries=100, ttl="2s")
def _member(name: str) -> Member | None:
    return members.acting_as(kb(), name)


# 10 minutes: long enough to page through an answer; short enough that a changed role shows even without a new generation.
@st.cache_data(show_spinner=False, max_entries=200, ttl="10m", hash_funcs=AS_KEY)
def _search(
    question: str,
    filters: Filters,
    k: int,
    order: Order,
    expand: bool,
    member: Member,
    generation: int,  # noqa: ARG001  # part of the key
) -> SearchResult:
    return searching.search(kb(), question, actor=member, filters=filters, k=k, order=order, expand=expand)


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=AS_KEY)
def _concept_passages(concept_id: str, language: str, member: Member, generation: int) -> SearchResult:  # noqa: ARG001  # generation is part of the key
    return concepts.passages(kb(), concept_id, actor=member, language=language, k=5)


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=AS_KEY)
def _like_passage(passage_id: PassageId, member: Member, generation: int) -> SimilarPassages:  # noqa: ARG001  # generation is part of the key
    return similar.more_like_passage(kb(), passage_id, actor=member)


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=AS_KEY)
def _like_document(document_id: DocumentId, member: Member, generation: int) -> SimilarDocuments:  # noqa: ARG001  # generation is part of the key
    return similar.more_like_document(kb(), document_id, actor=member)


@st.cache_data(show_spinner=False, max_entries=200, ttl="10m", hash_funcs=AS_KEY)
def _visit(saved_id: int, version: int, member: Member, generation: int) -> Visit:  # noqa: ARG001  # both are part of the key
    return saved_searches.run(kb(), saved_id, actor=member)


@st.cache_data(show_spinner=False, max_entries=50, ttl="10m", hash_funcs=AS_KEY)
def _documents(filters: Filters, member: Member, generation: int) -> list[DocumentSummary]:  # noqa: ARG001  # generation is part of the key
    return library.documents(kb(), actor=member, filters=filters, tagged=True)


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=AS_KEY)
def _practices_about(question: str, member: Member, generation: int) -> dict[str, Hit]:  # noqa: ARG001  # generation is part of the key
    return practice_finding.about(kb(), question, actor=member)


@st.cache_data(show_spinner=False, max_entries=100, ttl="10m", hash_funcs=AS_KEY)
def _practices_like(document_id: DocumentId, member: Member, generation: int) -> list[Listed]:  # noqa: ARG001  # generation is part of the key
    return practice_finding.like(kb(), document_id, actor=member)


# 60 pages of about 0.3 MB.
@st.cache_data(show_spinner=False, max_entries=60, ttl="10m", hash_funcs=AS_KEY)
def _page_image(document_id: DocumentId, page: int, marked: str, member: Member, generation: int) -> PageImage:  # noqa: ARG001  # generation is part of the key
    return library.page_image(kb(), document_id, page, actor=member, marked=marked)

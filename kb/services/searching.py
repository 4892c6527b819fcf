"""Ask a question of the documents one may see."""

from __future__ import annotations

from kb.errors import IndexBusy
from kb.retrieval.answer import Filters, Legs, SearchResult
from kb.retrieval.index import refuse_mismatch
from kb.retrieval.search import StaleGenerationError
from kb.retrieval.search import search as search_passages
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents

ATTEMPTS = 3  # generations are seconds apart: to be overtaken twice during one question does not happen in ordinary work


def search(
    kb: KnowledgeBase,
    question: str,
    *,
    actor: Member,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 10,
    legs: Legs = Legs.HYBRID,
) -> SearchResult:
    """Find the passages that answer ``question``, among the documents ``actor`` may see.

    Raises:
        QueryError: if the question cannot be asked.
        IndexMissing: if nothing was ingested yet.
        IndexBusy: if an ingest is running that has published nothing yet.
        IndexMismatch: if the index was built with another model.
    """
    require(actor, Role.MEMBER, "search")
    for _ in range(ATTEMPTS - 1):
        try:
            return _search_once(kb, question, actor, filters, k, legs)
        except StaleGenerationError:  # a newer generation was published meanwhile
            continue
    try:
        return _search_once(kb, question, actor, filters, k, legs)
    except StaleGenerationError as error:
        raise IndexBusy("The index is changing faster than it can be searched. Ask again in a moment.") from error


def _search_once(kb: KnowledgeBase, question: str, actor: Member, filters: Filters, k: int, legs: Legs) -> SearchResult:
    generation = kb.generation()
    built = {name: str(getattr(generation.manifest, name)) for name in ("model", "revision", "dim", "splitter")}
    refuse_mismatch(built, kb.about_vectors())
    return search_passages(
        question,
        generation=generation,
        catalog=kb.catalog,
        documents=visible_documents(kb.catalog, actor),
        encoder=kb.encoder(),
        detector=kb.detector,
        filters=filters,
        k=k,
        legs=legs,
    )

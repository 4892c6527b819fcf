"""Ask a question of the documents one may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kb.errors import IndexBusy
from kb.retrieval.answer import Filters, Legs, Order, SearchResult
from kb.retrieval.deadline import Deadline
from kb.retrieval.generation import Generation, refuse_mismatch
from kb.retrieval.hits import StaleGenerationError
from kb.retrieval.search import search as search_passages
from kb.retrieval.search import understand
from kb.services.document_tags import documents_for
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.question_vectors import vectors_of
from kb.services.turns import TURNS
from kb.services.widening import widened

ATTEMPTS = 3  # generations are seconds apart: to be overtaken twice during one question does not happen in ordinary work

Answer = TypeVar("Answer")


def search(
    kb: KnowledgeBase,
    question: str,
    *,
    actor: Member,
    filters: Filters = Filters(),  # noqa: B008  # frozen
    k: int = 10,
    legs: Legs = Legs.HYBRID,
    mark: bool = True,
    facets: bool = True,
    order: Order = Order.RELEVANCE,
    syntax: bool = True,
    expand: bool = True,
    deadline: Deadline | None = None,
) -> SearchResult:
    """Find the passages that answer ``question``, among the documents ``actor`` may see.

    Args:
        mark: find the sentence that answers in each hit; whoever only ranks saves that time.
        facets: count what could be filtered by, see :attr:`SearchResult.facets`.
        order: of the ``k`` most relevant hits.
        syntax: whether quotation marks, minus and operators count, see :mod:`kb.retrieval.question`; without it all are words.
        expand: whether a concept that the question names is also looked for by what else it is called
            (:mod:`kb.peers.expansion`).
        deadline: by default, :data:`kb.retrieval.deadline.DEADLINE_S` from now, the loading of the model not counted.

    Raises:
        QueryError: if the question cannot be asked.
        SearchTimeout: if the deadline passes before anything is found.
        IndexMissing: if nothing was ingested yet.
        IndexBusy: if an ingest is running that has published nothing yet.
        IndexMismatch: if the index was built with another model.
    """
    require(actor, Role.MEMBER, "search")

    understood = understand(question, k, names=kb.names, syntax=syntax)

    widening = widened(kb, understood)

    def ask(generation: Generation) -> SearchResult:
        nonlocal deadline
        encoder = kb.encoder()
        deadline = deadline or Deadline.after()
        with TURNS.one(deadline, understood.words) as in_line:
            return search_passages(
                understood,
                vectors_of(encoder).of(understood.words, encoder, in_line) if understood.words else None,
                generation=generation,
                catalog=kb.catalog,
                documents=documents_for(kb, (filters, understood.filters), actor=actor, count=facets),
                encoder=encoder,
                detector=kb.detector,
                filters=filters,
                k=k,
                legs=legs,
                mark=mark,
                facets=facets,
                order=order,
                second_look=not in_line,
                deadline=deadline,
                reranker=kb.reranker() if legs is Legs.HYBRID else None,
                widening=widening,
                expand=expand,
            )

    return on_current_generation(kb, ask)


def on_current_generation(kb: KnowledgeBase, ask: Callable[[Generation], Answer]) -> Answer:
    """Ask the current generation; when a newer one is published meanwhile and passages of this one are gone, ask that.

    Raises:
        IndexMissing: if nothing was ingested yet.
        IndexBusy: if an ingest is running that has published nothing yet, or that publishes faster than can be asked.
        IndexMismatch: if the index was built with another model.
    """
    for _ in range(ATTEMPTS):
        generation = kb.generation()
        built = {name: str(getattr(generation.manifest, name)) for name in ("model", "revision", "dim", "splitter")}
        refuse_mismatch(built, kb.about_vectors())
        try:
            return ask(generation)
        except StaleGenerationError:  # a newer generation was published meanwhile
            continue
    raise IndexBusy("The index is changing faster than it can be searched. Ask again in a moment.")

"""Passages of some documents that speak to one of several standing queries, without anybody asking.

The queries (:mod:`kb.retrieval.standing`) are those of one rubric or framework, asked together: a passage that is near to all of
them says nothing for one. What a sheet says to the same is asked beside it: the reader looks for what bears that out, or does not.

Measured on 33 practices with both rubrics that come with the project, 2026-11-22, by the quotes that sheets name as evidence of the
fields (493 pairs of practice and item): the quoted passage is among the first five of documents in 69 of 100, by the query alone in
49, by an ordinary search for the query in 45.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.peers import headings
from kb.peers.narrative import Text
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import DocumentSummary
from kb.retrieval.generation import Generation
from kb.retrieval.passage import DocumentId, Passage, PassageId
from kb.retrieval.permitted import permitted
from kb.retrieval.standing import Speaking, StandingQuery, answering, speaking
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.searching import on_current_generation

LOOK = "look for evidence"
SHOWN = 6  # passages of documents: as many as a person reads for one score
CONSIDERED = 500  # passages that the query finds best, of which those are chosen; a practice of 300 printed pages has as many
SHEET_WEIGHT = 0.6  # of nearness to what the sheet says, in deviations; 1.0 finds 75 of 100, and less that the sheet does not say
PIVOT = "en"  # the language in which a query is asked by meaning, where it has it: that of the documents does no better

Scored = tuple[Passage, float]


@dataclass(frozen=True)
class Beside:
    """A sheet that says something to the same, and is told apart from the documents.

    Attributes:
        fields: of the sheet, that speak of it.
    """

    sheet: DocumentSummary | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Passages of documents, best first, then the best one of the sheet; and among how many they were found.

    Attributes:
        best: the most that a passage of these documents, or of the sheet, does for the query by itself, in standard deviations;
            comparable between queries and documents. ``None`` where there is no passage.
    """

    passages: tuple[Speaking, ...]
    n_passages: int
    n_documents: int
    best: float | None = None


def speaking_in(
    kb: KnowledgeBase,
    queries: Sequence[StandingQuery],
    name: str,
    documents: Collection[DocumentId],
    *,
    actor: Member,
    shown: int = SHOWN,
    beside: Beside = Beside(),
) -> Found:
    """The passages that speak most to one of the queries, among documents that the actor may see.

    Args:
        name: of the query; nothing is found for one that is not asked.
        documents: where to look; nowhere if there are none.
        shown: passages of documents, at most.

    Raises:
        UnusableIndex: if there is nothing to search.
    """
    require(actor, Role.MEMBER, LOOK)
    within = tuple(sorted(documents)) or (DocumentId(""),)  # no filter would let everything pass

    def ask(generation: Generation) -> Found:
        seen = visible_documents(kb.catalog, actor)
        rows = permitted(generation.rows, seen, Filters(documents=within))
        answers = answering(queries, kb.encoder(), generation, kb.catalog, rows, shown=CONSIDERED, share=-np.inf)
        answer = next((each for each in answers if each.query.name == name), None)
        if answer is None:
            return Found((), len(rows), rows.n_documents)
        chosen = _chosen(_beside_sheet(kb, answer.best, beside), beside.sheet, shown)
        found = speaking(replace(answer, best=chosen), kb.encoder(), seen)
        return Found(found, len(rows), rows.n_documents, answer.best[0][1] if answer.best else None)

    return on_current_generation(kb, ask)


def standing_query(name: str, asked: Text) -> StandingQuery:
    """What is always asked, from its words in one language or several."""
    said = dict(asked.said)
    first = asked.best(PIVOT)[0]
    return StandingQuery(name, said[first], ((first, said[first]), *(pair for pair in said.items() if pair[0] != first)))


def _beside_sheet(kb: KnowledgeBase, best: Sequence[Scored], beside: Beside) -> list[Scored]:
    """The same with what the sheet says as a second query, best first. Nothing changes where it says nothing in these fields."""
    names = frozenset(name for field in beside.fields for name in headings.names(field))
    sheet = kb.catalog.passages_of(beside.sheet.id) if beside.sheet else []
    saying = [passage for passage in sheet if names & set(passage.heading_path)]
    vectors = kb.catalog.known_vectors([*(passage for passage, _ in best), *saying]) if saying else {}
    told = [vectors[passage.id] for passage in saying if passage.id in vectors]
    if not told:
        return list(best)
    nearness = _deviations(best, vectors, np.mean(told, axis=0))
    weighed = [(passage, score + SHEET_WEIGHT * near) for (passage, score), near in zip(best, nearness, strict=True)]
    return sorted(weighed, key=lambda pair: -pair[1])


def _deviations(best: Sequence[Scored], vectors: dict[PassageId, NDArray[np.float32]], told: NDArray[np.float32]) -> list[float]:
    """How near each passage is to a vector, in standard deviations from the mean of all."""
    near = np.array([float(vectors[passage.id] @ told) if passage.id in vectors else np.nan for passage, _ in best])
    spread = np.nanstd(near)
    return np.nan_to_num((near - np.nanmean(near)) / (spread or 1.0)).tolist()  # type: ignore[no-any-return]


def _chosen(best: Iterable[Scored], sheet: DocumentSummary | None, shown: int) -> tuple[Scored, ...]:
    told: list[Scored] = []
    of_sheet: list[Scored] = []
    for pair in best:
        (of_sheet if sheet and pair[0].document_id == sheet.id else told).append(pair)
    return (*told[:shown], *of_sheet[:1])

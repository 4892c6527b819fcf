"""Passages of a practice that speak to a gate or criterion, without anybody asking.

Each gate and criterion is a standing query (:mod:`kb.retrieval.standing`), asked together with all others of its rubric: a passage
that is near to all of them says nothing for one. What the sheet says in the fields that the item is about is asked beside it: the
reviewer looks for what bears that out, or does not.

Measured on 33 practices with both rubrics that come with the project, 2026-11-22, by the quotes that sheets name as evidence of the
fields (493 pairs of practice and item): the quoted passage is among the first five of documents in 69 of 100, by the query alone in
49, by an ordinary search for the query in 45.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.peers import headings
from kb.peers.assessment.rubric import Criterion, Gate, Rubric
from kb.retrieval.answer import Filters
from kb.retrieval.generation import Generation
from kb.retrieval.passage import Passage, PassageId
from kb.retrieval.permitted import permitted
from kb.retrieval.standing import Speaking, StandingQuery, answering, speaking
from kb.services.assessing.loading import LOOK
from kb.services.assessing.practice_passages import PracticeDocuments
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.searching import on_current_generation

SHOWN = 6  # passages of documents: as many as a person reads for one score
CONSIDERED = 500  # passages that the query finds best, of which those are chosen; a practice of 300 printed pages has as many
SHEET_WEIGHT = 0.6  # of nearness to what the sheet says, in deviations; 1.0 finds 75 of 100, and less that the sheet does not say
PIVOT = "en"  # the language in which a query is asked by meaning, where it has it: that of the documents does no better

Scored = tuple[Passage, float]


@dataclass(frozen=True)
class Found:
    """Passages of documents, best first, then the best one of the sheet; and among how many they were found."""

    passages: tuple[Speaking, ...]
    n_passages: int
    n_documents: int


def speaking_to(
    kb: KnowledgeBase, rubric: Rubric, asked: Gate | Criterion, own: PracticeDocuments, *, actor: Member, shown: int
) -> Found:
    """The passages of a practice that speak most to an item.

    Args:
        own: where to look.
        shown: passages of documents, at most.

    Raises:
        UnusableIndex: if there is nothing to search.
    """
    require(actor, Role.MEMBER, LOOK)
    queries = standing_queries(rubric)

    def ask(generation: Generation) -> Found:
        documents = visible_documents(kb.catalog, actor)
        rows = permitted(generation.rows, documents, Filters(documents=own.ids))
        answers = answering(queries, kb.encoder(), generation, kb.catalog, rows, shown=CONSIDERED, share=-np.inf)
        answer = next((each for each in answers if each.query.name == asked.name), None)
        if answer is None:
            return Found((), len(rows), rows.n_documents)
        best = _chosen(_beside_sheet(kb, answer.best, asked.fields, own), own, shown)
        return Found(speaking(replace(answer, best=best), kb.encoder(), documents), len(rows), rows.n_documents)

    return on_current_generation(kb, ask)


def standing_queries(rubric: Rubric) -> tuple[StandingQuery, ...]:
    """One for each gate and criterion, in the rubric's order."""
    return tuple(map(_query, items_of(rubric)))


def items_of(rubric: Rubric) -> tuple[Gate | Criterion, ...]:
    """Gates, then criteria, in the rubric's order."""
    return (*rubric.gates, *rubric.criteria)


def _query(asked: Gate | Criterion) -> StandingQuery:
    said = dict(asked.standing.said)
    first = asked.standing.best(PIVOT)[0]
    return StandingQuery(asked.name, said[first], ((first, said[first]), *(pair for pair in said.items() if pair[0] != first)))


def _beside_sheet(kb: KnowledgeBase, best: Sequence[Scored], fields: Sequence[str], own: PracticeDocuments) -> list[Scored]:
    """The same with what the sheet says as a second query, best first. Nothing changes where it says nothing in these fields."""
    names = frozenset(name for field in fields for name in headings.names(field))
    sheet = kb.catalog.passages_of(own.sheet.id) if own.sheet else []
    saying = [passage for passage in sheet if names & set(passage.heading_path)]
    vectors = kb.catalog.known_vectors([*(passage for passage, _ in best), *saying])
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


def _chosen(best: Sequence[Scored], own: PracticeDocuments, shown: int) -> tuple[Scored, ...]:
    sheet = own.sheet.id if own.sheet else None
    told = [pair for pair in best if pair[0].document_id != sheet][:shown]
    return (*told, *[pair for pair in best if pair[0].document_id == sheet][:1])

"""Judged sets of others for the benchmarks: read, ingested and measured by the code of ``kb evaluate``, and timed here."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kb.bootstrap import open_measures, open_temporary_kb, read_beir
from kb.retrieval.answer import MAX_QUESTION_CHARS, Legs
from kb.retrieval.embed import Encoder
from kb.retrieval.judged import Collection
from kb.services import searching
from kb.services.collection import file_name, ingest_collection
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

DEPTH = 100  # passages ranked for a question

Run = dict[str, list[str]]  # question → documents, best first


@dataclass(frozen=True)
class JudgedSet:
    """Documents, questions and judgements, by their own ids."""

    name: str
    collection: Collection
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]

    @property
    def at(self) -> dict[str, str]:
        """Path in the knowledge base of :func:`ingested` → id of the document."""
        return {file_name(number): identity for number, identity in enumerate(self.collection.documents, start=1)}


def load(folder: Path, *, corpus: str = "", queries: str = "", name: str = "") -> JudgedSet:
    """Read a BEIR folder."""
    collection = read_beir(folder, corpus=corpus, queries=queries)
    questions = collection.judged.questions
    return JudgedSet(
        name or folder.name,
        collection,
        {question.question_id: question.question for question in questions},
        {question.question_id: {answer.document: answer.relevance for answer in question.answers} for question in questions},
    )


@contextmanager
def ingested(judged: JudgedSet, settings: Settings, encoder: Encoder | None = None) -> Iterator[KnowledgeBase]:
    """A knowledge base over the set's documents, in a temporary place, with the models of ``settings`` or another encoder."""
    with open_temporary_kb(settings) as base:
        if encoder is not None:
            base = replace(base, encoder=lambda: encoder)
        ingest_collection(base, judged.collection, actor=LOCAL_MEMBER)
        yield base


def first(judged: JudgedSet, n: int) -> JudgedSet:
    """The same set with its first ``n`` questions."""
    return only(judged, list(judged.questions)[:n])


def run(
    base: KnowledgeBase, judged: JudgedSet, k: int = DEPTH, *, legs: Legs = Legs.HYBRID, page: bool = True
) -> tuple[Run, list[float]]:
    """Rank documents by their best passage for every question. Returns rankings and seconds a question.

    Args:
        page: as the app asks, with marked sentences and counts beside filters; else ranking alone.
    """
    ranked: Run = {}
    took = []
    names = judged.at
    for identity, question in judged.questions.items():
        asked = question[:MAX_QUESTION_CHARS]
        began = time.perf_counter()
        result = searching.search(base, asked, actor=LOCAL_MEMBER, k=k, legs=legs, mark=page, facets=page, syntax=False)
        took.append(time.perf_counter() - began)
        ranked[identity] = list(dict.fromkeys(names[hit.path] for hit in result.hits))
    return ranked, took


def measure(ranked: Run, judged: JudgedSet) -> dict[str, float]:
    """Means over judged questions of what ``kb evaluate`` measures."""
    found = open_measures().measure(ranked, judged.judgements).values()
    return {name: round(statistics.fmean(values[name] for values in found), 4) for name in next(iter(found))}


def only(judged: JudgedSet, questions: Sequence[str]) -> JudgedSet:
    """The same set with these questions, in this order."""
    return replace(
        judged,
        questions={identity: judged.questions[identity] for identity in questions},
        judgements={identity: judged.judgements[identity] for identity in questions},
    )


def every(judged: JudgedSet, nth: int) -> JudgedSet:
    """Every ``nth`` of its questions."""
    return only(judged, list(judged.questions)[::nth])

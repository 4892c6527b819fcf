"""A made-up collection is asked as the app would ask: latency with filters and without, the legs, the marks, and memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from folders import settings_in
from latency import percentiles, timed
from process_memory import memory

from growth.collection import COUNTRIES
from growth.nearest import depth, recall
from growth.questions import many_questions, questions
from growth.together import N_ROUNDS, N_USERS, together
from kb.bootstrap import open_kb
from kb.retrieval.answer import Filters
from kb.retrieval.embed import Encoder
from kb.retrieval.rows import Allowed
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search

N_QUESTIONS = 60


class Unremembered:
    """An encoder that nobody met before, so that what it made of a question is not known yet."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)


def measure(folder: Path) -> dict[str, Any]:
    """Ask the collection in ``folder``; to be run in a process of its own."""
    began = time.perf_counter()
    shared = open_kb(settings_in(folder))
    encoder = shared.models.open(shared.model)
    base = replace(shared, encoder=lambda: Unremembered(encoder))  # every question is encoded each time
    loaded = {"model_mb": memory()["resident_mb"]}
    opening = time.perf_counter()
    generation = base.generation()
    opened_s = time.perf_counter() - opening
    asked = questions()[:N_QUESTIONS]
    search(base, asked[0], actor=LOCAL_MEMBER)
    first_s = time.perf_counter() - began
    one = generation.rows.documents[len(generation.rows.documents) // 2]

    def ask(mark: bool = False, **filters: Any) -> Callable[[str], object]:
        return lambda question: search(base, question, actor=LOCAL_MEMBER, filters=Filters(**filters), mark=mark)

    found = {
        "open_s": round(opened_s, 2),
        "start_to_first_answer_s": round(first_s, 2),
        "unfiltered": timed(ask(), asked),
        "marked": timed(ask(mark=True), asked),
        "marking": marking(base, asked),
        "one_country_of_40": timed(ask(countries=(COUNTRIES[3],)), asked),
        "half_of_the_countries": timed(ask(countries=COUNTRIES[:20]), asked),
        "one_language": timed(ask(languages=("fr",)), asked),
        "one_document": timed(ask(documents=(one,)), asked),
        "legs": legs(base, asked),
        **loaded,
        **memory(),
    }
    found["dense_recall_at_10"] = recall(base, asked)
    found["users_50"] = together(replace(shared, encoder=lambda: encoder), many_questions(N_USERS * N_ROUNDS))
    found |= {"after_all": memory()}
    return found


def legs(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, dict[str, float]]:
    """Latency of the parts, unfiltered."""
    generation, encoder = base.generation(), base.encoder()
    everything = Allowed.of(generation.rows, np.ones(len(generation.rows), bool))
    vectors = {question: encoder.encode_question(question) for question in asked}
    k = depth(int(np.count_nonzero(everything.per_language)))
    return {
        "encode": timed(encoder.encode_question, asked),
        "dense": timed(lambda question: generation.vectors.search(vectors[question], k, everything), asked),
    }


def marking(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, float]:
    """What the marked sentences of a page of ten hits cost: the same question with them and without, one after the other."""

    def took(question: str, mark: bool) -> float:
        began = time.perf_counter()
        search(base, question, actor=LOCAL_MEMBER, mark=mark)
        return time.perf_counter() - began

    costs = [took(question, mark=True) - took(question, mark=False) for question in asked]
    return {"mean_ms": round(1000 * statistics.fmean(costs), 1), **percentiles(costs)}

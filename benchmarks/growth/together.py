"""Fifty people who ask at once: what they wait, and whether each gets an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from latency import percentiles

from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.services.searching import search

N_USERS, N_ROUNDS = 50, 4


def together(base: KnowledgeBase, asked: Sequence[str]) -> dict[str, float | int]:
    """Fifty people ask at once, four questions each, one after the other, with marks and counts. No question is asked twice."""
    took: list[float] = []
    errors: list[Exception] = []
    start = threading.Barrier(N_USERS)

    def person(number: int) -> None:
        start.wait()
        for turn in range(N_ROUNDS):
            began = time.perf_counter()
            try:
                search(base, asked[number * N_ROUNDS + turn], actor=LOCAL_MEMBER)
            except Exception as error:  # noqa: BLE001  # counted
                errors.append(error)
            took.append(time.perf_counter() - began)

    people = [threading.Thread(target=person, args=(number,)) for number in range(N_USERS)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return {**percentiles(took), "errors": len(errors), "questions": len(took)}

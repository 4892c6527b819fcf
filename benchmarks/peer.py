"""One search system, one set, in a process of its own: ``python benchmarks/peer.py JOB.json``.

Its measurements are in the file that the job names. Nothing of this project is imported unless it is the system.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import peers
from process_memory import peak_bytes

WARM_UP = 5  # questions before any is timed
SHOWN = 10  # hits of a timed question
DEPTH = 100  # documents ranked for quality


def main(job: Mapping[str, Any]) -> None:
    """Keys of the job: see :func:`against_peers._measured`."""
    system = peers.start(job["system"], Path(job["model"]))
    vectors = np.load(job["vectors"], allow_pickle=False) if job["vectors"] else None
    documents = {identity: (title, text) for identity, (title, text) in job["documents"].items()}
    took = system.index(documents, vectors)
    if job["save_vectors"]:
        np.save(job["save_vectors"], system.vectors, allow_pickle=False)
    questions: dict[str, str] = job["questions"]
    ranking = getattr(system, "rank_alone", system.rank)
    found = {"versions": system.about(), "documents": len(documents), "index_s": took}
    if job["is_timed"]:
        for question in list(questions.values())[:WARM_UP]:
            system.rank(question, SHOWN)
        found["question_s"] = _timed(system.rank, questions)
        found["ranking_s"] = _timed(ranking, questions) if ranking != system.rank else found["question_s"]
        found["peak_bytes"] = peak_bytes()
    found["ranked"] = {identity: list(ranking(question, DEPTH)) for identity, question in questions.items()}
    Path(job["output"]).write_text(json.dumps(found), encoding="utf-8")
    getattr(system, "close", lambda: None)()


def _timed(rank: Callable[[str, int], Sequence[str]], questions: Mapping[str, str]) -> list[float]:
    took = []
    for question in questions.values():
        began = time.perf_counter()
        rank(question, SHOWN)
        took.append(time.perf_counter() - began)
    return took


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))

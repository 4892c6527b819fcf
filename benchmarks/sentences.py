"""How often the marked sentence is the one that answers, and what marking costs a page.

Gold is the only sentence of the judged paragraph that holds the answer, in the paragraph's language. Paragraphs that have none or
several such sentences are left out, and so are passages of a single sentence: there is nothing to choose.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import judged
from latency import percentiles
from overriding import overridden
from shelf import LANGUAGES, XQUAD, Shelf

from kb.retrieval import search as searching_module
from kb.retrieval.answer import MAX_QUESTION_CHARS, Hit
from kb.retrieval.judged import flat
from kb.retrieval.sentence_match import best_sentences
from kb.services import searching
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER

SHOWN = 10
NTH = 4  # across languages there are twelve pairs: every fourth question of each


@dataclass
class Count:
    """Shown passages with a gold sentence; in how many one was marked; in how many it was the gold one."""

    shown: int = 0
    marked: int = 0
    right: int = 0

    def told(self) -> dict[str, Any]:
        return {
            "passages": self.shown,
            "marked": self.marked,
            "precision": round(self.right / max(1, self.marked), 4),
            "coverage": round(self.marked / max(1, self.shown), 4),
        }


def marked(shelf: Shelf) -> dict[str, Any]:
    """Precision and coverage in the question's own language and across languages; milliseconds of marking a page of ten."""
    counts = {"own language": Count(), "across languages": Count()}
    with _stopwatch() as took:
        for told, asked in itertools.product(LANGUAGES, LANGUAGES):
            one, base = shelf.of_pair(asked, told)
            answers = _answers(shelf.data / XQUAD / f"queries_{told}.jsonl")
            count = counts["own language" if asked == told else "across languages"]
            _ask(base, one if asked == told else judged.every(one, NTH), answers, count)
    return {
        **{name: count.told() for name, count in counts.items()},
        "pages": len(took),
        **percentiles(took),
    }


def _ask(base: KnowledgeBase, one: judged.JudgedSet, answers: dict[str, str], count: Count) -> None:
    names = one.at
    for identity, question in one.questions.items():
        found = searching.search(base, question[:MAX_QUESTION_CHARS], actor=LOCAL_MEMBER, k=SHOWN, facets=False, syntax=False)
        for hit in found.hits:
            if one.judgements[identity].get(names[hit.path], 0) > 0:
                _count(hit, _gold(base, hit, answers[identity]), count)


def _count(hit: Hit, gold: tuple[int, int] | None, count: Count) -> None:
    passage = hit.passage
    if gold is None or gold not in _placed(hit) or len(passage.sentences) < 2:
        return
    count.shown += 1
    if hit.sentence is not None:
        count.marked += 1
        count.right += (passage.start + hit.sentence[0], passage.start + hit.sentence[1]) == gold


def _placed(hit: Hit) -> list[tuple[int, int]]:
    """Where the passage's sentences stand in the document."""
    return [(hit.passage.start + start, hit.passage.start + end) for start, end in hit.passage.sentences]


def _gold(base: KnowledgeBase, hit: Hit, answer: str) -> tuple[int, int] | None:
    """Where in the document the only sentence stands that holds the answer."""
    holding = {
        (passage.start + start, passage.start + end)
        for passage in base.catalog.passages_of(hit.passage.document_id)
        for start, end in passage.sentences
        if answer in flat(passage.text[start:end])
    }
    return holding.pop() if len(holding) == 1 else None


def _answers(path: Path) -> dict[str, str]:
    """Question → the words that answer it."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)
    return {row["_id"]: flat(row["metadata"]["answer"]) for row in rows}


@contextmanager
def _stopwatch() -> Iterator[list[float]]:
    """Seconds of every page that is marked inside."""
    took: list[float] = []

    def timed(*arguments: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return best_sentences(*arguments, **options)
        finally:
            took.append(time.perf_counter() - began)

    with overridden([(searching_module, "best_sentences", timed)]):
        yield took

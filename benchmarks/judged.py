"""Judged sets in BEIR form, ingested and searched through the product's own path: one document, one file."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kb import open_kb
from kb.retrieval.embed import Encoder
from kb.services import ingesting, searching
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER
from kb.settings import Settings

DEPTH = 100  # documents ranked for a question


@dataclass(frozen=True)
class JudgedSet:
    """Documents, questions and judgements, by their own ids."""

    name: str
    documents: dict[str, str]
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]


def load(folder: Path, *, corpus: str = "corpus.jsonl", queries: str = "queries.jsonl", name: str = "") -> JudgedSet:
    """Read a BEIR folder."""

    def lines(file: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in (folder / file).read_text(encoding="utf-8").splitlines() if line]

    documents = {row["_id"]: (f"# {row['title']}\n\n" if row.get("title") else "") + row["text"] for row in lines(corpus)}
    judgements: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, document, grade = line.split("\t")
        judgements.setdefault(question, {})[document] = int(float(grade))
    questions = {row["_id"]: row["text"] for row in lines(queries) if row["_id"] in judgements}
    return JudgedSet(name or folder.name, documents, questions, judgements)


@contextmanager
def ingested(judged: JudgedSet, settings: Settings, encoder: Encoder | None = None) -> Iterator[KnowledgeBase]:
    """A knowledge base over the set's documents, in a temporary place, with the models of ``settings`` or another encoder."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "corpus" / "documents").mkdir(parents=True)
        for identity, text in judged.documents.items():
            (root / "corpus" / "documents" / f"{identity}.md").write_text(text, encoding="utf-8")
        (root / "index").mkdir()
        (root / "index" / "models").symlink_to(settings.models)
        base = open_kb(replace(settings, corpus=root / "corpus", index=root / "index"))
        if encoder is not None:
            base = replace(base, encoder=lambda: encoder)
        ingesting.ingest(base, [base.documents], actor=LOCAL_MEMBER)
        yield base


Run = dict[str, dict[str, float]]  # question → document → score


def first(judged: JudgedSet, n: int) -> JudgedSet:
    """The same set with its first ``n`` questions."""
    return replace(judged, questions=dict(list(judged.questions.items())[:n]))


def run(base: KnowledgeBase, judged: JudgedSet, k: int = DEPTH) -> tuple[Run, list[float]]:
    """Rank documents by their best passage for every question. Returns scores and seconds a question."""
    ranked: Run = {}
    took = []
    for identity, question in judged.questions.items():
        began = time.perf_counter()
        result = searching.search(base, question, actor=LOCAL_MEMBER, k=k)
        took.append(time.perf_counter() - began)
        best: dict[str, float] = {}
        for hit in result.hits:
            best.setdefault(Path(hit.path).stem, hit.score)
        ranked[identity] = best
    return ranked, took


def measure(ranked: Run, judged: JudgedSet) -> dict[str, float]:
    """nDCG@10, R@100 and Success@1 (accuracy@1), means over judged questions."""
    import ir_measures
    from ir_measures import R, Success, nDCG

    wanted = {"ndcg@10": nDCG @ 10, "recall@100": R @ 100, "accuracy@1": Success @ 1}
    found = ir_measures.calc_aggregate(list(wanted.values()), judged.judgements, ranked)
    return {name: round(float(found[measured]), 4) for name, measured in wanted.items()}


def percentile(values: list[float], share: float) -> float:
    """By nearest rank."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]

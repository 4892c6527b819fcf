"""Ingestion speed and kept quality: the compiled encoder against sentence-transformers on torch fp32, same weights, same run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import judged
import numpy as np

from kb.adapters.torch_encoder import TorchEncoder
from kb.bootstrap import open_kb, open_models
from kb.settings import Settings

N_PASSAGES = 256  # of the sample corpus and Cranfield alike: torch needs half a minute for them
SETS = ("cranfield", "climretrieve")


def speed(settings: Settings, data: Path) -> dict[str, Any]:
    """Passages a second of both engines, one after the other, each warmed up; ratio of the two."""
    store = open_models(settings)
    compiled = store.open(settings.model)
    torch = TorchEncoder(store.folder_of(settings.model), settings.model)
    with judged.ingested(judged.load(data / "cranfield"), settings) as base:
        passages = [passage.embedded_text for passage, _ in base.catalog.live_rows()][:N_PASSAGES]
    took = {}
    vectors = {}
    for name, encoder in (("torch fp32", torch), (compiled.card.engine, compiled)):
        encoder.encode_passages(passages[:16])
        began = time.perf_counter()
        vectors[name] = encoder.encode_passages(passages)
        took[name] = time.perf_counter() - began
    ours, theirs = vectors[compiled.card.engine], vectors["torch fp32"]
    return {
        "passages": len(passages),
        "mean_tokens": round(float(np.mean(compiled.count_tokens(passages))), 1),
        "engine": compiled.card.engine,
        "passages_per_s": round(len(passages) / took[compiled.card.engine], 1),
        "torch_passages_per_s": round(len(passages) / took["torch fp32"], 1),
        "ratio": round(took["torch fp32"] / took[compiled.card.engine], 2),
        "min_cosine": round(float((ours * theirs).sum(axis=1).min()), 5),
    }


def kept_quality(settings: Settings, data: Path) -> dict[str, Any]:
    """Hybrid nDCG@10 of both engines over two judged sets, and what share of fp32's is kept."""
    torch = TorchEncoder(open_models(settings).folder_of(settings.model), settings.model)
    found: dict[str, Any] = {}
    for name in SETS:
        one = judged.load(data / name)
        values = {}
        for engine, encoder in (("compiled", None), ("torch fp32", torch)):
            with judged.ingested(one, settings, encoder) as base:
                ranked, _ = judged.run(base, one)
            values[engine] = judged.measure(ranked, one)["ndcg@10"]
        found[name] = {**values, "kept": round(values["compiled"] / values["torch fp32"], 4)}
    return found


def across_languages(settings: Settings, data: Path) -> dict[str, Any]:
    """Accuracy@1 on XQuAD: questions in four languages on English paragraphs."""
    found: dict[str, Any] = {}
    english = judged.load(data / "xquad", corpus="corpus_en.jsonl", queries="queries_en.jsonl")
    with judged.ingested(english, settings) as base:
        for language in ("de", "es", "ro", "en"):
            one = judged.load(data / "xquad", corpus="corpus_en.jsonl", queries=f"queries_{language}.jsonl")
            ranked, _ = judged.run(base, one, k=10)
            found[f"{language}→en"] = judged.measure(ranked, one)["accuracy@1"]
    return found


def latency(settings: Settings, data: Path) -> dict[str, Any]:
    """Seconds a question over more than 10,000 passages, its embedding and the marked sentences of 10 hits included."""
    one = judged.load(data / "npl")
    with judged.ingested(one, settings) as base:
        base = open_kb(Settings(base.documents.parent, base.index, model=settings.model))  # as a fresh process would
        judged.run(base, judged.first(one, 5), k=10)
        ranked, took = judged.run(base, one, k=10)
        n_passages = base.generation().manifest.n_passages
    return {
        "passages": n_passages,
        "questions": len(took),
        "p50_ms": round(judged.percentile(took, 0.5) * 1000, 1),
        "p95_ms": round(judged.percentile(took, 0.95) * 1000, 1),
        "ndcg@10": judged.measure(ranked, one)["ndcg@10"],
    }

"""Ingestion speed and kept quality: the compiled encoder against sentence-transformers on torch fp32, same weights, same run."""

from __future__ import annotations

import time
from typing import Any

import judged
import numpy as np
from latency import percentiles
from shelf import Shelf

from kb.adapters.torch_encoder import TorchEncoder
from kb.bootstrap import open_kb, open_models
from kb.services.knowledge_base import KnowledgeBase
from kb.settings import Settings

N_PASSAGES = 256  # of the sample corpus and Cranfield alike: torch needs half a minute for them
SETS = ("cranfield", "climretrieve")


def speed(shelf: Shelf) -> dict[str, Any]:
    """Passages a second of both engines, one after the other, each warmed up; ratio of the two."""
    compiled, torch = open_models(shelf.settings).open(shelf.settings.model), _torch(shelf.settings)
    _, base = shelf.of("cranfield")
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


def kept_quality(shelf: Shelf) -> dict[str, Any]:
    """Hybrid nDCG@10 of both engines over two judged sets, and what share of fp32's is kept."""
    torch = _torch(shelf.settings)
    found: dict[str, Any] = {}
    for name in (name for name in SETS if name in shelf.english):
        one, base = shelf.of(name)
        values = {"compiled": _quality(base, one)}
        with judged.ingested(one, shelf.settings, torch) as base:
            values["torch fp32"] = _quality(base, one)
        found[name] = {**values, "kept": round(values["compiled"] / values["torch fp32"], 4)}
    return found


def latency(shelf: Shelf) -> dict[str, Any]:
    """Seconds a question over more than 10,000 passages, its embedding and the marked sentences of 10 hits included."""
    one, base = shelf.of("npl")
    base = open_kb(Settings(base.documents.parent, base.index, model=shelf.settings.model))  # as a fresh process would
    judged.run(base, judged.first(one, 5), k=10)
    _, took = judged.run(base, one, k=10)
    return {
        "passages": base.generation().manifest.n_passages,
        "questions": len(took),
        **percentiles(took),
    }


def _quality(base: KnowledgeBase, one: judged.JudgedSet) -> float:
    return judged.measure(judged.run(base, one, page=False)[0], one)["ndcg@10"]


def _torch(settings: Settings) -> TorchEncoder:
    return TorchEncoder(open_models(settings).folder_of(settings.model), settings.model)

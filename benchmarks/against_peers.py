"""This project and three other ways to search, on the same sets with the same weights, one after the other in one run.

Ingestion and latency are measured on Cranfield, where every system makes its own vectors. On the others the two frameworks get
the plain script's vectors, to save half an hour: they are of the same weights by the same torch. Ours always makes its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import judged
import peers
from latency import percentiles

from kb.bootstrap import open_models
from kb.settings import Settings

TIMED = "cranfield"  # 1,400 abstracts of about 226 tokens and 225 questions
WORKER = Path(__file__).with_name("peer.py")
THREADS = "2"
ENVIRONMENT = {
    **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), THREADS),
    "TOKENIZERS_PARALLELISM": "true",
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}


def compare(settings: Settings, sets: dict[str, judged.JudgedSet], systems: tuple[str, ...] = peers.NAMES) -> dict[str, Any]:
    """System → quality on each set, ingestion, latency and memory.

    Args:
        sets: name → English set, :data:`TIMED` among them.
    """
    model = open_models(settings).folder_of(settings.model)
    found: dict[str, Any] = {system: {"ndcg@10": {}} for system in systems}
    with tempfile.TemporaryDirectory(prefix="kb-peers-") as place:
        for name, one in sets.items():
            shared = Path(place, f"{name}.npy")
            for system in systems:
                print(f"  {system} on {name}", flush=True)
                own = name == TIMED or system == "ours" or not shared.exists()
                measured = _measured(system, one, model, Path(place), shared if not own else None, shared)
                found[system]["ndcg@10"][name] = judged.measure(measured["ranked"], one)["ndcg@10"]
                if name == TIMED:
                    found[system] |= _speed(measured)
    for each in found.values():
        each["mean ndcg@10"] = round(statistics.fmean(each["ndcg@10"].values()), 4)
    return found


def _measured(system: str, one: judged.JudgedSet, model: Path, place: Path, vectors: Path | None, shared: Path) -> dict[str, Any]:
    job, output = place / "job.json", place / "measured.json"
    output.unlink(missing_ok=True)
    told = {
        "system": system,
        "model": str(model),
        "documents": one.collection.documents,
        "questions": one.questions,
        "is_timed": one.name == TIMED,
        "vectors": str(vectors) if vectors else "",
        "save_vectors": str(shared) if system == "plain" else "",
        "output": str(output),
    }
    job.write_text(json.dumps(dict(told), default=dict), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(WORKER), str(job)], env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{system} failed on {one.name}:\n{done.stderr[-4000:]}")
    measured: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return measured


def _speed(measured: dict[str, Any]) -> dict[str, Any]:
    return {
        "versions": measured["versions"],
        "ingestion documents/s": round(measured["documents"] / measured["index_s"], 1),
        "peak_gb": round(measured["peak_bytes"] / 1e9, 2),
        **percentiles(measured["question_s"]),
        **{f"ranking {name}": ms for name, ms in percentiles(measured["ranking_s"]).items()},
    }

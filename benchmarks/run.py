"""``make bench``: measure, compare with baselines in the same run, write the dated result and the table in the docs.

Judged sets and real documents belong to others and are not part of the project: ``KB_EVAL`` names their folder (default
``../shared/eval``). What needs them is left out, and said so, where they are absent.

``python benchmarks/run.py latency reading`` measures these steps only and keeps the day's other results.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import embedding
import reading
import report
import starting

from kb.settings import Settings

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
DATA = Path(os.environ.get("KB_EVAL", ROOT.parent / "shared" / "eval"))


def machine() -> dict[str, Any]:
    """What it was measured on."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    known = [flag for flag in ("amx_bf16", "avx512_bf16", "avx512f", "avx2") if flag in flags]
    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "flags": known,
        "python": platform.python_version(),
    }


def main(chosen: list[str]) -> None:
    settings = Settings.from_env(folder=ROOT)
    steps: dict[str, Any] = {
        "shell": lambda: starting.shell(settings),
        "unchanged_folder": lambda: starting.unchanged_folder(settings),
    }
    if DATA.is_dir():
        steps |= {
            "reading": lambda: reading.speed(DATA),
            "memory": lambda: starting.memory(settings, DATA),
            "embedding": lambda: embedding.speed(settings, DATA),
            "latency": lambda: embedding.latency(settings, DATA),
            "across_languages": lambda: embedding.across_languages(settings, DATA),
            "kept_quality": lambda: embedding.kept_quality(settings, DATA),
        }
    else:
        print(f"No judged sets at {DATA}: only what needs none is measured.")
    today = datetime.now(UTC).date().isoformat()
    target = RESULTS / f"{today}.json"
    results: dict[str, Any] = json.loads(target.read_text(encoding="utf-8")) if chosen and target.is_file() else {}
    results |= {"date": today, "command": "make bench", "machine": machine()}
    for name, step in steps.items():
        if not chosen or name in chosen:
            results[name] = step()
            print(name, json.dumps(results[name], ensure_ascii=False), flush=True)
    target.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    report.write(results, ROOT / "docs" / "benchmarks.md")
    print(f"written to {target.relative_to(ROOT)} and docs/benchmarks.md")


if __name__ == "__main__":
    main(sys.argv[1:])

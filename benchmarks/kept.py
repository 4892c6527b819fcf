"""Results of runs, a file a day: what of them a run keeps, and what it adds."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from folders import ROOT

RESULTS = ROOT / "benchmarks" / "results"
BY_NAME = ("scale_million", "ablation")  # steps that take long
ALL, REPORT = ["all"], ["report"]  # chosen: every step, those by name too; none


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


def newest() -> dict[str, Any]:
    """The results of the last run; empty before the first."""
    found = sorted(RESULTS.glob("????-??-??.json"))
    return json.loads(found[-1].read_text(encoding="utf-8")) if found else {}


def start(chosen: list[str], today: str) -> dict[str, Any]:
    """What is kept of earlier results: of this day all, if steps were chosen; else what is measured by name only.

    With it the date, command and machine of this run. ``report`` changes nothing.
    """
    before = {} if chosen == ALL else newest()
    if before and chosen == REPORT:
        return before
    this = {"date": today, "command": 'make bench STEPS="all"' if chosen == ALL else "make bench", "machine": machine()}
    if chosen and before.get("date") == today:
        return before | this
    kept = {name: before[name] for name in BY_NAME if name in before}
    if million := before.get("scale", {}).get("1000000"):
        kept["scale"] = {"1000000": million}
    return {**kept, "steps": {name: told for name, told in before.get("steps", {}).items() if name in BY_NAME}, **this}


def keep(results: dict[str, Any], name: str, found: Any, took: float, command: str) -> None:
    """Put what a step found among the results. Both steps of scale fill one table."""
    if name.startswith("scale"):
        results["scale"] = results.get("scale", {}) | found
    else:
        results[name] = found
    at = datetime.now(UTC).isoformat(timespec="minutes")
    results.setdefault("steps", {})[name] = {"at": at, "took_s": round(took), "command": command}

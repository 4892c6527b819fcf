"""How long questions take: percentiles of seconds, and the work of all threads beside them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

WARM_UP = 2  # questions before any is timed


def percentile(values: Sequence[float], share: float) -> float:
    """Between the two values around it, as numpy's own default has it."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Median and p95, in milliseconds."""
    return {f"p{percent}_ms": round(1000 * percentile(seconds, percent / 100), 1) for percent in (50, 95)}


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> dict[str, float]:
    """Latency of ``asked`` after two questions to warm up, and the work of all threads, which others change less."""
    for question in asked[:WARM_UP]:
        ask(question)
    took = []
    cpu = time.process_time()
    for question in asked:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    cpu = time.process_time() - cpu
    return {**percentiles(took), "cpu_mean_ms": round(1000 * cpu / len(asked), 1)}

"""How cost grows with the collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from told.lines import Check, Results, table, when

SIZES = ("10000", "100000", "1000000")
BARS = {"100000": ("100,000", 40), "1000000": ("1,000,000", 60)}  # passages → as written, p95 of a question in ms
FILTERS = ("one_country_of_40", "half_of_the_countries", "one_language", "one_document")
ROWS = (  # as written, and where in the results
    ("question, p50 in ms", ("unfiltered", "p50_ms")),
    ("question, p95 in ms", ("unfiltered", "p95_ms")),
    ("… with marked sentences, p95", ("marked", "p95_ms")),
    ("marking a page of ten, mean in ms", ("marking", "mean_ms")),
    ("… in one country of 40, p95", ("one_country_of_40", "p95_ms")),
    ("… in half of the countries, p95", ("half_of_the_countries", "p95_ms")),
    ("… in one language, p95", ("one_language", "p95_ms")),
    ("… in one document, p95", ("one_document", "p95_ms")),
    ("dense leg alone, p95", ("legs", "dense", "p95_ms")),
    ("recall@10 against exact", ("dense_recall_at_10", "unfiltered")),
    ("… within half of the documents", ("dense_recall_at_10", "half_of_the_documents")),
    ("50 people at once, p95 in ms", ("users_50", "p95_ms")),
    ("errors among these", ("users_50", "errors")),
    ("resident memory in MB", ("resident_mb",)),
    ("open the index, s", ("open_s",)),
    ("publish all, s", ("publish_all_s",)),
    ("publish 10 documents more, s", ("publish_10_documents_s",)),
    ("index in MB", ("index_mb",)),
    ("catalog in MB", ("catalog_mb",)),
)


def checks(results: Results) -> Iterator[Check]:
    if one := results.get("latency"):
        found = f"{one['p95_ms']:.0f} ms (median {one['p50_ms']:.0f})"
        what = f"A question over {one['passages']:,} real passages, marking and counts included, p95"
        yield Check(what, found, "≤ 40 ms", one["p95_ms"] <= 40)
    for size in BARS:
        if one := results.get("scale", {}).get(size):
            yield from _held(size, one)


def _held(size: str, one: Results) -> Iterator[Check]:
    written, bar = BARS[size]
    p95 = one["unfiltered"]["p95_ms"]
    what = f"{written} passages: a question, embedding and counts included, p95"
    yield Check(what, f"{p95:.0f} ms", f"≤ {bar} ms", p95 <= bar)
    if "marking" in one:
        cost = one["marking"]
        whole = one["marked"]["p95_ms"]
        found = f"{cost['mean_ms']:.0f} ms (p95 {cost['p95_ms']:.0f}; question and marks together, p95 {whole:.0f})"
        yield Check(f"{written} passages: marking a page of ten, mean", found, "≤ 20 ms", cost["mean_ms"] <= 20)
    slowest = max(FILTERS, key=lambda name: one[name]["p95_ms"])
    value = one[slowest]["p95_ms"]
    found = f"{value:.0f} ms ({slowest.replace('_', ' ')})"
    yield Check(f"{written} passages: the slowest filter, p95", found, f"≤ {2 * bar} ms", value <= 2 * bar)
    recall = min(one["dense_recall_at_10"].values())
    yield Check(f"{written} passages: recall@10 against exact", f"{recall:.3f}", "≥ 0.98", recall >= 0.98)
    if size == "1000000":
        found = f"{one['resident_mb'] / 1000:.2f} GB"
        yield Check(f"{written} passages: resident memory", found, "≤ 2 GB", one["resident_mb"] <= 2000)
    else:
        users = one["users_50"]
        found = f"{users['p95_ms'] / 1000:.2f} s, {users['errors']} errors in {users['questions']} questions"
        holds = users["errors"] == 0 and users["p95_ms"] <= 1000
        yield Check(f"{written} passages: 50 people at once, p95", found, "≤ 1 s, none", holds)


def tables(results: Results) -> list[str]:
    sizes = {size: one for size in SIZES if (one := results.get("scale", {}).get(size))}
    if not sizes:
        return []
    rows = [_row(name, sizes, key) for name, key in ROWS]
    head = ["passages", *(f"{int(size):,}" for size in sizes)]
    said = f"Made-up collections, see `benchmarks/scale.py`; a million is a step by name{when(results, 'scale_million')}."
    return ["## Cost growth", said, table(head, rows), "![Time of a question, memory and publishing](pictures/cost-growth.svg)"]


def _row(name: str, sizes: Results, key: Sequence[str]) -> list[str]:
    cells = []
    for one in sizes.values():
        value: Any = one
        for part in key:
            value = value.get(part, "") if isinstance(value, dict) else ""
        cells.append(f"{sorted(value)[len(value) // 2]:,}" if isinstance(value, list) else f"{value:,}" if value != "" else "")
    return [name, *cells]

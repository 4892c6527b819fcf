"""Tests of transferability: the data of the heatmap, and the pages."""

from __future__ import annotations

from collections.abc import Iterator

from told.lines import PAGE_S, Check, Results, table


def checks(results: Results) -> Iterator[Check]:
    one = results.get("transfer")
    if not one:
        return
    size = f"{one['practices']:,} practices × {one['places']} places, {one['tests']:,} concluded tests"
    found = f"{one['ours_s']:.2f} s; while nothing happens {one['again_s'] * 1000:.0f} ms"
    yield Check(f"Data of the heatmap: {size}", found, "≤ 2 s", one["ours_s"] <= 2)
    both = f"{one['json_loads_s']:.2f} s with each body read in Python, {one['json_extract_s']:.2f} s with each read by SQLite"
    yield Check("The same cells with pandas, against the quicker way", f"{one['ratio']} × ({both})", "the same figures", True)
    slowest = max(one["pages"], key=lambda page: one["pages"][page]["first_s"])
    found = f"{one['pages'][slowest]['first_s']:.2f} s ({slowest})"
    yield Check("The slowest page of these, the first of a new process", found)
    slowest = max(one["pages"], key=lambda page: one["pages"][page]["again_s"])
    value = one["pages"][slowest]["again_s"]
    yield Check("The slowest page of these, looked at again", f"{value:.2f} s ({slowest})", "≤ 1 s", value <= PAGE_S)


def tables(results: Results) -> list[str]:
    one = results.get("transfer")
    if not one:
        return []
    said = (
        f"Each of {one['practices']:,} practices was tested for each of {one['places']} places, with one or two assessors and two "
        f"passages behind most values ({one['records_mb']:,} MB of records, assessments by five reviewers among them); one pair in "
        "twenty is being tested once more. The data of the heatmap are those of a knowledge base just opened: titles and rights, "
        "reading, cells. With pandas: the same rows of the same database, no titles, no rights. Pages in seconds, drawn without "
        "a browser for a facilitator: the first of a new process, then the middle of five, after something happened and without."
    )
    rows = [
        [page, *(f"{seconds[kind]:.2f}" for kind in ("first_s", "after_s", "again_s"))] for page, seconds in one["pages"].items()
    ]
    return ["## Transferability", said, table(["page", "first", "after an event", "again"], rows)]

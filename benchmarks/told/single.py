"""What is told by a line and has no table: embedding, marking, reading, starting."""

from __future__ import annotations

from collections.abc import Iterator

from told.lines import Check, Results, title

KEPT = 0.995  # of fp32's quality


def of_embedding(results: Results) -> Iterator[Check]:
    if one := results.get("embedding"):
        both = f"{one['passages_per_s']} and {one['torch_passages_per_s']} passages/s of {one['mean_tokens']:.0f} tokens"
        what = f"Embedding against sentence-transformers on torch fp32, same weights ({one['engine']})"
        yield Check(what, f"{one['ratio']} × ({both})", "≥ 4 ×", one["ratio"] >= 4)
        yield Check("Smallest cosine between the two", f"{one['min_cosine']}")
    for name, one in results.get("kept_quality", {}).items():
        found = f"{one['compiled']:.4f} of {one['torch fp32']:.4f}: {one['kept']:.1%}"
        yield Check(f"Hybrid nDCG@10 kept of fp32's, {title(name)}", found, "≥ 99.5 %", one["kept"] >= KEPT)


def of_marking(results: Results) -> Iterator[Check]:
    one = results.get("sentences")
    if not one:
        return
    for name in ("own language", "across languages"):
        count = one[name]
        found = f"{count['precision']:.1%} of {count['marked']:,}, marked in {count['coverage']:.0%} of {count['passages']:,}"
        yield Check(f"XQuAD: the marked sentence is the one that answers, {name}", found, "≥ 95 %", count["precision"] >= 0.95)
    found = f"{one['p50_ms']} ms, p95 {one['p95_ms']} ms"
    yield Check("Marking a page of ten passages, median", found, "≤ 20 ms", one["p50_ms"] <= 20)


def of_reading(results: Results) -> Iterator[Check]:
    if one := results.get("reading"):
        what = f"Text PDFs, {one['pages']} pages of {one['files']} files, one core"
        yield Check(what, f"{one['pages_per_s']:.0f} pages/s", "≥ 20", one["pages_per_s"] >= 20)
        yield Check("Cost of reading in a child process", f"{one['isolation_cost']:.1%}", "≤ 15 %", one["isolation_cost"] <= 0.15)
    if one := results.get("memory"):
        what = "Peak memory of ingesting the real documents, reader included"
        yield Check(what, f"{one['peak_gb']:.2f} GB", "≤ 1.5 GB", one["peak_gb"] <= 1.5)


def of_starting(results: Results) -> Iterator[Check]:
    if one := results.get("shell"):
        yield Check("`kb search` from a cold shell", f"{one['search_cold_s']:.2f} s", "≤ 1.5 s", one["search_cold_s"] <= 1.5)
        yield Check("`import kb`", f"{one['import_kb_s']:.2f} s", "≤ 0.2 s", one["import_kb_s"] <= 0.2)
    if one := results.get("unchanged_folder"):
        what = f"Second ingest of {one['files']:,} unchanged files"
        yield Check(what, f"{one['second_s']:.1f} s", "≤ 3 s", one["second_s"] <= 3)

"""The day's results as a table a person reads, written between two marks of docs/benchmarks.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured: written by benchmarks/run.py -->", "<!-- end of measured -->"


def write(results: dict[str, Any], document: Path) -> None:
    """Replace what stands between the marks."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{BEGIN}\n{table(results)}\n{END}{after}", encoding="utf-8")


def table(results: dict[str, Any]) -> str:
    """A line a promise: what, found, wanted."""
    machine = results["machine"]
    head = (
        f"{results['date']}, `{results['command']}`, {machine['cores']} cores ({', '.join(machine['flags'])}), "
        f"Python {machine['python']}."
    )
    rows = [row for part in (_speed, _start, _quality) for row in part(results)]
    return "\n".join([head, "", "| what | found | aim |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)])


def _speed(results: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = []
    if one := results.get("embedding"):
        both = f"{one['passages_per_s']} and {one['torch_passages_per_s']} passages/s of {one['mean_tokens']:.0f} tokens"
        found = f"{one['ratio']} × ({both})"
        rows.append((f"Embedding against sentence-transformers on torch fp32, same weights ({one['engine']})", found, "≥ 3 ×"))
        rows.append(("Smallest cosine between the two", f"{one['min_cosine']}", ""))
    if one := results.get("reading"):
        rows.append(
            (f"Text PDFs, {one['pages']} pages of {one['files']} files, one core", f"{one['pages_per_s']:.0f} pages/s", "≥ 20")
        )
        rows.append(("Cost of reading in a child process", f"{one['isolation_cost']:.1%}", "≤ 15 %"))
    if one := results.get("latency"):
        found = f"{one['p95_ms']:.0f} ms (median {one['p50_ms']:.0f})"
        rows.append((f"A question over {one['passages']:,} passages, embedding and marking included, p95", found, "≤ 40 ms"))
    return rows


def _start(results: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = []
    if one := results.get("shell"):
        rows.append(("`kb search` from a cold shell", f"{one['search_cold_s']:.2f} s", "≤ 1.5 s"))
        rows.append(("`import kb`", f"{one['import_kb_s']:.2f} s", "≤ 0.2 s"))
    if one := results.get("unchanged_folder"):
        rows.append((f"Second ingest of {one['files']:,} unchanged files", f"{one['second_s']:.1f} s", "≤ 3 s"))
    if one := results.get("memory"):
        rows.append(("Peak memory of ingesting the real documents, reader included", f"{one['peak_gb']:.2f} GB", "≤ 1.5 GB"))
    return rows


def _quality(results: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = []
    for name, one in results.get("kept_quality", {}).items():
        found = f"{one['compiled']:.4f} of {one['torch fp32']:.4f}: {one['kept']:.1%}"
        rows.append((f"Hybrid nDCG@10 kept of fp32's, {name}", found, "≥ 99.5 %"))
    for pair, accuracy in results.get("across_languages", {}).items():
        rows.append((f"XQuAD {pair}, hybrid accuracy@1", f"{accuracy:.3f}", "" if pair == "en→en" else "≥ 0.80"))
    if one := results.get("latency"):
        rows.append(("NPL, hybrid nDCG@10 (10 passages a question)", f"{one['ndcg@10']:.3f}", ""))
    return rows

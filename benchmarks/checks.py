"""What was promised, what was found, and whether it holds: one line each, from the results of a run.

A step that was not measured has no lines.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Results = dict[str, Any]
LEGS = ("lexical", "dense")
SIZES = {"100000": ("100,000", 40), "1000000": ("1,000,000", 60)}  # passages → as written, p95 of a question in ms
FILTERS = ("one_country_of_40", "half_of_the_countries", "one_language", "one_document")
KEPT = 0.995  # of fp32's quality
PAGE_S = 1.0  # that a page may take
SLACK = 0.005  # that the hybrid may lie under the better leg


@dataclass(frozen=True)
class Check:
    """A line of the table. ``holds`` is ``None`` where nothing was promised."""

    what: str
    found: str
    aim: str = ""
    holds: bool | None = None


def checks(results: Results) -> list[Check]:
    """In the order of the table."""
    parts: tuple[Callable[[Results], Iterator[Check]], ...] = (
        _peers,
        _legs,
        _pairs,
        _ingestion,
        _sentence,
        _scale,
        _reading,
        _start,
        _agreement,
        _transfer,
    )
    return [check for part in parts for check in part(results)]


def _peers(results: Results) -> Iterator[Check]:
    found = results.get("peers", {})
    ours = found.get("ours")
    for name, peer in found.items():
        if name == "ours":
            continue
        yield Check(
            f"nDCG@10, mean of the sets, against {title(name)}",
            f"{ours['mean ndcg@10']:.3f} and {peer['mean ndcg@10']:.3f}",
            "more",
            ours["mean ndcg@10"] > peer["mean ndcg@10"],
        )
        mine = ours["ranking p50_ms"], ours["ranking p95_ms"]
        yield Check(
            f"Ten results ranked, p50 and p95, against {title(name)}",
            f"{mine[0]:.0f} and {mine[1]:.0f} ms; {peer['p50_ms']:.0f} and {peer['p95_ms']:.0f} ms",
            "less",
            mine[0] < peer["p50_ms"] and mine[1] < peer["p95_ms"],
        )
        ratio = ours["ingestion documents/s"] / peer["ingestion documents/s"]
        yield Check(f"Documents ingested a second, against {title(name)}", f"{ratio:.1f} ×", "≥ 3 ×", ratio >= 3)


def _legs(results: Results) -> Iterator[Check]:
    sets = results.get("legs", {}).get("english", {})
    for name, legs in sets.items():
        yield _hybrid(f"{title(name)}: hybrid nDCG@10, and the better leg's", legs, "ndcg@10")
    if "cranfield" in sets:
        value = sets["cranfield"]["hybrid"]["ndcg@10"]
        yield Check("Cranfield, hybrid nDCG@10", f"{value:.3f}", "≥ 0.43", value >= 0.43)
    if english := results.get("legs", {}).get("pairs", {}).get("en→en"):
        together = [*sets.values(), english]
        mean = {leg: statistics.fmean(one[leg]["ndcg@10"] for one in together) for leg in (*LEGS, "hybrid")}
        lead = mean["hybrid"] / max(mean[leg] for leg in LEGS) - 1
        told = f"{mean['hybrid']:.4f}; lexical {mean['lexical']:.4f}, dense {mean['dense']:.4f}: {lead:+.1%}"
        yield Check(f"Mean nDCG@10 of {len(together)} English sets, hybrid", told, "≥ 5 % above the better leg's", lead >= 0.05)


def _pairs(results: Results) -> Iterator[Check]:
    pairs = results.get("legs", {}).get("pairs", {})
    if not pairs:
        return
    each = {name: _hybrid(name, legs, "accuracy@1") for name, legs in pairs.items()}
    held = sum(bool(check.holds) for check in each.values())
    lead = {name: _lead(legs, "accuracy@1") for name, legs in pairs.items()}
    worst = min(lead, key=lambda name: lead[name])
    yield Check(
        "XQuAD pairs where the hybrid's accuracy@1 is at least the better leg's less 0.005",
        f"{held} of {len(each)}; the least, {worst}: {lead[worst]:+.3f}",
        "all",
        held == len(each),
    )
    across = {name: pairs[name]["hybrid"]["accuracy@1"] for name in ("de→en", "es→en", "ro→en")}
    mean = statistics.fmean(across.values())
    told = ", ".join(f"{name} {value:.3f}" for name, value in across.items())
    yield Check("XQuAD in other languages on English, hybrid accuracy@1", f"{mean:.3f} ({told})", "≥ 0.86", mean >= 0.86)
    value = pairs["en→en"]["hybrid"]["accuracy@1"]
    yield Check("XQuAD en→en, hybrid accuracy@1", f"{value:.3f}", "≥ 0.96", value >= 0.96)


def _ingestion(results: Results) -> Iterator[Check]:
    if one := results.get("embedding"):
        both = f"{one['passages_per_s']} and {one['torch_passages_per_s']} passages/s of {one['mean_tokens']:.0f} tokens"
        what = f"Embedding against sentence-transformers on torch fp32, same weights ({one['engine']})"
        yield Check(what, f"{one['ratio']} × ({both})", "≥ 4 ×", one["ratio"] >= 4)
        yield Check("Smallest cosine between the two", f"{one['min_cosine']}")
    for name, one in results.get("kept_quality", {}).items():
        found = f"{one['compiled']:.4f} of {one['torch fp32']:.4f}: {one['kept']:.1%}"
        yield Check(f"Hybrid nDCG@10 kept of fp32's, {title(name)}", found, "≥ 99.5 %", one["kept"] >= KEPT)


def _sentence(results: Results) -> Iterator[Check]:
    one = results.get("sentences")
    if not one:
        return
    for name in ("own language", "across languages"):
        count = one[name]
        found = f"{count['precision']:.1%} of {count['marked']:,}, marked in {count['coverage']:.0%} of {count['passages']:,}"
        yield Check(f"XQuAD: the marked sentence is the one that answers, {name}", found, "≥ 95 %", count["precision"] >= 0.95)
    found = f"{one['p50_ms']} ms, p95 {one['p95_ms']} ms"
    yield Check("Marking a page of ten passages, median", found, "≤ 20 ms", one["p50_ms"] <= 20)


def _scale(results: Results) -> Iterator[Check]:
    if one := results.get("latency"):
        found = f"{one['p95_ms']:.0f} ms (median {one['p50_ms']:.0f})"
        what = f"A question over {one['passages']:,} real passages, marking and counts included, p95"
        yield Check(what, found, "≤ 40 ms", one["p95_ms"] <= 40)
    for size, (written, bar) in SIZES.items():
        one = results.get("scale", {}).get(size)
        if not one:
            continue
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


def _reading(results: Results) -> Iterator[Check]:
    if one := results.get("reading"):
        what = f"Text PDFs, {one['pages']} pages of {one['files']} files, one core"
        yield Check(what, f"{one['pages_per_s']:.0f} pages/s", "≥ 20", one["pages_per_s"] >= 20)
        yield Check("Cost of reading in a child process", f"{one['isolation_cost']:.1%}", "≤ 15 %", one["isolation_cost"] <= 0.15)
    if one := results.get("memory"):
        what = "Peak memory of ingesting the real documents, reader included"
        yield Check(what, f"{one['peak_gb']:.2f} GB", "≤ 1.5 GB", one["peak_gb"] <= 1.5)


def _start(results: Results) -> Iterator[Check]:
    if one := results.get("shell"):
        yield Check("`kb search` from a cold shell", f"{one['search_cold_s']:.2f} s", "≤ 1.5 s", one["search_cold_s"] <= 1.5)
        yield Check("`import kb`", f"{one['import_kb_s']:.2f} s", "≤ 0.2 s", one["import_kb_s"] <= 0.2)
    if one := results.get("unchanged_folder"):
        what = f"Second ingest of {one['files']:,} unchanged files"
        yield Check(what, f"{one['second_s']:.1f} s", "≤ 3 s", one["second_s"] <= 3)


def _agreement(results: Results) -> Iterator[Check]:
    if one := results.get("agreement"):
        size = f"{one['practices']} practices × {one['reviewers']} reviewers × {one['criteria']} criteria"
        what = f"Agreement of {size}, with intervals"
        yield Check(what, f"{one['panel_s']:.2f} s", "≤ 3 s", one["panel_s"] <= 3)
        both = f"{one['alpha_s']:.2f} and {one['package_alpha_s']:.1f} s; largest difference {one['largest_difference']:.0e}"
        what = "Its alphas with intervals, against the package krippendorff in a loop of the same draws"
        yield Check(what, f"{one['ratio']} × ({both})", "the same figures", one["largest_difference"] <= 1e-9)
        if pages := one.get("pages"):
            yield from _pages(pages)


def _pages(told: Results) -> Iterator[Check]:
    """The slowest page of assessments; of the first one of a new process nothing is promised."""
    drawn = {(page, actor): seconds for page, by_actor in told["pages"].items() for actor, seconds in by_actor.items()}
    for kind, when, aim in (
        ("again_s", "looked at again", PAGE_S),
        ("after_s", "after somebody did something", PAGE_S),
        ("first_s", "the first of a new process", None),
    ):
        page, actor = max(drawn, key=lambda each: drawn[each][kind])
        value = drawn[page, actor][kind]
        what = f"The slowest page of {told['practices']} assessed practices, {when}"
        yield Check(what, f"{value:.2f} s ({page}, {actor})", "≤ 1 s" if aim else "", value <= aim if aim else None)


def _transfer(results: Results) -> Iterator[Check]:
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


def _lead(legs: dict[str, Any], measure: str) -> float:
    return float(legs["hybrid"][measure] - max(legs[leg][measure] for leg in LEGS))


def _hybrid(what: str, legs: dict[str, Any], measure: str) -> Check:
    best = max(legs[leg][measure] for leg in LEGS)
    return Check(what, f"{legs['hybrid'][measure]:.3f} and {best:.3f}", "≥ − 0.005", _lead(legs, measure) >= -SLACK)


NAMES = {
    "ours": "this project",
    "plain": "a plain script",
    "txtai_hybrid": "txtai",
    "haystack_hybrid": "Haystack",
    "cranfield": "Cranfield",
    "npl": "NPL",
    "climretrieve": "ClimRetrieve",
    "xquad en": "XQuAD en→en",
}


def title(name: str) -> str:
    """A system or set as people write it."""
    return NAMES.get(name, name)

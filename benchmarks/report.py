"""Results as tables a person reads, written between two marks of docs/benchmarks.md and of the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from checks import checks, title

BEGIN, END = "<!-- measured: written by benchmarks/run.py -->", "<!-- end of measured -->"
LEGS = ("lexical", "dense", "hybrid")
HELD = {True: "yes", False: "**no**", None: ""}
SIZES = ("10000", "100000", "1000000")

Results = dict[str, Any]


def write(document: Path, text: str) -> None:
    """Replace what stands between the marks; a document without marks stays as it is."""
    before, begin, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def tables(results: Results) -> str:
    """For docs/benchmarks.md: everything."""
    rows = [[one.what, one.found, one.aim, HELD[one.holds]] for one in checks(results)]
    parts = [_head(results), table(["what", "found", "aim", "held"], rows)]
    for part in (_peers, _legs, _pairs, _golden, _scale, _agreement, _transfer, _matching, _ablation):
        parts += part(results)
    return "\n\n".join(parts)


def short(results: Results) -> str:
    """For the README: the systems side by side."""
    if "peers" not in results:
        return _head(results)
    return "\n\n".join([_head(results), _peer_table(results)])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    top, *lines = (f"| {' | '.join(cells)} |" for cells in [head, *rows])
    return "\n".join([top, "|" + "---|" * len(head), *lines])


def _head(results: Results) -> str:
    machine = results["machine"]
    flags = ", ".join(machine["flags"])
    return f"{results['date']}, `{results['command']}`, {machine['cores']} cores ({flags}), Python {machine['python']}."


def _when(results: Results, step: str) -> str:
    """Of a step that is measured by name: it may be of another day."""
    told = results.get("steps", {}).get(step)
    return f" ({told['at']}, `{told['command']}`)" if told else ""


def _peer_table(results: Results) -> str:
    found = results["peers"]
    sets = list(found["ours"]["ndcg@10"])
    head = ["system", *(title(name) for name in sets), "mean", "documents/s", "p50, p95 in ms", "peak memory"]
    rows = []
    for name, one in found.items():
        quality = [f"{one['ndcg@10'][each]:.3f}" for each in sets]
        ms = f"{one['ranking p50_ms']:.0f}, {one['ranking p95_ms']:.0f}"
        if name == "ours":
            ms += f" ({one['p50_ms']:.0f}, {one['p95_ms']:.0f} with marked sentences and counts)"
        speed = [f"{one['ingestion documents/s']:.1f}", ms, f"{one['peak_gb']:.2f} GB"]
        rows.append([title(name), *quality, f"{one['mean ndcg@10']:.3f}", *speed])
    return table(head, rows)


def _peers(results: Results) -> list[str]:
    if "peers" not in results:
        return []
    versions = "; ".join(
        f"{title(name)}: {', '.join(f'{package} {version}' for package, version in one['versions'].items())}"
        for name, one in results["peers"].items()
    )
    return [
        "## Against others",
        "nDCG@10 on English sets. Ingestion, latency of ten results and peak memory: Cranfield, 1,400 documents and 225 questions, "
        "embedding included, start of the process excluded, each system in a process of its own.",
        _peer_table(results),
        f"Versions. {versions}.",
    ]


def _legs(results: Results) -> list[str]:
    legs = results.get("legs")
    if not legs:
        return []
    sets = dict(legs["english"])
    if english := legs["pairs"].get("en→en"):
        sets["xquad en"] = english
    rows = [[title(name), *(f"{one[leg]['ndcg@10']:.4f}" for leg in LEGS)] for name, one in sets.items()]
    mixed = legs.get("mixed", {})
    for place in ("own language", "other language") if mixed else ():
        name = f"XQuAD, paragraphs in four languages mixed, answer in the question's {place} (accuracy@1)"
        rows.append([name.replace("the question's other", "another"), *(f"{mixed[leg][place]:.4f}" for leg in LEGS)])
    return ["## The legs", "nDCG@10, where nothing else is said.", table(["set", *LEGS], rows)]


def _pairs(results: Results) -> list[str]:
    pairs = results.get("legs", {}).get("pairs", {})
    if not pairs:
        return []
    rows = [[name, *(f"{one[leg]['accuracy@1']:.3f}" for leg in LEGS)] for name, one in pairs.items()]
    return ["XQuAD, accuracy@1, language of the question → language of the paragraphs.", table(["pair", *LEGS], rows)]


def _golden(results: Results) -> list[str]:
    one = results.get("legs", {}).get("golden")
    if not one:
        return []
    measures = ("ndcg@10", "recall@10", "recall@100", "accuracy@1", "mrr")
    rows = [[leg, *(f"{one[leg][name]:.3f}" for name in measures)] for leg in LEGS]
    return [f"The {one['questions']} questions of `corpus/questions`, ranked passages.", table(["leg", *measures], rows)]


def _scale(results: Results) -> list[str]:
    sizes = {size: one for size in SIZES if (one := results.get("scale", {}).get(size))}
    if not sizes:
        return []
    rows = [_row(name, sizes, key) for name, key in SCALE]
    head = ["passages", *(f"{int(size):,}" for size in sizes)]
    said = f"Made-up collections, see `benchmarks/scale.py`; a million is a step by name{_when(results, 'scale_million')}."
    return ["## Cost growth", said, table(head, rows), "![Time of a question, memory and publishing](pictures/cost-growth.svg)"]


SCALE = (  # as written, and where in the results
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


def _row(name: str, sizes: Results, key: Sequence[str]) -> list[str]:
    cells = []
    for one in sizes.values():
        value: Any = one
        for part in key:
            value = value.get(part, "") if isinstance(value, dict) else ""
        cells.append(f"{sorted(value)[len(value) // 2]:,}" if isinstance(value, list) else f"{value:,}" if value != "" else "")
    return [name, *cells]


def _agreement(results: Results) -> list[str]:
    one = results.get("agreement")
    if not one:
        return []
    sizes = list(next(iter(one["coverage"].values())))
    rows = [
        [f"true alpha {true}", *(f"{held[size]['held']:.0%}, {held[size]['mean']:.2f}" for size in sizes)]
        for true, held in one["coverage"].items()
    ]
    said = (
        f"A made-up panel with {one['scores']:,} scores: alpha and AC2 of each criterion, weighted kappa of {one['pairs']} pairs, "
        f"each with {one['draws']:,} draws. Below, of 400 made-up panels of three reviewers: how many had a 95 % interval of alpha "
        "that holds the true one, and their mean alpha."
    )
    parts = ["## Agreement", said, table(["practices", *sizes], rows)]
    return parts + (_pages(one["pages"]) if "pages" in one else [])


def _pages(told: Results) -> list[str]:
    rows = [
        [page, actor, *(f"{seconds[kind]:.2f}" for kind in ("first_s", "after_s", "again_s"))]
        for page, by_actor in told["pages"].items()
        for actor, seconds in by_actor.items()
    ]
    said = (
        f"Pages in seconds, drawn without a browser, with {told['practices']} practices assessed by {told['reviewers']} reviewers "
        f"on {told['criteria']} criteria, about two passages behind each score ({told['records_mb']} MB of records). The first "
        "page of a new process reads all events, sheets and models that it needs; then the middle of five: after something "
        "happened in an assessment, and without."
    )
    return ["### Pages of assessments", said, table(["page", "for a", "first", "after an event", "again"], rows)]


def _transfer(results: Results) -> list[str]:
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


def _matching(results: Results) -> list[str]:
    one = results.get("matching")
    if not one:
        return []
    said = (
        f"{one['needs']} needs and {one['offers']} offers in {len(one['languages'])} languages, made up and judged by one person "
        "before anything was ranked; most answers are in another language than the need. Themes were named by who judged, so one "
        f"line leaves them out. A need's candidates take {one['again_ms']:.0f} ms; the first time, when every text is encoded, "
        f"{one['first_ms']:.0f} ms."
    )
    rows = [[name, *(f"{value:.3f}" for value in found.values())] for name, found in one["quality"].items()]
    return ["## Matches of needs and offers", said, table(["ranked by", "nDCG@5", "recall@5"], rows)]


def _ablation(results: Results) -> list[str]:
    found = results.get("ablation")
    if not found:
        return []
    sets = list(next(iter(found.values())))
    rows = [[name, *(f"{one[each]:.3f}" for each in sets)] for name, one in found.items()]
    said = (
        f"nDCG@10 for the sets, accuracy@1 for XQuAD (every third question){_when(results, 'ablation')}. "
        "Each line changes one thing; nothing is embedded again."
    )
    return ["## What each part brings", said, table(["hybrid", *(title(name) for name in sets)], rows)]

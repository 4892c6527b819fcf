"""``make bench``: measure, compare with other systems in the same run, write the dated results and the tables in the docs.

Judged sets and real documents belong to others and are not part of the project: ``KB_EVAL`` names their folder (default
``../shared/eval``). What needs them is left out, and said so, where they are absent.

``python benchmarks/run.py latency reading`` measures these steps only and keeps the day's other results. Steps that take long are
measured by name only: ``scale_million``, ``ablation``; the newest results of these are kept from run to run, with their date.
``all`` measures these too and keeps nothing: then every figure is of one run. ``report`` only writes the tables again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import plots
import report
from folders import DATA, ROOT
from kept import ALL, BY_NAME, REPORT, RESULTS, keep, start
from plots import PICTURE
from shelf import Shelf

from kb.settings import Settings

Step = Callable[[], Any]


def steps(settings: Settings, shelf: Shelf) -> dict[str, Step]:
    """Name → measures it. What needs sets that are absent is not there. Memory first: the judged sets stay open to the end."""
    import ablation
    import assessment
    import assessment_pages
    import by_command
    import embedding
    import legs
    import matching
    import reading
    import sentences
    import starting
    import transfer

    questions = settings.corpus / "questions"
    told: dict[str, Step] = {
        "shell": lambda: starting.shell(settings),
        "unchanged_folder": lambda: starting.unchanged_folder(settings),
        "agreement": lambda: assessment.agreement() | {"pages": assessment_pages.pages(settings)},
        "transfer": lambda: transfer.transfer(settings),
        "matching": matching.matching_quality,
    }
    if (DATA / "realdocs").is_dir():
        told |= {"reading": lambda: reading.speed(DATA), "memory": lambda: starting.memory(settings, DATA)}
    if "cranfield" in shelf.english:
        told |= {"peers": lambda: peers(settings, shelf)}
    told |= {"scale": lambda: scale(10_000, 100_000), "scale_million": lambda: scale(1_000_000)}
    if "cranfield" in shelf.english:
        told |= {"embedding": lambda: embedding.speed(shelf), "kept_quality": lambda: embedding.kept_quality(shelf)}
    if "npl" in shelf.english:
        told |= {"latency": lambda: embedding.latency(shelf)}
    told |= {
        "legs": lambda: {
            "english": legs.on_english_sets(shelf),
            "pairs": legs.on_pairs(shelf),
            "mixed": legs.on_mixed_languages(shelf),
            "golden": legs.on_golden(shelf, questions),
        }
    }
    if shelf.has_xquad:
        told |= {"sentences": lambda: sentences.marked(shelf)}
    return told | {
        "by_command": lambda: by_command.on_all_sets(settings, DATA),
        "ablation": lambda: ablation.study(shelf, questions),
    }


def peers(settings: Settings, shelf: Shelf) -> dict[str, Any]:
    """Four English sets, XQuAD's among them where it is there."""
    import against_peers

    sets = {name: shelf.one(name) for name in shelf.english}
    if shelf.has_xquad:
        sets["xquad en"] = shelf.pair("en", "en")
    return against_peers.compare(settings, sets)


def scale(*sizes: int) -> dict[str, Any]:
    """Number of passages → what was measured, in processes of their own."""
    command = [sys.executable, str(Path(__file__).with_name("scale.py")), *map(str, sizes)]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found, decoder = {}, json.JSONDecoder()
    for size in sizes:  # one object a size, one after the other
        found[str(size)], end = decoder.raw_decode(told)
        told = told[end:].lstrip()
    return found


def publish(results: dict[str, Any]) -> Path:
    """Write results, picture and tables."""
    target = RESULTS / f"{results['date']}.json"
    target.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if len(results.get("scale", {})) > 1:
        plots.draw(results["scale"], PICTURE)
    report.write(ROOT / "docs" / "benchmarks.md", report.tables(results))
    report.write(ROOT / "README.md", report.short(results))
    return target


def main(chosen: list[str]) -> None:
    settings = Settings.from_env(folder=ROOT)
    shelf = Shelf(settings, DATA)
    known = steps(settings, shelf)
    if absent := [name for name in chosen if name not in known and chosen not in (ALL, REPORT)]:
        there = ", ".join(("all", "report", *known))
        sys.exit(f"No such step here: {', '.join(absent)}. There are: {there}. Judged sets are looked for in {DATA}.")
    if not shelf.english:
        print(f"No judged sets at {DATA}: only what needs none is measured.")
    today = datetime.now(UTC).date().isoformat()
    results = start(chosen, today)
    began = time.perf_counter()
    try:
        for name, step in known.items():
            if name in chosen or chosen == ALL or (not chosen and name not in BY_NAME):
                print(f"{name} …", flush=True)
                step_began = time.perf_counter()
                found = step()
                took = time.perf_counter() - step_began
                keep(results, name, found, took, f"benchmarks/run.py {name}")
                print(f"{name} took {took:.0f} s: {json.dumps(found, ensure_ascii=False)}", flush=True)
                publish(results)  # after each: what was measured stays, whatever comes next
    finally:
        shelf.close()
    target = publish(results)
    took_min = (time.perf_counter() - began) / 60
    print(f"{took_min:.0f} min; written to {target.relative_to(ROOT)}, docs/benchmarks.md and README.md")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Results as tables a person reads, written between two marks of docs/benchmarks.md and of the README."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checks import checks
from told import assessing, by_command, growth, matching, others, ranking, transfer
from told.lines import Results, table

BEGIN, END = "<!-- measured: written by benchmarks/run.py -->", "<!-- end of measured -->"
HELD = {True: "yes", False: "**no**", None: ""}
PARTS: tuple[Callable[[Results], list[str]], ...] = (  # paragraphs and tables, in their order; none of what was not measured
    others.tables,
    ranking.tables,
    by_command.tables,
    growth.tables,
    assessing.tables,
    transfer.tables,
    matching.tables,
    ranking.ablation,
)


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
    return "\n\n".join([*parts, *(text for part in PARTS for text in part(results))])


def short(results: Results) -> str:
    """For the README: the systems side by side."""
    if "peers" not in results:
        return _head(results)
    return "\n\n".join([_head(results), others.side_by_side(results)])


def _head(results: Results) -> str:
    machine = results["machine"]
    flags = ", ".join(machine["flags"])
    return f"{results['date']}, `{results['command']}`, {machine['cores']} cores ({flags}), Python {machine['python']}."

"""What all of these are made of: a promise with what was found, tables, and names as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Results = dict[str, Any]  # step → what it found, as in ``benchmarks/results/``
PAGE_S = 1.0  # that a page may take
NAMES = {  # of systems and sets
    "ours": "this project",
    "plain": "a plain script",
    "txtai_hybrid": "txtai",
    "haystack_hybrid": "Haystack",
    "cranfield": "Cranfield",
    "npl": "NPL",
    "climretrieve": "ClimRetrieve",
    "xquad en": "XQuAD en→en",
    "corpus/questions": "`corpus/questions`",
}


@dataclass(frozen=True)
class Check:
    """A line of the table. ``holds`` is ``None`` where nothing was promised."""

    what: str
    found: str
    aim: str = ""
    holds: bool | None = None


def title(name: str) -> str:
    """A system or set as people write it."""
    return NAMES.get(name, name.replace("xquad ", "XQuAD "))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    top, *lines = (f"| {' | '.join(cells)} |" for cells in [head, *rows])
    return "\n".join([top, "|" + "---|" * len(head), *lines])


def when(results: Results, step: str) -> str:
    """Of a step that is measured by name: it may be of another day."""
    told = results.get("steps", {}).get(step)
    return f" ({told['at']}, `{told['command']}`)" if told else ""

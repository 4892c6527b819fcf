"""What ``kb evaluate`` printed, typed as a person types it."""

from __future__ import annotations

from typing import Any

from told.lines import Results, table, title
from told.ranking import LEGS

SAID = (
    "`kb evaluate --beir …` through the whole path, in processes of their own; XQuAD with `--queries` of one language and "
    "`--corpus` of English paragraphs; the sample's questions with `--golden-only`, over documents, sheets, profiles and the "
    "directory, and with concepts (above, over documents alone). In brackets the 95 % bootstrap interval over questions."
)


def tables(results: Results) -> list[str]:
    """nDCG@10 and accuracy@1 of each leg, the hybrid with its intervals."""
    found = results.get("by_command")
    if not found:
        return []
    parts = ["## By kb evaluate", SAID]
    for measure, name in (("ndcg@10", "nDCG@10"), ("accuracy@1", "accuracy@1")):
        rows = [
            [title(each), str(one["questions"]), *(_cell(one[leg], leg, measure) for leg in LEGS)] for each, one in found.items()
        ]
        parts.append(table([f"{name}, set", "questions", *LEGS], rows))
    return parts


def _cell(leg: dict[str, Any], name: str, measure: str) -> str:
    low, high = leg["intervals"][measure]
    return f"{leg[measure]:.3f}" + (f" ({low:.3f} to {high:.3f})" if name == LEGS[-1] else "")

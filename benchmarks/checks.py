"""What was promised, what was found, and whether it holds: one line each, from the results of a run.

A step that was not measured has no lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from told import assessing, growth, others, ranking, single, transfer
from told.lines import Check, Results

PARTS: tuple[Callable[[Results], Iterator[Check]], ...] = (
    others.checks,
    ranking.checks,
    single.of_embedding,
    single.of_marking,
    growth.checks,
    single.of_reading,
    single.of_starting,
    assessing.checks,
    transfer.checks,
)


def checks(results: Results) -> list[Check]:
    """In the order of the table."""
    return [check for part in PARTS for check in part(results)]

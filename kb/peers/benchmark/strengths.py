"""Strengths and gaps of a practice beside its peers, as values that a page puts into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.peers.benchmark.criteria import Beside, CriterionProfile


@dataclass(frozen=True)
class Difference:
    """A criterion on which a practice stands above or below its peers.

    Attributes:
        n: peers with a score: part of every sentence about it.
        mean: of the peers, with ``low`` and ``high`` of its interval; ``None`` for fewer than three peers.
        lowest: score of a peer, as is ``highest``.
        beyond_interval: what makes it a difference; so does ``beyond_all``.
        is_stale: evidence of the own score, or of a peer's, changed.
    """

    criterion: str
    own: float
    n: int
    mean: float | None
    low: float | None
    high: float | None
    lowest: float
    highest: float
    beyond_interval: bool
    beyond_all: bool
    is_stale: bool


def strengths(criteria: Iterable[CriterionProfile]) -> tuple[Difference, ...]:
    """Where the own score is above, in the rubric's order."""
    return _standing(criteria, Beside.ABOVE)


def gaps(criteria: Iterable[CriterionProfile]) -> tuple[Difference, ...]:
    """Where the own score is below, in the rubric's order."""
    return _standing(criteria, Beside.BELOW)


def _standing(criteria: Iterable[CriterionProfile], wanted: Beside) -> tuple[Difference, ...]:
    return tuple(_difference(each, each.own) for each in criteria if each.beside is wanted and each.own is not None)


def _difference(each: CriterionProfile, own: float) -> Difference:
    scores = [dot.score for dot in each.peers]
    is_stale = each.own_is_stale or any(dot.is_stale for dot in each.peers)
    return Difference(
        each.criterion, own, each.n, each.mean, each.low, each.high, min(scores), max(scores), each.beyond_interval,
        each.beyond_all, is_stale,
    )  # fmt: skip

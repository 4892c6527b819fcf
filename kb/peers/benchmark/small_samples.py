"""The mean of few scores, and how far it can be trusted: Student's t interval.

It holds for scores that scatter like a bell curve; of ten scores in half marks that is an approximation. So the scores themselves
are always shown beside it.

Reference:
    Student (Biometrika 6, 1908, 1-25), doi:10.1093/biomet/6.1.1. Critical values: NIST/SEMATECH e-Handbook of Statistical Methods,
    section 1.3.6.7.2, column 0.975 (https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm), to three decimals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3  # of two scores the interval is almost always wider than the scale: it would tell nothing and look like knowledge
_CRITICAL = (  # by degrees of freedom from 1; 95 % of the distribution lie between minus and plus this value
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_FURTHER = ((100, 1.984), (60, 2.000), (40, 2.021))  # rows of the same table; between two of them the wider one is taken


@dataclass(frozen=True)
class Interval:
    """A mean and its 95 % interval, cut to the scale.

    Attributes:
        n: scores that it is of.
    """

    mean: float
    low: float
    high: float
    n: int


def interval(scores: Sequence[float], lowest: float, highest: float) -> Interval | None:
    """Mean ± t · s / √n, within the scale; ``None`` for fewer than three scores.

    Scores that are all the same have an interval without width: they tell of no scatter, and none is made up.

    Args:
        lowest: of the scale, as is ``highest``: no mean can lie outside.
    """
    n = len(scores)
    if n < FEWEST:
        return None
    mean = math.fsum(scores) / n
    spread = math.sqrt(math.fsum((score - mean) ** 2 for score in scores) / (n - 1))
    half = critical(n - 1) * spread / math.sqrt(n)
    return Interval(mean, max(lowest, mean - half), min(highest, mean + half), n)


def critical(freedom: int) -> float:
    """The critical value of Student's t for a two-sided 95 % interval; between two rows of the table that of the row before.

    Args:
        freedom: degrees of freedom, at least 1.
    """
    if freedom <= len(_CRITICAL):
        return _CRITICAL[freedom - 1]
    return next((value for least, value in _FURTHER if freedom >= least), _CRITICAL[-1])

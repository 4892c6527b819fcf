"""From a coefficient to its estimate: the value, and an interval by drawing practices again and again.

A coefficient is a function of how often each unit counts, so that thousands of draws are a few products of matrices and the value
itself is the draw in which each counts once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.peers.agreement.estimate import Estimate, Why
from kb.peers.agreement.table import Floats, RatingTable

N_DRAWS = 1000
SEED = 20110125  # any will do, and the same always: the same scores have the same interval on every page
LEVEL = 0.95
ROUNDING = 1e-9

Coefficient = Callable[[Floats], Floats]  # (n_draws, n_units) times that each unit counts → (n_draws,), not finite if undefined


def estimate(coefficient: Coefficient, table: RatingTable, *, n_draws: int = N_DRAWS) -> Estimate:
    """The value of ``coefficient`` over the units of ``table``, with its interval, or why there is none.

    The interval is the middle 95 % of what resampled panels give (percentiles). Practices are drawn with replacement, each with all
    its units. Draws without a value, such as those where all scores are equal, are left out. Where they are the most, or all draws
    give the same (as after perfect agreement), there is no interval: one without width would claim to be sure.

    Args:
        n_draws: 0 for no interval.

    Reference:
        Zapf, Castell, Morawietz, Karch (BMC Medical Research Methodology 2016), doi:10.1186/s12874-016-0200-9.
    """
    paired = table.rated(2)
    told = Estimate(None, n_units=len(paired.units), n_practices=len(set(paired.practices)))
    if why := _hindrance(paired, table):
        return replace(told, why=why)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(coefficient(np.ones((1, len(table.units))))[0])
        if not np.isfinite(value):
            return replace(told, why=Why.ALIKE)
        drawn = coefficient(draws(table.practices, n_draws)) if n_draws else np.empty(0)
    drawn = drawn[np.isfinite(drawn)]
    if 2 * len(drawn) <= n_draws or np.ptp(drawn) <= ROUNDING:
        return replace(told, value=value)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return replace(told, value=value, low=low, high=high)


def _hindrance(paired: RatingTable, table: RatingTable) -> Why | None:
    if not paired.units:
        return Why.NO_PAIRS
    if len(set(paired.practices)) < 2:
        return Why.ONE_PRACTICE
    return Why.ONE_VALUE if len(table.levels()) < 2 else None


def draws(practices: tuple[str, ...], n_draws: int) -> Floats:
    """``(n_draws, n_units)``: how often each unit is drawn, when as many practices are drawn with replacement as there are."""
    of_unit = np.unique(practices, return_inverse=True)[1]
    return _times(int(of_unit.max()) + 1, n_draws)[:, of_unit].astype(np.float64)


@lru_cache(maxsize=64)  # half of the time of a panel, in which many tables have as many practices; 0.2 MB each for 200
def _times(n: int, n_draws: int) -> NDArray[np.uint8]:
    """``(n_draws, n)``; no practice is drawn 256 times."""
    picked = np.random.default_rng(SEED).integers(n, size=(n_draws, n))
    picked += np.arange(n_draws)[:, None] * n
    return np.bincount(picked.ravel(), minlength=n_draws * n).reshape(n_draws, n).astype(np.uint8)

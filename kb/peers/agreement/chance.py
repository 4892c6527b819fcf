"""Agreement of any number of raters, corrected for chance: Gwet's AC1 and AC2, and Fleiss' kappa.

They share what was observed and differ in what is expected of chance. Gwet's stays steady where nearly all ratings are the same;
kappa falls to 0 there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kb.peers.agreement.bootstrap import N_DRAWS, estimate
from kb.peers.agreement.estimate import Estimate
from kb.peers.agreement.table import Floats, RatingTable
from kb.peers.agreement.weighting import Weighting, weights

ByChance = Callable[[Floats, Floats], Floats]  # shares of the levels (n_draws, n_levels), weights → (n_draws,) expected agreement


def ac2(
    table: RatingTable,
    *,
    weighting: Weighting = Weighting.ORDINAL,
    levels: Sequence[float] | None = None,
    n_draws: int = N_DRAWS,
) -> Estimate:
    """Gwet's AC2; with ``Weighting.IDENTITY`` it is AC1.

    Args:
        levels: of the whole scale, rising; without them those that were given.

    Raises:
        ValueError: if a rating is not on the scale.

    Reference:
        Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014), chapters 3 to 5.
    """
    return _corrected(table, _of_gwet, weighting, levels, n_draws)


def fleiss_kappa(
    table: RatingTable,
    *,
    weighting: Weighting = Weighting.IDENTITY,
    levels: Sequence[float] | None = None,
    n_draws: int = N_DRAWS,
) -> Estimate:
    """Fleiss' kappa, with Gwet's treatment of gaps and weights; without them it is that of 1971.

    Args:
        levels: of the whole scale, rising; without them those that were given.

    Raises:
        ValueError: if a rating is not on the scale.

    Reference:
        Fleiss (Psychological Bulletin 1971), doi:10.1037/h0031619.
    """
    return _corrected(table, _of_fleiss, weighting, levels, n_draws)


def _of_gwet(shares: Floats, alike: Floats) -> Floats:
    n_levels = len(alike)
    told: Floats = alike.sum() * (shares * (1 - shares)).sum(axis=1) / (n_levels * (n_levels - 1))
    return told


def _of_fleiss(shares: Floats, alike: Floats) -> Floats:
    told: Floats = (shares @ alike * shares).sum(axis=1)
    return told


def _corrected(
    table: RatingTable, by_chance: ByChance, weighting: Weighting, levels: Sequence[float] | None, n_draws: int
) -> Estimate:
    """(observed − expected) / (1 − expected). A unit that one alone rated tells how often a level is given, and no more."""
    rated = table.rated(1)
    scale = levels or rated.levels()
    alike = weights(weighting, len(scale))
    counts = rated.counts(scale)
    n_raters = counts.sum(axis=1)
    is_paired = (n_raters >= 2).astype(np.float64)
    agreed = (counts * (counts @ alike - 1)).sum(axis=1) / np.maximum(n_raters * (n_raters - 1), 1) * is_paired
    shares = counts / n_raters[:, None]

    def coefficient(times: Floats) -> Floats:
        observed = (times @ agreed) / (times @ is_paired)
        expected = by_chance((times @ shares) / times.sum(axis=1, keepdims=True), alike)
        told: Floats = (observed - expected) / (1 - expected)
        return told

    return estimate(coefficient, rated, n_draws=n_draws)

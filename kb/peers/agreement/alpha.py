"""Krippendorff's alpha: any number of raters, gaps, and what the levels of the scale mean."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from kb.peers.agreement.bootstrap import N_DRAWS, Coefficient, estimate
from kb.peers.agreement.estimate import Estimate
from kb.peers.agreement.table import Floats, RatingTable


class Metric(StrEnum):
    """How far two ratings are apart."""

    NOMINAL = "nominal"  # the same or not
    ORDINAL = "ordinal"  # by how many ratings lie between them; scales of marks
    INTERVAL = "interval"  # by their difference
    RATIO = "ratio"  # by their difference, relative to their sum


def alpha(table: RatingTable, metric: Metric = Metric.ORDINAL, *, n_draws: int = N_DRAWS) -> Estimate:
    """1 − observed / expected disagreement, among the units that two or more rated.

    Raises:
        ValueError: if a rating is negative and the metric is of ratios.

    Reference:
        Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), repository.upenn.edu/asc_papers/43.
    """
    paired = table.rated(2)
    if metric is Metric.RATIO and any(level < 0 for level in paired.levels()):
        raise ValueError("a ratio needs ratings of 0 and more")
    return estimate(_coefficient(paired, metric), paired, n_draws=n_draws)


def _coefficient(paired: RatingTable, metric: Metric) -> Coefficient:
    """Sums over pairs of unlike levels; a level is never apart from itself."""
    levels = np.array(paired.levels())
    counts = paired.counts(paired.levels())
    first, second = np.triu_indices(len(levels), 1)
    within = counts[:, first] * counts[:, second] / (counts.sum(axis=1, keepdims=True) - 1)
    met = within.any(axis=0)  # many pairs of levels never meet in a unit

    def coefficient(times: Floats) -> Floats:
        totals = times @ counts
        apart = _apart(totals, levels, metric)
        distances = (apart[:, first] - apart[:, second]) ** 2 if metric is not Metric.NOMINAL else np.ones((1, len(first)))
        if metric is Metric.RATIO:
            distances = distances / (levels[first] + levels[second]) ** 2
        observed = ((times @ within[:, met]) * distances[:, met]).sum(axis=1)
        expected = (totals[:, first] * totals[:, second] * distances).sum(axis=1)
        told: Floats = 1 - (totals.sum(axis=1) - 1) * observed / expected
        return told

    return coefficient


def _apart(totals: Floats, levels: Floats, metric: Metric) -> Floats:
    """``(n_draws or 1, n_levels)``: where each level lies. By rank it is how many ratings lie below the middle of its own."""
    return totals.cumsum(axis=1) - totals / 2 if metric is Metric.ORDINAL else levels[None, :]

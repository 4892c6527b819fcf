"""Kendall's W: whether raters put the units into the same order."""

from __future__ import annotations

import numpy as np

from kb.peers.agreement.bootstrap import estimate
from kb.peers.agreement.estimate import Estimate
from kb.peers.agreement.table import Floats, RatingTable


def kendall_w(table: RatingTable, *, correct_ties: bool = True) -> Estimate:
    """Kendall's coefficient of concordance over the units that all rated, from 0 to 1. It has no interval.

    Args:
        correct_ties: raters who give many units the same rating could not reach 1 otherwise.

    Reference:
        Kendall, Babington Smith (Annals of Mathematical Statistics 1939), doi:10.1214/aoms/1177732186.
    """
    complete = table.complete()
    ranks = _ranks(complete.values)
    n_units, n_raters = ranks.shape

    def coefficient(_times: Floats) -> Floats:
        sums = ranks.sum(axis=1)
        spread = ((sums - sums.mean()) ** 2).sum()
        ties = n_raters * sum(_tied(column) for column in complete.values.T) if correct_ties else 0.0
        return np.array([12 * spread / (n_raters**2 * (n_units**3 - n_units) - ties)])

    return estimate(coefficient, complete, n_draws=0)


def _ranks(values: Floats) -> Floats:
    """Of each column from 1; equal values share the mean of their ranks."""
    below = (values[None, :, :] < values[:, None, :]).sum(axis=1)
    equal = (values[None, :, :] == values[:, None, :]).sum(axis=1)
    told: Floats = below + (equal + 1) / 2
    return told


def _tied(column: Floats) -> float:
    sizes = np.unique(column, return_counts=True)[1]
    return float((sizes**3 - sizes).sum())

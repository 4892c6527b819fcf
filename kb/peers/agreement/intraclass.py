"""Intraclass correlation: how much of the variance of ratings is that of the units."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from kb.peers.agreement.bootstrap import N_DRAWS, estimate
from kb.peers.agreement.estimate import Estimate
from kb.peers.agreement.table import Floats, RatingTable


class Form(StrEnum):
    """Shrout and Fleiss' six: which raters, and one rater's rating (``_1``) or the mean of all (``_k``)."""

    ICC1_1 = "ICC1_1"  # other raters for each unit
    ICC2_1 = "ICC2_1"  # the same, drawn from many
    ICC3_1 = "ICC3_1"  # the same, and no others matter
    ICC1_K = "ICC1_k"
    ICC2_K = "ICC2_k"
    ICC3_K = "ICC3_k"


ROUNDING = 1e-12  # of the whole variance: what is below is rounding


def icc(table: RatingTable, form: Form, *, n_draws: int = N_DRAWS) -> Estimate:
    """Intraclass correlation over the units that all rated; the others are left out.

    Reference:
        Shrout, Fleiss (Psychological Bulletin 1979), doi:10.1037/0033-2909.86.2.420.
    """
    complete = table.complete()
    values = complete.values - (complete.values.mean() if complete.values.size else 0)
    sums, squares = values.sum(axis=1), (values**2).sum(axis=1)
    n_raters = len(table.raters)

    def coefficient(times: Floats) -> Floats:
        n_units = times.sum(axis=1)
        mean_part = (times @ sums) ** 2 / (n_units * n_raters)
        whole = times @ squares - mean_part
        units = times @ sums**2 / n_raters - mean_part
        raters = ((times @ values) ** 2).sum(axis=1) / n_units - mean_part
        between, columns, within, error = (
            np.where(part > ROUNDING * whole, part, 0) for part in (units, raters, whole - units, whole - units - raters)
        )
        free = n_units - 1
        return _ratio(
            form,
            n_units,
            n_raters,
            between / free,
            columns / (n_raters - 1),
            within / (n_units * (n_raters - 1)),
            error / (free * (n_raters - 1)),
        )

    return estimate(coefficient, complete, n_draws=n_draws)


def _ratio(form: Form, n: Floats, k: int, units: Floats, raters: Floats, within: Floats, error: Floats) -> Floats:
    """The formula of ``form`` on mean squares, as in the paper."""
    above, below = {
        Form.ICC1_1: (units - within, units + (k - 1) * within),
        Form.ICC2_1: (units - error, units + (k - 1) * error + k * (raters - error) / n),
        Form.ICC3_1: (units - error, units + (k - 1) * error),
        Form.ICC1_K: (units - within, units),
        Form.ICC2_K: (units - error, units + (raters - error) / n),
        Form.ICC3_K: (units - error, units),
    }[form]
    told: Floats = above / below
    return told

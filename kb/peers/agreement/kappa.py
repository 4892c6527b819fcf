"""Cohen's kappa of two raters, weighted by how far their ratings are apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.peers.agreement.bootstrap import N_DRAWS, estimate
from kb.peers.agreement.estimate import Estimate
from kb.peers.agreement.table import Floats, RatingTable
from kb.peers.agreement.weighting import Weighting, weights


def kappa(
    table: RatingTable,
    first: str,
    second: str,
    *,
    weighting: Weighting = Weighting.IDENTITY,
    levels: Sequence[float] | None = None,
    n_draws: int = N_DRAWS,
) -> Estimate:
    """Cohen's kappa of two raters, over the units that both rated.

    Args:
        levels: of the whole scale, rising; without them those that the two gave these units.

    Raises:
        ValueError: if a rating is not on the scale.

    Reference:
        Cohen (Psychological Bulletin 1968), doi:10.1037/h0026256.
    """
    both = table.by(first, second).complete()
    scale = levels or both.levels()
    apart = 1 - weights(weighting, len(scale))
    places = both.places(scale)
    gave = [(places[:, [rater]] == np.arange(len(scale))).astype(np.float64) for rater in range(2)]
    disagreed = apart[places[:, 0], places[:, 1]]

    def coefficient(times: Floats) -> Floats:
        observed = times @ disagreed
        expected = ((times @ gave[0]) @ apart * (times @ gave[1])).sum(axis=1) / times.sum(axis=1)
        told: Floats = 1 - observed / expected
        return told

    return estimate(coefficient, both, n_draws=n_draws)

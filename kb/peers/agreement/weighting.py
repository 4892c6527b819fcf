"""How much two ratings agree that are not the same, by their places on the scale."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from kb.peers.agreement.table import Floats


class Weighting(StrEnum):
    """What a difference of places costs."""

    IDENTITY = "identity"  # all or nothing
    LINEAR = "linear"  # in proportion to it
    QUADRATIC = "quadratic"  # in proportion to its square
    ORDINAL = "ordinal"  # by the pairs of levels within reach; nearly the square, and needs no distances


def weights(weighting: Weighting, n_levels: int) -> Floats:
    """``(n_levels, n_levels)``: 1 for the same level, down to 0 for the ends of the scale.

    Reference:
        Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014), chapter 3.
    """
    places = np.arange(n_levels)
    apart = np.abs(places[:, None] - places).astype(np.float64)
    cost = {
        Weighting.IDENTITY: np.minimum(apart, 1),
        Weighting.LINEAR: apart,
        Weighting.QUADRATIC: apart**2,
        Weighting.ORDINAL: apart * (apart + 1) / 2,
    }[weighting]
    told: Floats = 1 - cost / cost.max(initial=1)
    return told

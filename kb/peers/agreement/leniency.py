"""Who scores higher or lower than the others who scored the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kb.peers.agreement.table import RatingTable


@dataclass(frozen=True)
class Leniency:
    """How one rater differs from the others.

    Attributes:
        difference: mean over the units of the rating less the mean of the others' ratings, in points of the scale; above 0 is more
            lenient. ``None`` where fewer than two practices tell.
        n: units that the rater and somebody else rated.
    """

    rater: str
    difference: float | None
    n: int


def leniency(table: RatingTable) -> tuple[Leniency, ...]:
    """Of every rater of ``table``, in its order."""
    return tuple(_of(table.rated(2), place) for place in range(len(table.raters)))


def _of(paired: RatingTable, place: int) -> Leniency:
    own = paired.values[:, place]
    mine = np.isfinite(own)
    others = np.delete(paired.values, place, axis=1)[mine]
    practices = {practice for practice, is_mine in zip(paired.practices, mine, strict=True) if is_mine}
    if len(practices) < 2:
        return Leniency(paired.raters[place], None, int(mine.sum()))
    difference = float((own[mine] - np.nanmean(others, axis=1)).mean())
    return Leniency(paired.raters[place], difference, int(mine.sum()))

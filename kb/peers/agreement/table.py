"""Who rated what how: units by raters, with gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RatingTable:
    """Ratings of one thing asked, such as a criterion.

    Attributes:
        units: what was rated, such as assessments.
        practices: of each unit; several units of one practice are drawn together and are no two practices.
        raters: who rated.
        values: ``float64 (n_units, n_raters)``; NaN where a rater gave none.
    """

    units: tuple[str, ...]
    practices: tuple[str, ...]
    raters: tuple[str, ...]
    values: Floats

    @classmethod
    def of(cls, ratings: Mapping[str, Mapping[str, float]], practice_of: Mapping[str, str] | None = None) -> Self:
        """Unit → rater → rating. Units and raters in the order of their names, so that the order given changes nothing.

        Args:
            practice_of: unit → practice; without it each unit is a practice of its own.
        """
        units = tuple(sorted(ratings))
        raters = tuple(sorted({rater for given in ratings.values() for rater in given}))
        rows = [[ratings[unit].get(rater, np.nan) for rater in raters] for unit in units]
        practices = tuple((practice_of or {}).get(unit, unit) for unit in units)
        return cls(units, practices, raters, np.array(rows, np.float64).reshape(len(units), len(raters)))

    @classmethod
    def of_columns(cls, *columns: Sequence[float]) -> Self:
        """Raters' ratings of the same units, NaN where there is none; units and raters are numbered."""
        values = np.array(columns, np.float64).T
        units = tuple(f"{index:06}" for index in range(len(values)))
        return cls(units, units, tuple(f"{index:03}" for index in range(len(columns))), values)

    @property
    def n_ratings(self) -> int:
        """How many ratings there are."""
        return int(np.isfinite(self.values).sum())

    def rated(self, at_least: int) -> Self:
        """Only the units that so many rated."""
        return self._only(np.isfinite(self.values).sum(axis=1) >= at_least)

    def complete(self) -> Self:
        """Only the units that all rated."""
        return self.rated(len(self.raters))

    def by(self, *raters: str) -> Self:
        """Of these raters only, in this order."""
        columns = [self.raters.index(rater) for rater in raters]
        return type(self)(self.units, self.practices, raters, self.values[:, columns])

    def levels(self) -> tuple[float, ...]:
        """The ratings that were given, lowest first."""
        return tuple(np.unique(self.values[np.isfinite(self.values)]).tolist())

    def places(self, levels: Sequence[float]) -> NDArray[np.intp]:
        """``(n_units, n_raters)``: the place of each rating among ``levels``, which rise; −1 where there is none.

        Raises:
            ValueError: if a rating is none of them.
        """
        known = np.array(levels, np.float64)
        places = np.searchsorted(known, self.values).clip(max=len(known) - 1)
        there = np.isfinite(self.values)
        if not np.array_equal(known[places][there], self.values[there]):
            raise ValueError(f"a rating of {sorted(set(self.levels()) - set(levels))} is not on the scale {list(levels)}")
        return np.where(there, places, -1)

    def counts(self, levels: Sequence[float]) -> Floats:
        """``(n_units, n_levels)``: how many raters gave each unit each level."""
        places = self.places(levels)
        counted: Floats = (places[:, :, None] == np.arange(len(levels))).sum(axis=1).astype(np.float64)
        return counted

    def _only(self, wanted: NDArray[np.bool_]) -> Self:
        rows = np.flatnonzero(wanted)
        units, practices = (tuple(names[row] for row in rows) for names in (self.units, self.practices))
        return type(self)(units, practices, self.raters, self.values[rows])

"""Which unknown criteria matter most: what the mean would be if one of them were known to be as bad, or as good, as can be."""

from __future__ import annotations

from dataclasses import dataclass

from kb.peers.transfer.framework import HIGHEST, LOWEST, Framework
from kb.peers.transfer.result import CriterionResult, Result, weight, weighted_mean


@dataclass(frozen=True)
class Unknown:
    """A criterion that nobody could tell.

    Attributes:
        low: the mean if it alone were −2, which would be a blocking constraint besides; ``high``: if it were +2.
    """

    criterion: str
    low: float
    high: float
    is_key: bool

    @property
    def swing(self) -> float:
        """How far the mean can go by it."""
        return self.high - self.low


def what_if(result: Result, framework: Framework) -> tuple[Unknown, ...]:
    """Of each unknown criterion: those that count most first, then in the framework's order.

    All of the same weight move the mean as far: what is left to say of them is said by where the two ends lie.
    """
    by_weight = sorted(result.unknown, key=lambda name: -weight(result.criteria[name], framework))
    return tuple(
        Unknown(name, _mean_with(result, name, LOWEST, framework), _mean_with(result, name, HIGHEST, framework), each.is_key)
        for name in by_weight
        for each in (result.criteria[name],)
    )


def _mean_with(result: Result, criterion: str, value: int, framework: Framework) -> float:
    """The mean if this unknown criterion were worth so much and all others stayed as they are."""
    known = CriterionResult.model_copy(result.criteria[criterion], update={"mean": float(value)})
    mean = weighted_mean({**result.criteria, criterion: known}, framework)
    return float(value) if mean is None else mean

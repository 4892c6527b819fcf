"""How far apart two places are, by what is known of both, and what each indicator adds to it.

Gower's coefficient (Biometrics 27, 1971, 857–871) as a distance, by groups: two answers to one indicator are 0 (the same) to 1
apart, each group of conditions of which anything is known on both sides weighs the same, and so does each indicator within it.
What is not known on both sides adds nothing and takes nothing away: it is left out and told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicator, Indicators, Known, Scale
from kb.peers.contexts.profile import ContextProfile


@dataclass(frozen=True)
class Part:
    """What one indicator adds.

    Attributes:
        apart: how far the two answers are apart, 0 (the same) to 1.
        weight: all weights together are 1.
        share: ``weight × apart``; all shares together are the distance.
    """

    indicator: str
    group: ConditionGroup
    apart: float
    weight: float
    share: float


@dataclass(frozen=True)
class Distance:
    """How far apart two places are.

    Attributes:
        value: 0 (the same in all that is known) to 1; ``None`` where nothing is known of both.
        parts: of each indicator that is known on both sides, in the order in which they are asked.
        unknown: the other indicators, in that order.
        n_all: how many are asked.
    """

    value: float | None
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    n_all: int

    @property
    def n_known(self) -> int:
        """How many indicators are known on both sides."""
        return len(self.parts)

    @property
    def coverage(self) -> float:
        """The share of indicators that are known on both sides, 0 to 1."""
        return self.n_known / self.n_all if self.n_all else 0.0


def distance(a: ContextProfile, b: ContextProfile, indicators: Indicators, all_profiles: Iterable[ContextProfile]) -> Distance:
    """How far ``a`` and ``b`` are apart.

    Args:
        all_profiles: numbers are compared on the range that these and the two span, so that no distance depends on a unit.
    """
    everyone = [a, b, *all_profiles]
    apart = {
        each.indicator: _apart(each, each_a.value, each_b.value, everyone)
        for each in indicators.indicators
        if (each_a := a.value(each.indicator)) and (each_b := b.value(each.indicator))
    }
    per_group = Counter(indicators.indicator(name).group for name in apart)
    parts = []
    for name, how_far in apart.items():
        group = indicators.indicator(name).group
        weight = 1 / (len(per_group) * per_group[group])
        parts.append(Part(name, group, how_far, weight, weight * how_far))
    value = min(1.0, math.fsum(part.share for part in parts)) if parts else None
    unknown = tuple(name for name in indicators.names if name not in apart)
    return Distance(value, tuple(parts), unknown, len(indicators.names))


def _apart(indicator: Indicator, x: Known, y: Known, everyone: Iterable[ContextProfile]) -> float:
    """0 to 1."""
    if isinstance(x, tuple) and isinstance(y, tuple):
        return _jaccard(frozenset(map(str.casefold, x)), frozenset(map(str.casefold, y)))
    if not indicator.measure.is_number:
        return float(x != y)
    numbers = [_on_scale(indicator, found.value) for each in everyone if (found := each.value(indicator.indicator))]
    span = max(numbers) - min(numbers)
    return abs(_on_scale(indicator, x) - _on_scale(indicator, y)) / span if span else 0.0


def _on_scale(indicator: Indicator, value: Known) -> float:
    assert isinstance(value, int | float)  # of an indicator whose measure is a number: profile_flaws sees to that
    return math.log(value) if indicator.scale is Scale.LOG else float(value)


def _jaccard(x: frozenset[str], y: frozenset[str]) -> float:
    """The share of all words that stand on one side only; two empty sets are the same."""
    return 1 - len(x & y) / len(x | y) if x | y else 0.0

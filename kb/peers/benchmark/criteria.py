"""Criterion by criterion: a practice's score beside the scores of its peers.

Only scores that somebody gave count. Who has none for a criterion is left out of it, and how many are there is always told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.peers.benchmark.small_samples import interval

TOLERANCE = 1e-9  # what differs by less differs by rounding only


class Beside(StrEnum):
    """How a score stands beside those of peers."""

    ABOVE = "above"
    AMONG = "among"
    BELOW = "below"
    NOT_SCORED = "not-scored"  # the practice has no score itself
    NO_PEERS = "no-peers"  # no peer has one


@dataclass(frozen=True)
class Dot:
    """The final score of one peer.

    Attributes:
        is_stale: some of its evidence changed, and nobody has looked again.
    """

    practice: str
    score: float
    is_stale: bool = False


@dataclass(frozen=True)
class CriterionProfile:
    """One criterion.

    Attributes:
        own: the practice's final score; ``None`` where it has none.
        peers: of those that have a score, in the order of nearness.
        mean: of the peers, with ``low`` and ``high`` of its 95 % interval within the scale; all ``None`` for fewer than three.
        beside: above or below: outside the interval, or beyond every peer. With few peers that is soon so: tell ``n``.
        beyond_interval: the own score lies outside the interval of the mean.
        beyond_all: it is higher, or lower, than that of every peer.
    """

    criterion: str
    own: float | None
    peers: tuple[Dot, ...]
    mean: float | None
    low: float | None
    high: float | None
    beside: Beside
    beyond_interval: bool
    beyond_all: bool
    own_is_stale: bool = False

    @property
    def n(self) -> int:
        """How many peers have a score."""
        return len(self.peers)


def profiled(
    criteria: Sequence[str],
    own: Mapping[str, float | None],
    peers: Sequence[tuple[str, Mapping[str, float | None]]],
    scale: tuple[float, float],
    *,
    stale: Collection[tuple[str, str]] = (),
    own_stale: Collection[str] = (),
) -> tuple[CriterionProfile, ...]:
    """Every criterion in its order.

    Args:
        own: criterion → final score.
        peers: practice and its final scores, the nearest first.
        scale: its lowest and highest point.
        stale: practice and criterion of peers' scores whose evidence changed.
        own_stale: criteria of own ones.
    """
    return tuple(
        _criterion(
            criterion,
            own.get(criterion),
            tuple(
                Dot(practice, score, (practice, criterion) in stale)
                for practice, scores in peers
                if (score := scores.get(criterion)) is not None
            ),
            scale,
            own_is_stale=criterion in own_stale,
        )
        for criterion in criteria
    )


def _criterion(
    criterion: str, own: float | None, dots: tuple[Dot, ...], scale: tuple[float, float], *, own_is_stale: bool
) -> CriterionProfile:
    scores = [dot.score for dot in dots]
    around = interval(scores, *scale)
    beside, beyond_interval, beyond_all = Beside.NOT_SCORED if own is None else Beside.NO_PEERS, False, False
    if own is not None and scores:
        above = (around is not None and own > around.high + TOLERANCE, own > max(scores) + TOLERANCE)
        below = (around is not None and own < around.low - TOLERANCE, own < min(scores) - TOLERANCE)
        beside = Beside.ABOVE if any(above) else Beside.BELOW if any(below) else Beside.AMONG
        beyond_interval, beyond_all = above[0] or below[0], above[1] or below[1]
    mean, low, high = (around.mean, around.low, around.high) if around else (None, None, None)
    return CriterionProfile(criterion, own, dots, mean, low, high, beside, beyond_interval, beyond_all, own_is_stale)

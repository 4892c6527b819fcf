"""A coefficient of agreement as a value: the figure with its interval, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RELIABLE_FROM, TENTATIVE_FROM = 0.800, 0.667  # Krippendorff, Content Analysis (2004), p. 241; for α only
# Practices; ours. From 15 on, a 95 % interval of α held the truth for 93 to 95 of 100 made-up panels, with 10 for 87 to 92, with 5
# for 68 to 80 (400 panels of three reviewers a size, true α 0.83 and 0.58; 2026-11-22, 2 cores, `benchmarks/assessment.py`).
FEW = 15


class Why(StrEnum):
    """Why there is no figure."""

    NO_PAIRS = "no-pairs"  # nothing was rated by two
    ONE_PRACTICE = "one-practice"  # one practice alone was: how it was scored says nothing about the panel
    ONE_VALUE = "one-value"  # all gave the same score throughout: nobody can tell whether they would tell practices apart
    ALIKE = "alike"  # the practices do not differ, so that the coefficient divides by nothing


class Meaning(StrEnum):
    """What may be done with scores of such agreement."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"  # for tentative conclusions only
    UNRELIABLE = "unreliable"  # do not rely on them


@dataclass(frozen=True)
class Estimate:
    """A coefficient of agreement.

    Attributes:
        value: at most 1, which is perfect; 0 is as by chance, below it is worse; ``None`` where it is not computed, and never 1 for
            that.
        low: of the 95 % interval; ``None`` where there is none: not asked for, or what practices were drawn made no difference, as
            after perfect agreement.
        high: of the same.
        n_units: that two or more rated: assessments.
        n_practices: that these are of.
        why: there is no value; ``None`` where there is one.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n_units: int = 0
    n_practices: int = 0
    why: Why | None = None

    @property
    def is_few(self) -> bool:
        """Whether it rests on so few practices that its interval is too narrow more often than it says."""
        return self.value is not None and self.n_practices < FEW

    @property
    def meaning(self) -> Meaning | None:
        """Of the value, were it α; ``None`` where there is no value."""
        return meaning(self.value)

    @property
    def meaning_at_least(self) -> Meaning | None:
        """Of the lower end of the interval: what may be said with caution."""
        return meaning(self.low)


def meaning(alpha: float | None) -> Meaning | None:
    """What Krippendorff's bounds say of ``alpha``; ``None`` of none."""
    if alpha is None:
        return None
    told = round(alpha, 9)  # sums of tenths fall short of .800 by a bit
    if told >= RELIABLE_FROM:
        return Meaning.RELIABLE
    return Meaning.TENTATIVE if told >= TENTATIVE_FROM else Meaning.UNRELIABLE

"""What a test of transferability comes to. Never a bare number: mean, coverage, range, constraints and spread stay together.

A criterion is worth the mean of those assessors who could tell; a key criterion counts as often as the framework says. What nobody
could tell is in no mean: it lowers the coverage and widens the range. A −2 of anybody is a blocking constraint, whatever the mean.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from kb.peers.assessment.review import Score
from kb.peers.narrative import Part
from kb.peers.transfer.framework import BLOCKING, HIGHEST, LOWEST, Framework, Side
from kb.peers.transfer.framework_parts import Value
from kb.peers.transfer.judgement import CriterionAnswer, Judgement

Count = Annotated[int, Field(ge=0)]


class CriterionResult(Part):
    """What assessors say to one criterion.

    Attributes:
        mean: of the values; ``None``: nobody could tell.
        n_known: assessors who gave a value; ``n_unknown``: who gave none.
        lowest: value of any assessor; so is ``highest``.
        is_key: the practice rests on it.
    """

    mean: Score | None
    n_known: Count
    n_unknown: Count
    lowest: Value | None
    highest: Value | None
    is_key: bool


class SideResult(Part):
    """What the criteria of one side come to; ``n_known`` and ``n_all`` count criteria."""

    mean: Score | None
    n_known: Count
    n_all: Count


class Blocking(Part):
    """A criterion that stands in the way: ``n`` assessors gave −2, ``of`` so many who gave a value."""

    criterion: str
    n: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1)]


class Apart(Part):
    """A criterion on which assessors are far apart, or on opposite sides of 0."""

    criterion: str
    lowest: Value
    highest: Value


class Result(Part):
    """What a test comes to.

    Attributes:
        mean: weighted, over the criteria that are known; ``None`` if none is.
        low: the mean if every unknown criterion were −2; ``high``: if it were +2. They say how much is still open.
        n_known: criteria to which at least one assessor gave a value, of ``n_all``: the coverage.
        by_side: practice, context, process → the same of their criteria alone.
        blocking: criteria to which any assessor gave −2, in the framework's order.
        apart: criteria on which assessors should talk, in the framework's order.
        n_assessors: who handed in.
        criteria: criterion → what was said, in the framework's order.
    """

    mean: Score | None
    low: Score
    high: Score
    n_known: Count
    n_all: Count
    by_side: dict[Side, SideResult]
    blocking: tuple[Blocking, ...]
    apart: tuple[Apart, ...]
    n_assessors: Count
    criteria: dict[str, CriterionResult]  # last: who reads thousands of results stops before it

    @property
    def coverage(self) -> tuple[int, int]:
        """How many criteria are known, of how many."""
        return self.n_known, self.n_all

    @property
    def unknown(self) -> tuple[str, ...]:
        """Criteria to which nobody gave a value, in the framework's order."""
        return tuple(name for name, each in self.criteria.items() if each.mean is None)


def result(judgements: Mapping[str, Judgement], framework: Framework, key: Collection[str]) -> Result:
    """What judgements come to.

    Args:
        judgements: assessor → what was handed in; may be empty. Answers to what the framework does not ask count for nothing.
        key: criteria that the practice rests on.
    """
    given = {name: _given(judgements.values(), name) for name in framework.criterion_names}
    criteria = {name: _of_criterion(values, len(judgements), is_key=name in key) for name, values in given.items()}
    return Result(
        mean=weighted_mean(criteria, framework),
        low=_mean_if(criteria, framework, LOWEST),
        high=_mean_if(criteria, framework, HIGHEST),
        n_known=_n_known(criteria.values()),
        n_all=len(criteria),
        by_side={
            side.side: _of_side({each.criterion: criteria[each.criterion] for each in side.criteria}, framework)
            for side in framework.sides
        },
        blocking=tuple(
            Blocking(criterion=name, n=n, of=len(values)) for name, values in given.items() if (n := values.count(BLOCKING))
        ),
        apart=tuple(
            Apart(criterion=name, lowest=min(values), highest=max(values))
            for name, values in given.items()
            if values and _are_apart(min(values), max(values), framework)
        ),
        n_assessors=len(judgements),
        criteria=criteria,
    )


def weighted_mean(criteria: Mapping[str, CriterionResult], framework: Framework) -> float | None:
    """Of the criteria that are known, a key one as often as the framework says; ``None`` if none is."""
    known = {name: each for name, each in criteria.items() if each.mean is not None}
    return _mean_if(known, framework, 0) if known else None


def weight(criterion: CriterionResult, framework: Framework) -> float:
    """How often it counts in the mean."""
    return framework.key_weight if criterion.is_key else 1.0


def _mean_if(criteria: Mapping[str, CriterionResult], framework: Framework, unknown: float) -> float:
    """The weighted mean of at least one criterion, if every one that nobody knows were worth so much."""
    weights = [weight(each, framework) for each in criteria.values()]
    values = [unknown if each.mean is None else each.mean for each in criteria.values()]
    return math.fsum(one * value for one, value in zip(weights, values, strict=True)) / math.fsum(weights)


def _given(judgements: Iterable[Judgement], criterion: str) -> Sequence[int]:
    answers = (judgement.answers.get(criterion, CriterionAnswer()).known for judgement in judgements)
    return [value for value in answers if value is not None]


def _of_criterion(values: Sequence[int], n_assessors: int, *, is_key: bool) -> CriterionResult:
    return CriterionResult(
        mean=sum(values) / len(values) if values else None,
        n_known=len(values),
        n_unknown=n_assessors - len(values),
        lowest=min(values, default=None),
        highest=max(values, default=None),
        is_key=is_key,
    )


def _of_side(criteria: Mapping[str, CriterionResult], framework: Framework) -> SideResult:
    return SideResult(mean=weighted_mean(criteria, framework), n_known=_n_known(criteria.values()), n_all=len(criteria))


def _n_known(criteria: Iterable[CriterionResult]) -> int:
    return sum(each.mean is not None for each in criteria)


def _are_apart(lowest: int, highest: int, framework: Framework) -> bool:
    return highest - lowest >= framework.apart or lowest < 0 < highest

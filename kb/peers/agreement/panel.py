"""What a panel's scores tell about it: agreement criterion by criterion, reviewer by reviewer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kb.peers.agreement.alpha import alpha
from kb.peers.agreement.bootstrap import N_DRAWS
from kb.peers.agreement.chance import ac2
from kb.peers.agreement.estimate import Estimate
from kb.peers.agreement.kappa import kappa
from kb.peers.agreement.leniency import Leniency, leniency
from kb.peers.agreement.table import RatingTable
from kb.peers.agreement.weighting import Weighting

Scores = Mapping[str, Mapping[str, Mapping[str, float]]]  # assessment → reviewer → criterion → score


@dataclass(frozen=True)
class PairAgreement:
    """Two reviewers who scored the criterion in one assessment or more, and their weighted kappa."""

    first: str
    second: str
    kappa: Estimate


@dataclass(frozen=True)
class CriterionAgreement:
    """How far reviewers agree on one criterion.

    Attributes:
        n_units: assessments in which somebody scored it; how many two scored stands in ``alpha``.
        n_ratings: scores.
        alpha: Krippendorff's, ordinal.
        ac2: Gwet's, ordinal weights, over the whole scale.
        kappas: Cohen's, ordinal weights, over the whole scale; of all pairs who met in a unit, by name.
        leniency: of every reviewer who scored anything in the panel, by name.
    """

    criterion: str
    n_units: int
    n_ratings: int
    alpha: Estimate
    ac2: Estimate
    kappas: tuple[PairAgreement, ...]
    leniency: tuple[Leniency, ...]


def panel_agreement(
    scores: Scores,
    criteria: Sequence[str],
    levels: Sequence[float],
    *,
    practice_of: Mapping[str, str] | None = None,
    reviewers: Collection[str] | None = None,
    n_draws: int = N_DRAWS,
) -> tuple[CriterionAgreement, ...]:
    """Agreement on each of ``criteria``, in their order. Neither the order of assessments nor that of reviewers changes anything.

    Args:
        levels: of the scale, rising.
        practice_of: assessment → practice; without it each assessment is of a practice of its own.
        reviewers: of whom pairs and leniency are told; without it of all. The scores of the others count in the rest.

    Raises:
        ValueError: if a score is not on the scale.
    """
    everybody = {reviewer for panel in scores.values() for reviewer in panel}
    named = sorted(everybody if reviewers is None else everybody & set(reviewers))

    def on(criterion: str) -> CriterionAgreement:
        rows = {
            unit: {reviewer: given[criterion] for reviewer, given in panel.items() if criterion in given}
            for unit, panel in scores.items()
        }
        table = RatingTable.of(rows, practice_of)
        told = {each.rater: each for each in leniency(table)}
        return CriterionAgreement(
            criterion,
            n_units=len(table.rated(1).units),
            n_ratings=table.n_ratings,
            alpha=alpha(table, n_draws=n_draws),
            ac2=ac2(table, levels=levels, n_draws=n_draws),
            kappas=_pairs(table, named, levels, n_draws),
            leniency=tuple(told.get(reviewer, Leniency(reviewer, None, 0)) for reviewer in named),
        )

    return tuple(on(criterion) for criterion in criteria)


def _pairs(table: RatingTable, named: Sequence[str], levels: Sequence[float], n_draws: int) -> tuple[PairAgreement, ...]:
    def both(first: str, second: str) -> Estimate:
        return kappa(table, first, second, weighting=Weighting.ORDINAL, levels=levels, n_draws=n_draws)

    known = [rater for rater in named if rater in table.raters]
    found = (PairAgreement(first, second, both(first, second)) for first, second in combinations(known, 2))
    return tuple(pair for pair in found if pair.kappa.n_units)

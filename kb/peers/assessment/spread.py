"""How far apart reviewers are on each gate and criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.peers.assessment.outcome import reaches
from kb.peers.assessment.review import Answer, GateVerdict, Rating
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment


@dataclass(frozen=True)
class Spread:
    """What reviewers say to a gate or criterion.

    Attributes:
        scores: reviewer → score; whoever gave none is not in it. Withdrawn scores are left out.
        verdicts: reviewer → verdict, of a gate.
        range: highest less lowest score; ``None`` without any.
        is_wide: they have to talk: scores the rubric's ``spread`` apart, or on opposite sides of zero where the scale crosses it;
            a gate answered yes and no.
        is_mixed: somebody could tell and somebody could not.
    """

    item: str
    scores: Mapping[str, float]
    verdicts: Mapping[str, GateVerdict]
    range: float | None
    is_wide: bool
    is_mixed: bool


def spreads(assessment: Assessment, rubric: Rubric) -> tuple[Spread, ...]:
    """Of every gate, then of every criterion, in the rubric's order, over the reviews that are there."""
    gates = tuple(_of_gate(assessment, gate) for gate in rubric.gate_names)
    return gates + tuple(_of_criterion(assessment, rubric, criterion) for criterion in rubric.criterion_names)


def to_settle(assessment: Assessment, rubric: Rubric) -> tuple[str, ...]:
    """Items on which reviewers are far apart and nothing was settled: no conclusion before."""
    return tuple(each.item for each in spreads(assessment, rubric) if each.is_wide and each.item not in assessment.settled)


def verdicts(assessment: Assessment, gate: str) -> dict[str, GateVerdict]:
    """Reviewer → what they say to a gate."""
    answers = {member: submitted.review.gates.get(gate) for member, submitted in assessment.reviews.items()}
    return {member: answer.verdict for member, answer in answers.items() if answer and answer.verdict}


def scores(assessment: Assessment, criterion: str) -> dict[str, float]:
    """Reviewer → score of a criterion; without those who gave none or took it back."""
    answers = {member: _answer(assessment, member, criterion) for member in assessment.reviews}
    return {member: answer.score for member, answer in answers.items() if answer.score is not None}


def _answer(assessment: Assessment, reviewer: str, criterion: str) -> Answer:
    """As submitted; an empty one if it is no score, or one that was taken back."""
    answer = assessment.reviews[reviewer].review.answers.get(criterion, Answer())
    counts = answer.rating is Rating.SCORED and not assessment.is_withdrawn(reviewer, criterion)
    return answer if counts else Answer()


def _of_gate(assessment: Assessment, gate: str) -> Spread:
    said = verdicts(assessment, gate)
    different = set(said.values())
    is_wide = {GateVerdict.YES, GateVerdict.NO} <= different
    return Spread(gate, {}, said, range=None, is_wide=is_wide, is_mixed=GateVerdict.UNCLEAR in different and len(different) > 1)


def _of_criterion(assessment: Assessment, rubric: Rubric, criterion: str) -> Spread:
    given = scores(assessment, criterion)
    if not given:
        return Spread(criterion, {}, {}, range=None, is_wide=False, is_mixed=False)
    low, high = min(given.values()), max(given.values())
    is_wide = reaches(high - low, rubric.spread) or low < 0 < high
    return Spread(criterion, given, {}, high - low, is_wide, is_mixed=len(given) < len(assessment.reviews))

"""What an assessment came to: gates first, thresholds on unweighted scores, weights for ranking only."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kb.peers.assessment.review import GateVerdict, Score
from kb.peers.assessment.rubric import LabelRule, Rubric
from kb.peers.narrative import Part

TOLERANCE = 1e-9  # scores are points of a scale: what differs by less differs by rounding only


class Condition(StrEnum):
    """A kind of condition of a label."""

    GATE = "gate"  # a gate that was not answered yes
    EACH = "each"  # a scored criterion below the least score
    TIER = "tier"  # the mean of a tier's scored criteria
    COVERAGE = "coverage"  # the share of criteria that are scored
    SCORED = "scored"  # a criterion that has to be scored and is not


class Missed(Part):
    """A condition of a better label that did not hold.

    Attributes:
        label: the better one.
        item: gate, criterion or tier; empty for coverage.
        wanted: the threshold; ``None`` where it is no number.
        got: what there is; ``None``: nothing that could be measured.
    """

    label: str
    condition: Condition
    item: str = ""
    wanted: Score | None = None
    got: Score | None = None


class Outcome(Part):
    """What an assessment came to.

    Attributes:
        gates: gate → what the panel says.
        scores: criterion → final score; ``None``: nobody could score it.
        n_scored: criteria with a score.
        n_criteria: of the rubric.
        weighted_mean: of the scores, for ranking only; ``None`` without any.
        impact: unweighted mean of the rubric's impact criteria; ``None`` unless all of them are scored.
        evidence: score of the rubric's criterion of evidence.
        stage: of evidence; empty where the rubric has none, a gate is not passed or a score is absent.
        label: in the rubric's words.
        missed: why it is none of the better labels.
        status: what the practice may be called by the assessment; empty unless the label is a positive one.
        panel: number of reviewers.
    """

    gates: dict[str, GateVerdict]
    scores: dict[str, Score | None]
    n_scored: Annotated[int, Field(ge=0)]
    n_criteria: Annotated[int, Field(ge=0)]
    weighted_mean: Score | None = None
    impact: Score | None = None
    evidence: Score | None = None
    stage: str = ""
    label: str
    missed: tuple[Missed, ...] = ()
    is_positive: bool = False
    status: str = ""
    panel: Annotated[int, Field(ge=0)]

    @property
    def coverage(self) -> tuple[int, int]:
        """How many criteria are scored, of how many."""
        return self.n_scored, self.n_criteria


def outcome(
    rubric: Rubric, gates: Mapping[str, GateVerdict], scores: Mapping[str, float | None], *, panel: int, status: str = ""
) -> Outcome:
    """What final verdicts and scores come to.

    Args:
        gates: gate → verdict; one that is absent is unclear.
        scores: criterion → final score; absent or ``None``: nobody could score it.
        panel: number of reviewers.
        status: what the practice may be called if its label is a positive one.
    """
    all_gates = {gate: gates.get(gate, GateVerdict.UNCLEAR) for gate in rubric.gate_names}
    all_scores = {name: scores.get(name) for name in rubric.criterion_names}
    scored = {name: score for name, score in all_scores.items() if score is not None}
    passes = all(verdict is GateVerdict.YES for verdict in all_gates.values())
    missed = {rule.label: tuple(_missed(rule, rubric, all_gates, scored)) for rule in rubric.labels}
    label = _blocked(rubric, all_gates) or next(
        (rule.label for rule in rubric.labels if not missed[rule.label]), rubric.labels[-1].label
    )
    is_positive = passes and any(rule.label == label and rule.is_positive for rule in rubric.labels)
    impact, evidence, stage = _evidence_stage(rubric, scored)
    return Outcome(
        gates=all_gates,
        scores=all_scores,
        n_scored=len(scored),
        n_criteria=len(all_scores),
        weighted_mean=_weighted_mean(rubric, scored),
        impact=impact,
        evidence=evidence,
        stage=stage if passes else "",
        label=label,
        missed=tuple(each for rule in _better(rubric, label) for each in missed[rule.label]),
        is_positive=is_positive,
        status=status if is_positive else "",
        panel=panel,
    )


def _blocked(rubric: Rubric, gates: Mapping[str, GateVerdict]) -> str:
    """What a practice is called of which a gate is not passed; empty where all are, or where the rubric has no word for it."""
    if rubric.gate_labels is None:
        return ""
    if GateVerdict.NO in gates.values():
        return rubric.gate_labels.no
    return rubric.gate_labels.unclear if GateVerdict.UNCLEAR in gates.values() else ""


def _better(rubric: Rubric, label: str) -> list[LabelRule]:
    """Rules above the label; of one that no rule gives, all that have conditions or are positive."""
    names = [rule.label for rule in rubric.labels]
    end = names.index(label) if label in names else len(names)
    return [rule for rule in rubric.labels[:end] if rule.is_positive or not rule.is_for_all]


def _missed(rule: LabelRule, rubric: Rubric, gates: Mapping[str, GateVerdict], scored: Mapping[str, float]) -> Iterator[Missed]:
    """Conditions of a label that do not hold: gates of positive labels, then thresholds on unweighted scores."""
    if rule.is_positive:
        yield from (_miss(rule, Condition.GATE, gate) for gate, verdict in gates.items() if verdict is not GateVerdict.YES)
    if rule.each is not None:
        yield from (
            _miss(rule, Condition.EACH, name, rule.each, score) for name, score in scored.items() if not reaches(score, rule.each)
        )
    for tier in rubric.tiers:
        names = [criterion.name for criterion in tier.criteria]
        mean = _mean([scored[name] for name in names if name in scored])
        wanted = rule.tiers.get(tier.tier)
        if wanted is not None and not reaches(mean, wanted):
            yield _miss(rule, Condition.TIER, tier.tier, wanted, mean)
        if tier.tier in rule.scored:
            yield from (_miss(rule, Condition.SCORED, name) for name in names if name not in scored)
    share = len(scored) / len(rubric.criteria)
    if rule.coverage is not None and not reaches(share, rule.coverage):
        yield _miss(rule, Condition.COVERAGE, "", rule.coverage, share)


def _miss(rule: LabelRule, condition: Condition, item: str, wanted: float | None = None, got: float | None = None) -> Missed:
    return Missed(label=rule.label, condition=condition, item=item, wanted=wanted, got=got)


def _evidence_stage(rubric: Rubric, scored: Mapping[str, float]) -> tuple[float | None, float | None, str]:
    """Impact, quality of evidence, and the last step that both reach."""
    stages = rubric.stages
    if stages is None:
        return None, None, ""
    impact = _mean([scored[name] for name in stages.impact]) if all(name in scored for name in stages.impact) else None
    evidence = scored.get(stages.evidence)
    reached = [step.stage for step in stages.steps if reaches(impact, step.impact) and reaches(evidence, step.evidence)]
    return impact, evidence, reached[-1] if reached else ""


def _weighted_mean(rubric: Rubric, scored: Mapping[str, float]) -> float | None:
    weights = {criterion.name: criterion.weight for criterion in rubric.criteria if criterion.name in scored}
    if not weights:
        return None
    return math.fsum(weight * scored[name] for name, weight in weights.items()) / math.fsum(weights.values())


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def reaches(got: float | None, wanted: float) -> bool:
    """Whether a threshold is reached, rounding aside; nothing reaches none."""
    return got is not None and got >= wanted - TOLERANCE

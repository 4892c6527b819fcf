"""What a panel says in the end to each gate and criterion: what was settled, else what its reviews say together."""

from __future__ import annotations

from statistics import median

from kb.peers.assessment.outcome import Outcome, outcome
from kb.peers.assessment.review import GateVerdict
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import scores, verdicts
from kb.peers.assessment.state import Assessment, Stage


def conclusion(assessment: Assessment, rubric: Rubric) -> Outcome:
    """What the assessment comes to as it stands now."""
    return outcome(
        rubric,
        final_gates(assessment, rubric),
        final_scores(assessment, rubric),
        panel=len(assessment.reviews),
        status=assessment.status_granted,
    )


def so_far(assessment: Assessment, rubric: Rubric) -> Outcome | None:
    """The outcome, or what it would be now; ``None`` while reviews are awaited that it depends on, or where none is to be seen."""
    if assessment.outcome:
        return assessment.outcome
    is_open = assessment.stage in (Stage.REPLYING, Stage.RECONCILING) and assessment.reviews
    return conclusion(assessment, rubric) if is_open else None


def final_gates(assessment: Assessment, rubric: Rubric) -> dict[str, GateVerdict]:
    """Gate → what was settled; else what all reviewers say; else unclear."""
    return {gate: _gate(assessment, gate) for gate in rubric.gate_names}


def final_scores(assessment: Assessment, rubric: Rubric) -> dict[str, float | None]:
    """Criterion → what was settled; else the median of the scores, without those that were taken back; ``None`` without any."""
    return {criterion: _score(assessment, criterion) for criterion in rubric.criterion_names}


def _gate(assessment: Assessment, gate: str) -> GateVerdict:
    settlement = assessment.settled.get(gate)
    if settlement is not None:
        return settlement.settled.verdict or GateVerdict.UNCLEAR
    said = set(verdicts(assessment, gate).values())
    return said.pop() if len(said) == 1 else GateVerdict.UNCLEAR


def _score(assessment: Assessment, criterion: str) -> float | None:
    settlement = assessment.settled.get(criterion)
    if settlement is not None:
        return settlement.settled.score
    given = scores(assessment, criterion)
    return median(given.values()) if given else None

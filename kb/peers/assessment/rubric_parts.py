"""The parts of a rubric: its scale, what is asked, which labels it gives, and the stages of evidence."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from kb.peers.assessment.rubric_values import MAX_LEVELS, By, Level, Name, Positive, Share, TrueOrFalse, Words, in_order
from kb.peers.narrative import Part, Text
from kb.peers.parts import Date, Line, Many


class Scale(Part):
    """The scores that can be given: from ``lowest`` to ``highest`` in steps."""

    lowest: Level
    highest: Level
    step: Positive

    def levels(self) -> tuple[float, ...]:
        """Every score that can be given, lowest first; the steps lead to the highest exactly."""
        n_steps = round((self.highest - self.lowest) / self.step)
        return tuple(round(self.lowest + index * self.step, 9) + 0.0 for index in range(n_steps + 1))

    def has(self, score: float) -> bool:
        """Whether ``score`` can be given."""
        return score in self.levels()


class WeightsSet(Part):
    """Who set weights and thresholds, when, and why so: before anybody scored."""

    by: Line
    on: Date
    why: Words


class Asked(Part):
    """Something that a reviewer answers for a practice.

    Attributes:
        query: words that find what speaks of it; without them the question is searched.
        fields: of the practice sheet that speak of it.
        source: key of the source that asks the same.
    """

    title: Words
    question: Words
    query: Words | None = None
    fields: Many[Line] = ()
    source: Line

    @property
    def name(self) -> str:
        """Its name among all gates and criteria of the rubric."""
        raise NotImplementedError

    @property
    def standing(self) -> Text:
        """What is searched in the documents of every practice."""
        return self.query or self.question


class Gate(Asked):
    """Something that has to be so before a practice can be called good. Answered yes, no or unclear."""

    gate: Name

    @property
    def name(self) -> str:
        """Its name."""
        return self.gate


class Criterion(Asked):
    """Something that is scored.

    Attributes:
        anchors: score → what a reviewer sees in the documents who gives it; in rising order, lowest and highest at least.
        weight: for ranking practices only; no threshold knows it.
    """

    criterion: Name
    anchors: Annotated[dict[Level, Words], AfterValidator(in_order), Field(min_length=1, max_length=MAX_LEVELS)]
    weight: Positive = 1.0

    @property
    def name(self) -> str:
        """Its name."""
        return self.criterion


class Tier(Part):
    """Criteria that belong together."""

    tier: Name
    title: Words
    criteria: Annotated[Many[Criterion], Field(min_length=1)]


class LabelRule(Part):
    """When a practice is called so: if all conditions hold. Without any it is for all whom no label before it fits.

    Attributes:
        is_positive: whether the label says that the practice is a good one; a gate that is not passed keeps it from those.
        each: no criterion that is scored is below it.
        tiers: tier → the mean of its scored criteria, unweighted, is not below it.
        coverage: so many of all criteria are scored, as a share.
        scored: tiers of which every criterion is scored.
    """

    label: Name
    title: Words
    is_positive: TrueOrFalse = False
    each: Level | None = None
    tiers: By[Level] = Field({})
    coverage: Share | None = None
    scored: Many[Name] = ()

    @property
    def is_for_all(self) -> bool:
        """Whether it has no condition."""
        return self.each is None and not self.tiers and self.coverage is None and not self.scored


class GateLabels(Part):
    """What a practice is called of which a gate was answered no, or unclear (and none no)."""

    no: Name
    unclear: Name


class Step(Part):
    """A stage of evidence, and the least impact and quality of evidence for it."""

    stage: Name
    title: Words | None = None
    impact: Level
    evidence: Level


class Stages(Part):
    """Stages by impact and quality of evidence; the last step whose both conditions hold (Spencer et al. 2013).

    Attributes:
        impact: criteria whose unweighted mean is the impact; all of them have to be scored.
        evidence: criterion whose score is the quality of evidence.
    """

    impact: Annotated[Many[Name], Field(min_length=1)]
    evidence: Name
    steps: Annotated[Many[Step], Field(min_length=1)]

"""A rubric: what reviewers ask of a practice, on which scale, and what an answer is worth.

Gates come first, then criteria in tiers. Labels are given by thresholds on unweighted scores; weights are for ranking only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from kb.peers import names
from kb.peers.assessment.rubric_parts import (
    Asked,
    Criterion,
    Gate,
    GateLabels,
    LabelRule,
    Scale,
    Stages,
    Step,
    Tier,
    WeightsSet,
)
from kb.peers.assessment.rubric_values import By, Name, Positive, Whole, Words, at_most, in_order
from kb.peers.flaws_in_fields import KEY_PATTERN, LANGUAGE_PATTERN
from kb.peers.narrative import LANGUAGE, Part, Text
from kb.peers.parts import MAX_ITEMS, Many, Source
from kb.retrieval.passage import UNDETERMINED

__all__ = ["Asked", "Criterion", "Gate", "GateLabels", "LabelRule", "Rubric", "Scale", "Stages", "Step", "Tier", "WeightsSet"]

MAX_MINUTES = 24 * 60
MAX_MONTHS = 120
MAX_VERSION = 9999


class Rubric(Part):
    """One version of a rubric.

    Attributes:
        rubric: its name in addresses and file names.
        version: one that is in use is never changed; what is changed has a higher one.
        language: of every text that names no language.
        minutes: that a reviewer needs, about.
        spread: reviewers so far apart on a criterion have to talk.
        weights_set: who set weights and thresholds.
        review_after_months: when a conclusion should be looked at again.
        gate_labels: without gates ``None``.
        titles: of labels that no rule gives.
    """

    rubric: Name
    version: Annotated[Whole, at_most(MAX_VERSION)]
    language: Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
    title: Words
    purpose: Words
    minutes: Annotated[Whole, at_most(MAX_MINUTES)]
    scale: Scale
    spread: Positive
    weights_set: WeightsSet
    review_after_months: Annotated[Whole, at_most(MAX_MONTHS)]
    gates: Many[Gate] = ()
    tiers: Annotated[Many[Tier], Field(min_length=1)]
    labels: Annotated[Many[LabelRule], Field(min_length=1)]
    gate_labels: GateLabels | None = None
    titles: By[Words] = Field({})
    stages: Stages | None = None
    sources: Annotated[
        dict[Annotated[str, Field(pattern=KEY_PATTERN, max_length=names.MAX_CHARS)], Source],
        AfterValidator(in_order),
        Field(min_length=1, max_length=MAX_ITEMS),
    ]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The rubric that ``raw`` spells, plain texts taken to be in its language.

        What does not fit between its values is not looked at: :func:`kb.peers.assessment.rubric_flaws.read` does.

        Raises:
            ValidationError: with every fault of its fields.
        """
        language = raw.get("language")
        return cls.model_validate(raw, context={LANGUAGE: language if isinstance(language, str) else UNDETERMINED})

    @classmethod
    def from_canonical(cls, text: str) -> Self:
        """What :meth:`canonical` spelled."""
        return cls.of(json.loads(text))

    def canonical(self) -> str:
        """The one spelling as JSON: how the file is laid out, and its comments, make no difference.

        What nobody has said is left out, so that a key that a later version of the program knows changes no rubric in use.
        """
        return json.dumps(self.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """Of the canonical spelling: two rubrics with the same one ask the same."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Of all tiers, in order."""
        return tuple(criterion for tier in self.tiers for criterion in tier.criteria)

    @property
    def criterion_names(self) -> tuple[str, ...]:
        """In order."""
        return tuple(criterion.criterion for criterion in self.criteria)

    @property
    def gate_names(self) -> tuple[str, ...]:
        """In order."""
        return tuple(gate.gate for gate in self.gates)

    def criterion(self, name: str) -> Criterion:
        """The criterion called so; ``KeyError`` if there is none."""
        return {each.criterion: each for each in self.criteria}[name]

    def gate(self, name: str) -> Gate:
        """The gate called so; ``KeyError`` if there is none."""
        return {each.gate: each for each in self.gates}[name]

    def tier_of(self, criterion: str) -> Tier:
        """The tier that holds a criterion; ``KeyError`` if none does."""
        return {each.criterion: tier for tier in self.tiers for each in tier.criteria}[criterion]

    def levels(self) -> tuple[float, ...]:
        """Every score that can be given, lowest first."""
        return self.scale.levels()

    def title_of(self, label: str) -> Text:
        """What a label is called; ``KeyError`` if the rubric has none of that name."""
        return {**self.titles, **{each.label: each.title for each in self.labels}}[label]

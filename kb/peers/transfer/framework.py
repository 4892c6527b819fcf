"""A transferability framework: what assessors ask about taking a practice over in one target place, and what counts how much.

Three sides: the practice as it is, the two places compared, and how the transfer is led. Every criterion is traced to a published
framework. Answers go from −2 (a constraint) over 0 to +2 (a support).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from kb.peers import names
from kb.peers.assessment.rubric_parts import WeightsSet
from kb.peers.assessment.rubric_values import Name, Positive, Whole, Words, at_most, in_order
from kb.peers.flaws_in_fields import KEY_PATTERN, LANGUAGE_PATTERN
from kb.peers.narrative import LANGUAGE, Part
from kb.peers.parts import MAX_ITEMS, Many, Source
from kb.peers.transfer.framework_parts import (
    BLOCKING,
    HIGHEST,
    LOWEST,
    VALUES,
    Criterion,
    Side,
    SideOfFramework,
    TracedTo,
)
from kb.retrieval.passage import UNDETERMINED

__all__ = ["BLOCKING", "HIGHEST", "LOWEST", "VALUES", "Criterion", "Framework", "Side", "SideOfFramework", "TracedTo"]

MAX_MINUTES = 24 * 60
MAX_VERSION = 9999


class Framework(Part):
    """One version of a framework.

    Attributes:
        framework: its name in addresses and file names.
        version: one that is in use is never changed; what is changed has a higher one.
        language: of every text that names no language.
        minutes: that an assessor needs, about.
        key_weight: a criterion that the practice rests on counts as often in the mean.
        apart: assessors so far apart, or on opposite sides of 0, should talk.
        weights_set: who set both, when and why.
        sides: practice, context and process, in this order.
    """

    framework: Name
    version: Annotated[Whole, at_most(MAX_VERSION)]
    language: Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
    title: Words
    purpose: Words
    minutes: Annotated[Whole, at_most(MAX_MINUTES)]
    key_weight: Positive
    apart: Annotated[Whole, at_most(HIGHEST - LOWEST)]
    weights_set: WeightsSet
    sides: Annotated[Many[SideOfFramework], Field(min_length=1)]
    sources: Annotated[
        dict[Annotated[str, Field(pattern=KEY_PATTERN, max_length=names.MAX_CHARS)], Source],
        AfterValidator(in_order),
        Field(min_length=1, max_length=MAX_ITEMS),
    ]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """The framework that ``raw`` spells, plain texts taken to be in its language.

        What does not fit between its values is not looked at: :func:`kb.peers.transfer.framework_flaws.read` does.

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

        What nobody has said is left out, so that a key that a later version of the program knows changes no framework in use.
        """
        return json.dumps(self.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """Of the canonical spelling: two frameworks with the same one ask the same."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Of all sides, in order."""
        return tuple(criterion for side in self.sides for criterion in side.criteria)

    @property
    def criterion_names(self) -> tuple[str, ...]:
        """In order."""
        return tuple(criterion.criterion for criterion in self.criteria)

    def criterion(self, name: str) -> Criterion:
        """The criterion called so; ``KeyError`` if there is none."""
        return {each.criterion: each for each in self.criteria}[name]

    def side_of(self, name: str) -> SideOfFramework:
        """The side that holds a criterion; ``KeyError`` if none does. Its name is ``side_of(…).side``."""
        return {each.criterion: side for side in self.sides for each in side.criteria}[name]

    def key_for(self, tags: Collection[str]) -> tuple[str, ...]:
        """Criteria that a practice with these tags rests on, in order."""
        return tuple(each.criterion for each in self.criteria if each.condition and each.condition_tag in tags)

    def weight_of(self, name: str, key: Collection[str]) -> float:
        """How often a criterion counts in the mean where those in ``key`` are what the practice rests on."""
        return self.key_weight if name in key else 1.0

"""What one assessor says of taking a practice over in a target place: an answer to each criterion, with evidence of both sides.

These values are kept as JSON in drafts and events. What was handed in is never changed; another one may follow it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kb.peers.assessment.review import MAX_ANSWERS, Comment, Confidence, Pins, Reason
from kb.peers.narrative import Part
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.framework_parts import Criterion, Value

MAX_POINTS = 50  # facilitators, barriers, adaptations: more are no summary
MAX_POINT_CHARS = 2_000

Point = Annotated[str, Field(min_length=1, max_length=MAX_POINT_CHARS)]
Points = Annotated[tuple[Point, ...], Field(max_length=MAX_POINTS)]


class Evidenced(StrEnum):
    """Where evidence is looked for."""

    SOURCE = "source"  # the practice's own documents
    TARGET = "target"  # documents about the target place


class CriterionAnswer(Part):
    """What an assessor says to a criterion; in a draft anything may be absent.

    Attributes:
        value: −2 (a constraint) … 0 … +2 (a support).
        is_unknown: the assessor cannot tell, and says so; then there is no value.
        source_pins: passages of the practice's own documents that speak for the answer or against it.
        target_pins: those of documents about the target.
        none_in_source: the assessor looked for passages there and found none; so does ``none_in_target``.
    """

    value: Value | None = None
    is_unknown: bool = False
    reason: Reason = ""
    confidence: Confidence | None = None
    source_pins: Pins = ()
    target_pins: Pins = ()
    none_in_source: bool = False
    none_in_target: bool = False

    @property
    def known(self) -> int | None:
        """The value, as far as one is given and not said to be unknown."""
        return None if self.is_unknown else self.value


class Adaptation(Part):
    """Something of the practice that would have to be different in the target place, and how."""

    element: Point
    how: Point


class Judgement(Part):
    """All that one assessor says.

    Attributes:
        answers: criterion → answer.
        facilitators: what of the target place would help; ``barriers``: what would hinder.
        core_kept: elements that make the practice what it is and would be kept as they are.
        language: in which the words are written, as BCP 47 primary tag; empty: not said.
    """

    answers: dict[str, CriterionAnswer] = Field(default_factory=dict, max_length=MAX_ANSWERS)
    facilitators: Points = ()
    barriers: Points = ()
    adaptations: Annotated[tuple[Adaptation, ...], Field(max_length=MAX_POINTS)] = ()
    core_kept: Points = ()
    comment: Comment = ""
    language: str = ""


class Need(StrEnum):
    """What keeps an answer from being handed in."""

    ANSWER = "answer"  # neither a value nor that it is unknown
    ONE = "one"  # a value, and that it is unknown
    REASON = "reason"
    CONFIDENCE = "confidence"  # of a value
    EITHER = "either"  # passages are pinned, and none is said to be found
    ASKED = "asked"  # the framework asks no such thing


@dataclass(frozen=True)
class Lack:
    """One thing to do before a judgement can be handed in.

    Attributes:
        item: criterion.
    """

    item: str
    need: Need


def lacking(judgement: Judgement, framework: Framework) -> tuple[Lack, ...]:
    """What keeps ``judgement`` from being handed in, in the framework's order; empty: it can be."""
    names = framework.criterion_names
    lacks = [Lack(name, need) for name in names for need in _needs(judgement.answers.get(name, CriterionAnswer()))]
    return (*lacks, *(Lack(name, Need.ASKED) for name in judgement.answers if name not in names))


def unsupported(judgement: Judgement, framework: Framework) -> tuple[tuple[str, Evidenced], ...]:
    """Criteria with a value and no passage where the framework asks for one, in its order: criterion and side.

    None was found there, or nothing is said of it. What is unknown needs no evidence.
    """
    answers = ((each, judgement.answers.get(each.criterion, CriterionAnswer())) for each in framework.criteria)
    return tuple((each.criterion, side) for each, answer in answers if answer.known is not None for side in _bare(each, answer))


def _bare(criterion: Criterion, answer: CriterionAnswer) -> Iterator[Evidenced]:
    if criterion.source_query is not None and not answer.source_pins:
        yield Evidenced.SOURCE
    if criterion.target_query is not None and not answer.target_pins:
        yield Evidenced.TARGET


def _needs(answer: CriterionAnswer) -> Iterator[Need]:
    if answer.value is None and not answer.is_unknown:
        yield Need.ANSWER
        return
    if answer.value is not None and answer.is_unknown:
        yield Need.ONE
    if not answer.reason:
        yield Need.REASON
    if answer.known is not None and answer.confidence is None:
        yield Need.CONFIDENCE
    if (answer.source_pins and answer.none_in_source) or (answer.target_pins and answer.none_in_target):
        yield Need.EITHER

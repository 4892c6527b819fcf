"""What one reviewer says of a practice: an answer to each gate and criterion, with the passages that speak for it.

These values are kept as JSON in drafts and events. What is submitted is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.peers.assessment.rubric import Rubric
from kb.peers.narrative import Part, flaw
from kb.retrieval.passage import UNDETERMINED

MAX_REASON_CHARS = 5_000
MAX_COMMENT_CHARS = 10_000
MAX_QUOTE_CHARS = 2_000
MAX_PINS = 12  # an item
MAX_ANSWERS = 400  # more than a rubric can have criteria worth asking: stops a script gone wild


def _at_most(limit: int) -> AfterValidator:
    def checked(text: str) -> str:
        if len(text) > limit:
            raise flaw(f"has {len(text)} characters; at most {limit} are taken")
        return text

    return AfterValidator(checked)


def _few(pins: tuple[Pin, ...]) -> tuple[Pin, ...]:
    if len(pins) > MAX_PINS:
        raise flaw(f"has {len(pins)} passages; at most {MAX_PINS} are taken")
    return pins


Reason = Annotated[str, _at_most(MAX_REASON_CHARS)]
Comment = Annotated[str, _at_most(MAX_COMMENT_CHARS)]
Score = Annotated[float, Field(allow_inf_nan=False)]


class Stance(StrEnum):
    """Whether a passage speaks for a good answer or against it."""

    FOR = "for"
    AGAINST = "against"


class Pin(Part):
    """A passage that a reviewer put beside a score.

    Attributes:
        document: its path.
        sha256: of the document's file when it was pinned: another one now makes the score stale.
        quote: a sentence of the passage or all of it, word for word.
        page: as :class:`kb.retrieval.passage.Passage` counts pages; ``None`` where there are none.
        page_label: as printed.
        heading: under which it stands.
        language: of the quote, as BCP 47 primary tag.
    """

    passage_id: str
    document: str
    sha256: str
    quote: Annotated[str, Field(min_length=1), _at_most(MAX_QUOTE_CHARS)]
    page: int | None = None
    page_label: str = ""
    heading: str = ""
    language: str = UNDETERMINED
    stance: Stance


Pins = Annotated[tuple[Pin, ...], AfterValidator(_few)]


class Rating(StrEnum):
    """What kind of answer a criterion got."""

    SCORED = "scored"
    NOT_ASSESSABLE = "not-assessable"  # nobody could tell from what there is
    UNKNOWN = "unknown"  # this reviewer cannot tell


class Confidence(StrEnum):
    """How sure a reviewer is of a score."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Answer(Part):
    """What a reviewer says to a criterion; in a draft anything may be absent.

    Attributes:
        score: on the rubric's scale, for :attr:`Rating.SCORED` only.
        none_found: the reviewer looked for passages and found none.
    """

    rating: Rating | None = None
    score: Score | None = None
    reason: Reason = ""
    confidence: Confidence | None = None
    pins: Pins = ()
    none_found: bool = False


class GateVerdict(StrEnum):
    """What a reviewer says to a gate."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class GateAnswer(Part):
    """A verdict on a gate; in a draft anything may be absent."""

    verdict: GateVerdict | None = None
    reason: Reason = ""
    pins: Pins = ()


class Review(Part):
    """All answers of one reviewer.

    Attributes:
        gates: gate → answer.
        answers: criterion → answer.
        language: in which the reasons are written, as BCP 47 primary tag; empty: not said.
    """

    gates: dict[str, GateAnswer] = Field(default_factory=dict, max_length=MAX_ANSWERS)
    answers: dict[str, Answer] = Field(default_factory=dict, max_length=MAX_ANSWERS)
    comment: Comment = ""
    language: str = ""


class Need(StrEnum):
    """What keeps an answer from being submitted."""

    ANSWER = "answer"  # nothing is said to it
    SCORE = "score"  # it is called scored, and there is no score
    ON_SCALE = "on-scale"  # the score is none of the scale
    NO_SCORE = "no-score"  # there is a score, and it is not called scored
    REASON = "reason"
    CONFIDENCE = "confidence"  # of a score
    EITHER = "either"  # passages are pinned, and none is said to be found
    ASKED = "asked"  # the rubric asks no such thing


@dataclass(frozen=True)
class Lack:
    """One thing to do before a review can be submitted.

    Attributes:
        item: gate or criterion.
    """

    item: str
    need: Need


def lacking(review: Review, rubric: Rubric) -> tuple[Lack, ...]:
    """What keeps ``review`` from being submitted, in the rubric's order; empty: it can be."""
    lacks = [Lack(gate, need) for gate in rubric.gate_names for need in _gate_needs(review.gates.get(gate, GateAnswer()))]
    for name in rubric.criterion_names:
        lacks += [Lack(name, need) for need in _needs(review.answers.get(name, Answer()), rubric)]
    strangers = [name for name in review.gates if name not in rubric.gate_names]
    strangers += [name for name in review.answers if name not in rubric.criterion_names]
    return (*lacks, *(Lack(name, Need.ASKED) for name in strangers))


def unsupported(review: Review, rubric: Rubric) -> tuple[str, ...]:
    """Criteria that are scored without a passage, in the rubric's order: none was found, or nothing is said of it."""
    answers = ((name, review.answers.get(name, Answer())) for name in rubric.criterion_names)
    return tuple(name for name, answer in answers if answer.rating is Rating.SCORED and not answer.pins)


def _gate_needs(answer: GateAnswer) -> Iterator[Need]:
    if answer.verdict is None:
        yield Need.ANSWER
    elif not answer.reason:
        yield Need.REASON


def _needs(answer: Answer, rubric: Rubric) -> Iterator[Need]:
    if answer.rating is None:
        yield Need.ANSWER
        return
    if answer.rating is not Rating.SCORED:
        if answer.score is not None:
            yield Need.NO_SCORE
    elif answer.score is None:
        yield Need.SCORE
    elif not rubric.scale.has(answer.score):
        yield Need.ON_SCALE
    if not answer.reason:
        yield Need.REASON
    if answer.rating is Rating.SCORED and answer.confidence is None:
        yield Need.CONFIDENCE
    if answer.pins and answer.none_found:
        yield Need.EITHER

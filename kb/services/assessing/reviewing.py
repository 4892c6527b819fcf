"""A reviewer answers the rubric, item by item, in a draft that nobody else sees, and submits it when nothing is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kb.errors import Conflict, InvalidEntry, NotFound, PermissionDenied
from kb.peers.assessment.events import Submitted
from kb.peers.assessment.given import checked
from kb.peers.assessment.review import Answer, GateAnswer, Lack, Need, Pin, Review, lacking, unsupported
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment
from kb.services import practices
from kb.services.assessing.adding import append
from kb.services.assessing.evidence_now import EvidenceNow, is_hidden
from kb.services.assessing.loading import assessment_for, rubric_of
from kb.services.assessing.practice_passages import documents_of
from kb.services.clock import now
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import Draft

if TYPE_CHECKING:
    from kb.services.practices import Listed

Given = Answer | GateAnswer | Mapping[str, object]
Said = TypeVar("Said", Answer, GateAnswer)
KIND = "review"  # of a draft
REVIEW = "review practices"
NEEDS = {
    Need.ANSWER: "has no answer",
    Need.SCORE: "has no score",
    Need.ON_SCALE: "has a score that is none of the scale",
    Need.NO_SCORE: "has a score and is said to have none",
    Need.REASON: "has no reason",
    Need.CONFIDENCE: "does not say how sure you are",
    Need.EITHER: "has passages and is said to have none",
    Need.ASKED: "is not asked by the rubric",
}


@dataclass(frozen=True)
class Desk:
    """What a reviewer works on.

    Attributes:
        assessment: as this reviewer may see it now.
        review: the draft; what was submitted, once it is. Pins of documents that are hidden from the reviewer by now are empty.
        version: of the draft; 0 before anything was kept. What is kept next has to name it.
        lacking: what is to be done before it can be submitted.
        unsupported: criteria that are scored without a passage.
        practice: ``None`` where its sheet was removed.
    """

    assessment: Assessment
    rubric: Rubric
    review: Review
    version: int
    is_submitted: bool
    lacking: tuple[Lack, ...]
    unsupported: tuple[str, ...]
    practice: Listed | None


def desk(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> Desk:
    """The actor's own review of an assessment.

    Raises:
        NotFound: if there is no such assessment.
        PermissionDenied: if the actor has no seat on its panel, or gave it back.
    """
    require(actor, Role.REVIEWER, REVIEW)
    assessment = _seated(kb, assessment_id, actor)
    rubric = rubric_of(kb, assessment, actor=actor)
    submitted = assessment.reviews.get(actor.name)
    review, version = (submitted.review, 0) if submitted else _draft(kb, assessment_id, actor)
    shown = EvidenceNow(kb, actor).for_eyes(review, own=True)
    return Desk(
        assessment,
        rubric,
        shown,
        version,
        submitted is not None,
        () if submitted else lacking(review, rubric),
        unsupported(review, rubric),
        _practice(kb, assessment.practice, actor),
    )


def keep_answer(
    kb: KnowledgeBase,
    assessment_id: str,
    item: str,
    answer: Given,
    *,
    version: int,
    actor: Member,
) -> Desk:
    """Keep what the actor says to a gate or criterion so far, in the draft. Returns the desk with the draft's new version.

    Args:
        answer: whole, or its values by name.
        version: of the draft that was read.

    Raises:
        PermissionDenied: if the actor has no seat on the panel.
        InvalidEntry: if the rubric does not ask for ``item``, or the answer cannot be kept, with all that is wrong.
        Conflict: if the draft was kept elsewhere since, or the review was submitted.
    """
    require(actor, Role.REVIEWER, REVIEW)
    assessment = _seated(kb, assessment_id, actor)
    rubric = rubric_of(kb, assessment, actor=actor)
    before, _ = _draft(kb, assessment_id, actor)
    if item in rubric.gate_names:
        gate = _answer(kb, assessment, item, answer, before.gates.get(item, GateAnswer()), actor)
        _keep(kb, assessment, lambda review: review.model_copy(update={"gates": {**review.gates, item: gate}}), version, actor)
    elif item in rubric.criterion_names:
        said = _answer(kb, assessment, item, answer, before.answers.get(item, Answer()), actor)
        _keep(kb, assessment, lambda review: review.model_copy(update={"answers": {**review.answers, item: said}}), version, actor)
    else:
        raise InvalidEntry(f"The rubric {rubric.rubric} does not ask for “{item[:60]}”.")
    return desk(kb, assessment_id, actor=actor)


def keep_comment(kb: KnowledgeBase, assessment_id: str, comment: str, *, version: int, actor: Member, language: str = "") -> Desk:
    """Keep what the actor says to the practice as a whole, and in which language the reasons are written.

    Raises:
        As :func:`keep_answer`.
    """
    require(actor, Role.REVIEWER, REVIEW)
    assessment = _seated(kb, assessment_id, actor)
    said, faults = checked(Review, {"comment": comment, "language": language})
    if said is None:
        raise InvalidEntry(f"The comment cannot be kept: {'; '.join(faults)}.")
    update = {"comment": said.comment, "language": said.language}
    _keep(kb, assessment, lambda review: review.model_copy(update=update), version, actor)
    return desk(kb, assessment_id, actor=actor)


def submit(kb: KnowledgeBase, assessment_id: str, *, version: int, actor: Member) -> str:
    """Hand in the draft: it is never changed any more, and from now on the actor sees the others'. Returns the assessment's id.

    The reply of the owner is opened with the last review.

    Args:
        version: of the draft that was read.

    Raises:
        PermissionDenied: if the actor has no seat on the panel.
        InvalidEntry: with all that is missing, or if the reviewing has not begun. A score without a passage is no fault.
        Conflict: if it was submitted already, or the draft was kept elsewhere since.
    """
    require(actor, Role.REVIEWER, REVIEW)
    assessment = _seated(kb, assessment_id, actor)
    rubric = rubric_of(kb, assessment, actor=actor)
    with kb.records() as records:
        kept = records.drafts.get(actor.name, KIND, assessment_id)
        if kept is None and actor.name in assessment.reviews:
            raise _submitted_already()
        review = Review.model_validate_json(kept.text) if kept else Review()
        if (kept.version if kept else 0) != version:
            raise _elsewhere(assessment_id)
        if lacks := lacking(review, rubric):
            raise InvalidEntry(f"The review cannot be submitted: {'; '.join(f'{each.item} {NEEDS[each.need]}' for each in lacks)}.")
        append(records, assessment_id, Submitted(review=review), actor)
        records.drafts.remove(actor.name, KIND, assessment_id)
    return assessment_id


def _seated(kb: KnowledgeBase, assessment_id: str, actor: Member) -> Assessment:
    assessment = assessment_for(kb, assessment_id, actor=actor)
    seat = assessment.seat(actor.name)
    if seat is None or not seat.is_live:
        raise PermissionDenied(f"{actor.name} has no seat on the panel of {assessment_id}. A facilitator invites reviewers.")
    return assessment


def _draft(kb: KnowledgeBase, assessment_id: str, actor: Member) -> tuple[Review, int]:
    with kb.records() as records:
        kept = records.drafts.get(actor.name, KIND, assessment_id)
    return (Review.model_validate_json(kept.text), kept.version) if kept else (Review(), 0)


def _keep(kb: KnowledgeBase, assessment: Assessment, change: Callable[[Review], Review], version: int, actor: Member) -> None:
    if actor.name in assessment.reviews:
        raise _submitted_already()
    with kb.records() as records:
        kept = records.drafts.get(actor.name, KIND, assessment.id)
        review = change(Review.model_validate_json(kept.text) if kept else Review())
        text = review.model_dump_json()
        put = records.drafts.put(Draft(actor.name, KIND, assessment.id, text, assessment.opened_at_utc, now(), version))
    if put is None:
        raise _elsewhere(assessment.id)


def _answer(kb: KnowledgeBase, assessment: Assessment, item: str, given: Given, before: Said, actor: Member) -> Said:
    """An answer as it will be kept. Pins of before that are hidden from its author by now are put back behind the rest."""
    evidence = EvidenceNow(kb, actor)
    values = dict(given)
    hidden: list[Pin] = [pin for pin in before.pins if not evidence.may_read(pin, own=True)]
    shown: list[object] = [pin for pin in _list(values.get("pins")) if not (isinstance(pin, Pin) and is_hidden(pin))]
    answer, faults = checked(type(before), {**values, "pins": [*map(_plain, shown), *map(_plain, hidden)]})
    if answer is None:
        raise InvalidEntry(f"The answer to {item} cannot be kept: {'; '.join(faults)}.")
    own = {document.path for document in documents_of(kb, assessment.practice, actor=actor).documents.values()}
    strange = [pin for pin in answer.pins if pin not in before.pins and not (pin.document in own and evidence.holds(pin))]
    if strange:
        named = ", ".join(dict.fromkeys(pin.document[:100] for pin in strange))
        raise InvalidEntry(f"A pinned passage is not in the practice’s documents now ({named}). Take it out, or pin another.")
    return answer


def _practice(kb: KnowledgeBase, name: str, actor: Member) -> Listed | None:
    try:
        return practices.listed(kb, name, actor=actor)
    except NotFound:
        return None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _plain(value: object) -> object:
    return value.model_dump() if isinstance(value, Pin) else value


def _submitted_already() -> Conflict:
    return Conflict("You have submitted your review. It stays as it is.")


def _elsewhere(assessment_id: str) -> Conflict:
    return Conflict(f"Your review of {assessment_id} was kept elsewhere meanwhile, perhaps in another window. Open it again.")

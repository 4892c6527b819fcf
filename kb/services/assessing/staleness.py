"""Scores whose evidence changed: a pinned document is another one now, or the words are gone. Their reviewers look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.errors import InvalidEntry
from kb.peers.assessment.events import Reconfirmed, Standing
from kb.peers.assessment.review import MAX_PINS, Pin, Rating
from kb.peers.assessment.state import Assessment
from kb.services.assessing.adding import added
from kb.services.assessing.evidence_now import EvidenceNow, Now, is_hidden
from kb.services.assessing.loading import LOOK, assessment_for, assessments_for
from kb.services.assessing.opening import reason as checked_reason
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require

CONFIRM = "look again at scores"


@dataclass(frozen=True)
class StaleScore:
    """A score with a pin that is not as it was.

    Attributes:
        assessment: its id.
        criterion: or gate.
        reviewer: as the asker may know them.
        why: :attr:`Now.CHANGED` or :attr:`Now.GONE`.
    """

    assessment: str
    practice: str
    criterion: str
    reviewer: str
    pin: Pin
    why: Now


def stale(kb: KnowledgeBase, *, actor: Member, assessment: str = "") -> list[StaleScore]:
    """Stale scores that the actor may see, by assessment, in the order of submission; of one assessment if its id is given.

    Raises:
        NotFound: if there is no such assessment.
    """
    require(actor, Role.MEMBER, LOOK)
    found = [assessment_for(kb, assessment, actor=actor)] if assessment else assessments_for(kb, actor=actor)
    evidence = EvidenceNow(kb, actor)
    return [each for one in found for each in stale_of(one, evidence, actor)]


def reconfirm(kb: KnowledgeBase, assessment_id: str, criterion: str, *, stands: bool, reason: str, actor: Member) -> None:
    """Say of an own score whose evidence changed that it stands, or take it back. The review stays as it was submitted.

    Of a score that stands, the pins are those whose words are found again, with the documents as they are now.

    Raises:
        NotFound: if there is no such assessment.
        InvalidEntry: if it is not the actor's score, or it is not said why, or nothing of its evidence changed.
    """
    require(actor, Role.REVIEWER, CONFIRM)
    assessment = assessment_for(kb, assessment_id, actor=actor)
    evidence = EvidenceNow(kb, actor)
    before = pins_of(assessment, actor.name, criterion)
    if actor.name in assessment.reviews and not any(evidence.now(pin, own=True).is_stale for pin in before):
        raise InvalidEntry(f"Nothing of the evidence for {criterion[:60]} has changed. There is nothing to look at again.")
    body = Reconfirmed(
        criterion=criterion,
        verdict=Standing.STANDS if stands else Standing.WITHDRAWN,
        pins=tuple(found_again(before, evidence)) if stands else (),
        reason=checked_reason(reason),
    )
    added(kb, assessment_id, body, actor=actor)


def stale_of(assessment: Assessment, evidence: EvidenceNow, actor: Member) -> Iterator[StaleScore]:
    """Of one assessment as the actor may see it. A score that was taken back is not stale: it counts no more."""
    for reviewer, submitted in assessment.reviews.items():
        for criterion, answer in submitted.review.answers.items():
            if answer.rating is not Rating.SCORED or assessment.is_withdrawn(reviewer, criterion):
                continue
            for pin in pins_of(assessment, reviewer, criterion):
                if is_hidden(pin) or evidence.is_as_it_was(pin):
                    continue
                now = evidence.now(pin, own=reviewer == actor.name)
                if now.is_stale:
                    yield StaleScore(assessment.id, assessment.practice, criterion, reviewer, pin, now.now)


def unsupported_of(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Reviewer and criterion of every score that counts and has no passage now."""
    for reviewer, submitted in assessment.reviews.items():
        for criterion, answer in submitted.review.answers.items():
            counts = answer.rating is Rating.SCORED and not assessment.is_withdrawn(reviewer, criterion)
            if counts and not pins_of(assessment, reviewer, criterion):
                yield reviewer, criterion


def pins_of(assessment: Assessment, reviewer: str, criterion: str) -> tuple[Pin, ...]:
    """The evidence of a score as it stands: that of the last look at it, else that of the review."""
    again = assessment.reconfirmed.get((reviewer, criterion))
    if again is not None:
        return again.reconfirmed.pins
    submitted = assessment.reviews.get(reviewer)
    answer = submitted.review.answers.get(criterion) if submitted else None
    return answer.pins if answer else ()


def found_again(pins: Iterable[Pin], evidence: EvidenceNow) -> list[Pin]:
    """Those whose words still stand somewhere, with passage, document and hash as they are now."""
    found = []
    for pin in pins:
        now = evidence.now(pin, own=True)
        if now.is_there and now.document is not None:
            update = {"passage_id": now.passage_id or pin.passage_id, "document": now.document.path, "sha256": now.document.sha256}
            found.append(pin.model_copy(update=update))
    return found[:MAX_PINS]

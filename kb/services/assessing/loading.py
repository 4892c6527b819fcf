"""Assessments as one member may see them: events, less what this reader is blind to, folded; pins, less what may not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from kb.errors import NotFound, UnusableRecords
from kb.peers.assessment.blinding import Reader, visible
from kb.peers.assessment.events import Body, Event, read
from kb.peers.assessment.folding import fold
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment
from kb.retrieval.writable import one_line
from kb.services import rubrics
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import StoredEvent, UnitOfWork

LOOK = "see assessments"
KEPT = 400  # assessments whose events are kept as read: 1 MB each with five reviews of twenty criteria
BODIES = 2048  # of events, shared by an assessment before and after something more happened to it
READERS = 50  # for whom one is kept as folded


@dataclass(frozen=True, eq=False)
class _Past:
    """All events of one assessment, read, and what they come to for those who looked at it."""

    assessment: str
    events: tuple[Event, ...]
    _seen: dict[Reader, Assessment] = field(default_factory=dict)

    def seen(self, reader: Reader) -> Assessment:
        """By reader: what one may see is never another's."""
        found = self._seen.get(reader)
        if found is None:
            found = fold(self.assessment, visible(self.events, reader))
            if len(self._seen) >= READERS:
                self._seen.clear()
            self._seen[reader] = found
        return found


def reader_of(actor: Member) -> Reader:
    """The member as the rules of blindness know members."""
    return Reader(actor.name, Role.FACILITATOR in actor.roles, actor.organisation)


def assessment_for(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> Assessment:
    """One assessment, as far as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        past = _past_of(records, assessment_id)
    return _for_eyes(past, actor, EvidenceNow(kb, actor))


def assessments_for(kb: KnowledgeBase, *, actor: Member, ids: Iterable[str] | None = None) -> list[Assessment]:
    """All assessments by id, or these in their order, each as far as the actor may see it; what is none is left out.

    Who needs no words of them asks :mod:`kb.services.assessing.outlines`.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        stored = records.assessments.everyone() if ids is None else [each for name in ids for each in records.assessments.of(name)]
    evidence = EvidenceNow(kb, actor)
    by_id = (tuple(own) for _, own in groupby(stored, key=lambda each: each.assessment))
    return [_for_eyes(_past(own), actor, evidence) for own in by_id]


def all_events(records: UnitOfWork, assessment_id: str) -> list[Event]:
    """Everything that happened: to decide whether a move may be made, and never to be shown.

    Raises:
        NotFound: if there is no such assessment.
    """
    return list(_past_of(records, assessment_id).events)


def rubric_of(kb: KnowledgeBase, assessment: Assessment, *, actor: Member) -> Rubric:
    """The rubric that an assessment was opened with, less the names of documents that the actor may not see."""
    return rubrics.rubric(kb, assessment.rubric, assessment.version, actor=actor)


def rubric_in_use(records: UnitOfWork, name: str, version: int) -> Rubric:
    """A rubric in use, word by word: to decide, and never to be shown.

    Raises:
        NotFound: if this version was never used.
    """
    kept = records.rubrics.get(name, version)
    if kept is None:
        raise NotFound(f"The rubric {name}, version {version}, is not in use. See the rubrics: kb rubric list")
    return rubrics.spelled(kept.text)


def _past_of(records: UnitOfWork, assessment_id: str) -> _Past:
    named = one_line(assessment_id)
    stored = records.assessments.of(assessment_id) if named == assessment_id else []  # else no database can be asked for it
    if not stored:
        raise NotFound(f"There is no assessment “{named[:80]}”. See the list: kb assess list")
    return _past(tuple(stored))


@lru_cache(maxsize=KEPT)  # by content, word by word: nothing can be out of date, whatever database it comes from
def _past(stored: tuple[StoredEvent, ...]) -> _Past:
    events = (Event(each.seq, each.member, each.at_utc, _body(each.kind, each.body), each.is_demo) for each in stored)
    return _Past(stored[0].assessment, tuple(events))


def body_of(kind: str, text: str) -> Body:
    """What an event did.

    Raises:
        UnusableRecords: if this version of the program does not know it.
    """
    try:
        return read(kind, text)
    except ValueError as error:
        raise UnusableRecords(
            f"An event of an assessment ({kind[:40]}) is of a newer version of the program. Update it."
        ) from error


_body = lru_cache(maxsize=BODIES)(body_of)


def _for_eyes(past: _Past, actor: Member, evidence: EvidenceNow) -> Assessment:
    """What the actor may see: of reviews that may be read, without words of documents that may not.

    Which documents may be read is looked up each time: it is not kept with what was folded.
    """
    seen = past.seen(reader_of(actor))
    reviews = {
        name: replace(each, review=evidence.for_eyes(each.review, own=name == actor.name)) for name, each in seen.reviews.items()
    }
    reconfirmed = {
        key: replace(
            each,
            reconfirmed=each.reconfirmed.model_copy(
                update={"pins": evidence.pins_for_eyes(each.reconfirmed.pins, own=key[0] == actor.name)}
            ),
        )
        for key, each in seen.reconfirmed.items()
    }
    return replace(seen, reviews=reviews, reconfirmed=reconfirmed)

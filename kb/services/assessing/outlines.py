"""Assessments as one member may see them, without words: light enough for a list of thousands.

Who may see what is decided as everywhere (:mod:`kb.peers.assessment.blinding`), on events from which the words were taken out.
They are kept until something more happens to their assessment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from kb.peers.assessment.blinding import Reader, visible
from kb.peers.assessment.events import Body, Event, Opened, Reconfirmed, Replied, Settled, Submitted
from kb.peers.assessment.folding import fold
from kb.peers.assessment.review import Answer, Pin, Rating, Review, Stance
from kb.peers.assessment.state import NOTHING, Assessment
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.loading import LOOK, assessments_for, body_of, reader_of
from kb.services.assessing.staleness import StaleScore, pins_of, stale_of, unsupported_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, require, visible_documents
from kb.services.records import Head, StoredEvent, UnitOfWork

AT_ONCE = 50  # assessments that are read in one unit: others wait for it
READERS = 50  # for whom one is kept as folded
ACTORS = 8  # for whom stale scores are kept
ALIKE = 100_000  # answers and pins without words, each kept once however many are the same

EMPTY = Review()

File = tuple[str, str]  # path and hash of a document when it was pinned
Documents = tuple[str, int, str]  # which catalog, at which revision, on which day
Stale = tuple[StaleScore, ...]
Known = dict[str, tuple[Head, Stale]]  # by assessment, and how far it was


@dataclass(frozen=True)
class Outline:
    """An assessment without words, as far as a reader may see it.

    Attributes:
        assessment: stage, dates, seats, who reviewed, whether there is a reply, and the outcome. Reviews and the reply are empty;
            what was settled or said again, and the transitions, are not there.
        unsupported: reviewer and criterion of scores without a passage.
        stale: scores that have to be looked at again.
    """

    assessment: Assessment
    unsupported: tuple[tuple[str, str], ...]
    stale: Stale

    @property
    def by(self) -> tuple[str, int]:
        """Its rubric and version."""
        return self.assessment.rubric, self.assessment.version


@dataclass(frozen=True)
class _Seen:
    """The same whatever documents are now.

    Attributes:
        files: from which the evidence was taken of the scores that count.
    """

    assessment: Assessment
    unsupported: tuple[tuple[str, str], ...]
    files: frozenset[File]


@dataclass(frozen=True, eq=False)
class _Past:
    """All events of one assessment without words, and what they come to for those who looked at it."""

    assessment: str
    head: Head
    events: tuple[Event, ...]
    _seen: dict[Reader, _Seen] = field(default_factory=dict)

    def seen(self, reader: Reader) -> _Seen:
        """By reader: what one may see is never another's."""
        found = self._seen.get(reader)
        if found is None:
            found = _light(fold(self.assessment, visible(self.events, reader)))
            if len(self._seen) >= READERS:
                self._seen.clear()
            self._seen[reader] = found
        return found


_KEPT: WeakKeyDictionary[Callable[[], UnitOfWork], dict[str, _Past]] = WeakKeyDictionary()  # of each database: by assessment
_STALE: WeakKeyDictionary[Callable[[], UnitOfWork], dict[Member, tuple[Documents, Known]]] = WeakKeyDictionary()
"""Of each database, for those who looked last: documents as they were then, and what was stale."""


def outlines_for(kb: KnowledgeBase, *, actor: Member, practice: str = "") -> list[Outline]:
    """All assessments by id, or those of one practice, each as far as the actor may see it. Only what is new is read."""
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        heads = records.assessments.heads()
        opened = records.assessments.everyone((Opened.kind,)) if practice else []
    kept = _KEPT.setdefault(kb.records, {})
    for gone in set(kept) - heads.keys():
        kept.pop(gone, None)
    if practice:
        heads = {each.assessment: heads[each.assessment] for each in opened if json.loads(each.body).get("practice") == practice}
    known = _known(kb, heads, kept)
    reader = reader_of(actor)
    seen = {name: known[name].seen(reader) for name in sorted(known)}
    now = {(document.path, document.sha256) for document in visible_documents(kb.catalog, LOCAL_MEMBER).values()}
    stale = _stale(kb, {name: known[name].head for name, each in seen.items() if not each.files <= now}, actor)
    return [Outline(each.assessment, each.unsupported, stale.get(name, ())) for name, each in seen.items()]


def _known(kb: KnowledgeBase, heads: Mapping[str, Head], kept: dict[str, _Past]) -> dict[str, _Past]:
    """Those of ``heads``, read where something happened since; without those that were removed meanwhile."""
    known = {name: past for name, head in heads.items() if (past := kept.get(name)) and past.head == head}
    fresh = [name for name in heads if name not in known]
    for begin in range(0, len(fresh), AT_ONCE):
        with kb.records() as records:
            stored = [records.assessments.of(name) for name in fresh[begin : begin + AT_ONCE]]
        known |= {own[0].assessment: _past(own) for own in stored if own}
    kept.update((name, known[name]) for name in fresh if name in known)
    return known


def _stale(kb: KnowledgeBase, touched: Mapping[str, Head], actor: Member) -> Mapping[str, Stale]:
    """By assessment, of those whose evidence is not as it was; only what is not known yet is read whole."""
    if not touched:
        return {}
    documents = (kb.catalog.identity(), kb.catalog.revision(), today())  # by the day: an embargo may have ended
    by_actor = _STALE.setdefault(kb.records, {})
    before, known = by_actor.pop(actor, (documents, {}))
    known = dict(known) if before == documents else {}
    fresh = [name for name, head in touched.items() if name not in known or known[name][0] != head]
    evidence = EvidenceNow(kb, actor)
    for each in assessments_for(kb, actor=actor, ids=fresh) if fresh else ():
        known[each.id] = touched[each.id], tuple(stale_of(each, evidence, actor))
    by_actor[actor] = documents, known
    for oldest in tuple(by_actor)[:-ACTORS]:
        by_actor.pop(oldest, None)
    return {name: known[name][1] for name in touched if name in known}


def _past(stored: list[StoredEvent]) -> _Past:
    head = Head(len(stored), max(each.id for each in stored))
    events = (
        Event(each.seq, each.member, each.at_utc, _without_words(body_of(each.kind, each.body)), each.is_demo) for each in stored
    )
    return _Past(stored[0].assessment, head, tuple(events))


def _light(seen: Assessment) -> _Seen:
    files = {
        (pin.document, pin.sha256)
        for reviewer, submitted in seen.reviews.items()
        for criterion, answer in submitted.review.answers.items()
        if answer.rating is Rating.SCORED and not seen.is_withdrawn(reviewer, criterion)
        for pin in pins_of(seen, reviewer, criterion)
    }
    reviews = {name: replace(each, review=EMPTY) for name, each in seen.reviews.items()}
    light = replace(seen, reviews=reviews, settled=NOTHING, reconfirmed=NOTHING, transitions=())
    return _Seen(light, tuple(unsupported_of(seen)), frozenset(files))


def _without_words(body: Body) -> Body:
    match body:
        case Submitted(review=Review() as review):
            answers = {name: _answer(each.rating, _files(each.pins)) for name, each in review.answers.items()}
            return Submitted.model_construct(review=Review.model_construct(answers=answers))
        case Reconfirmed():
            return body.model_copy(update={"pins": tuple(_pin(*each) for each in _files(body.pins)), "reason": ""})
        case Replied():
            return Replied()
        case Settled():
            return body.model_copy(update={"reason": ""})
    return body


def _files(pins: Iterable[Pin]) -> tuple[File, ...]:
    return tuple((pin.document, pin.sha256) for pin in pins)


@lru_cache(maxsize=ALIKE)
def _answer(rating: Rating | None, files: tuple[File, ...]) -> Answer:
    return Answer.model_construct(rating=rating, pins=tuple(_pin(*each) for each in files))


@lru_cache(maxsize=ALIKE)
def _pin(document: str, sha256: str) -> Pin:
    return Pin.model_construct(passage_id="", document=document, sha256=sha256, quote="", stance=Stance.FOR)

"""Scores of concluded assessments whose evidence changed since, found without reading again what is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from weakref import WeakKeyDictionary

from kb.peers.assessment.events import Reconfirmed, Submitted
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.loading import LOOK, assessment_for
from kb.services.assessing.staleness import stale_of
from kb.services.benchmarking.standing import ConcludedAssessment
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, require, visible_documents
from kb.services.records import StoredEvent, UnitOfWork

AT_ONCE = 50  # assessments that are read in one unit: others wait for it

Files = frozenset[tuple[str, str]]  # path and hash of each document that evidence was taken from
_KNOWN: WeakKeyDictionary[Callable[[], UnitOfWork], dict[tuple[str, int], Files]] = WeakKeyDictionary()
"""Of each database: assessment and number of an event → what it pins. Events never change, and a number is given once."""


def stale_criteria(kb: KnowledgeBase, chosen: Iterable[ConcludedAssessment], *, actor: Member) -> dict[str, frozenset[str]]:
    """Assessment → criteria with a score whose evidence changed, as far as the actor may see it; those without are absent."""
    require(actor, Role.MEMBER, LOOK)
    wanted = list(chosen)
    known = _known(kb, wanted)
    now = {(document.path, document.sha256) for document in visible_documents(kb.catalog, LOCAL_MEMBER).values()}
    touched = [each.id for each in wanted if any(known.get((each.id, number), Files()) - now for number in each.reviews)]
    if not touched:
        return {}
    evidence = EvidenceNow(kb, actor)
    found = {
        each: frozenset(score.criterion for score in stale_of(assessment_for(kb, each, actor=actor), evidence, actor))
        for each in touched
    }
    return {each: criteria for each, criteria in found.items() if criteria}


def _known(kb: KnowledgeBase, wanted: Sequence[ConcludedAssessment]) -> Mapping[tuple[str, int], Files]:
    """What every event of these assessments pins; those that are new are read."""
    known = _KNOWN.setdefault(kb.records, {})
    fresh = [each.id for each in wanted if any((each.id, number) not in known for number in each.reviews)]
    for begin in range(0, len(fresh), AT_ONCE):
        with kb.records() as records:
            stored = [event for each in fresh[begin : begin + AT_ONCE] for event in records.assessments.of(each)]
        for event in stored:
            if event.kind in (Submitted.kind, Reconfirmed.kind):
                known[event.assessment, event.id] = frozenset(_pinned(event))
    return known


def _pinned(event: StoredEvent) -> Iterator[tuple[str, str]]:
    said = json.loads(event.body)
    answers = ((said.get("review") or {}).get("answers") or {}).values() if event.kind == Submitted.kind else (said,)
    for answer in answers:
        for pin in answer.get("pins", ()):
            yield pin["document"], pin["sha256"]

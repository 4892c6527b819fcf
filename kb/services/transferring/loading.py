"""Tests as one member may see them: events, less judgements that are not to be known, folded; pins, less what may not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kb.errors import NotFound, UnusableRecords
from kb.peers.assessment.blinding import Reader
from kb.peers.transfer.blinding import visible
from kb.peers.transfer.events import STREAM, Body, Event, read
from kb.peers.transfer.folding import fold
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import CriterionAnswer, Judgement
from kb.peers.transfer.state import Evaluation, TransferTest
from kb.retrieval.writable import one_line
from kb.services import frameworks
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.loading import reader_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import StoredEntry, UnitOfWork

LOOK = "see tests of transferability"
KEPT = 400  # tests whose events are kept as read: 1 MB each with five judgements of eighteen criteria
BODIES = 2048  # of events, shared by a test before and after something more happened to it
READERS = 50  # for whom one is kept as folded


@dataclass(frozen=True, eq=False)
class _Past:
    """All events of one test, read, and what they come to for those who looked at it."""

    test: str
    events: tuple[Event, ...]
    _seen: dict[Reader, TransferTest] = field(default_factory=dict)

    def seen(self, reader: Reader) -> TransferTest:
        """By reader: what one may see is never another's."""
        found = self._seen.get(reader)
        if found is None:
            found = fold(self.test, visible(self.events, reader))
            if len(self._seen) >= READERS:
                self._seen.clear()
            self._seen[reader] = found
        return found


def transfer_for(kb: KnowledgeBase, test_id: str, *, actor: Member) -> TransferTest:
    """One test, as far as the actor may see it.

    Raises:
        NotFound: if there is none of that id.
    """
    require(actor, Role.MEMBER, LOOK)
    return transfers_for(kb, (test_id,), actor=actor)[0]


def transfers_for(kb: KnowledgeBase, test_ids: Iterable[str], *, actor: Member) -> list[TransferTest]:
    """These tests in their order, each as far as the actor may see it.

    Raises:
        NotFound: if there is none of one of these ids.
    """
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        found = [_past_of(records, each) for each in test_ids]
    evidence = EvidenceNow(kb, actor)
    return [for_eyes(past.seen(reader_of(actor)), actor, evidence) for past in found]


def all_events(records: UnitOfWork, test_id: str) -> list[Event]:
    """Everything that happened: to decide whether a move may be made, and never to be shown.

    Raises:
        NotFound: if there is no such test.
    """
    return list(_past_of(records, test_id).events)


def framework_of(kb: KnowledgeBase, test: TransferTest, *, actor: Member) -> Framework:
    """The framework that a test was opened with, less the names of documents that the actor may not see."""
    return frameworks.framework(kb, test.framework, test.version, actor=actor)


def judgement_for_eyes(judgement: Judgement, evidence: EvidenceNow, *, own: bool) -> Judgement:
    """A judgement in which pins that the asker may not read are emptied; how many there are, and for what, is still told."""
    answers = {name: _eyes(answer, evidence, own) for name, answer in judgement.answers.items()}
    is_same = all(answers[name] is each for name, each in judgement.answers.items())
    return judgement if is_same else judgement.model_copy(update={"answers": answers})


def for_eyes(seen: TransferTest, actor: Member, evidence: EvidenceNow) -> TransferTest:
    """The same without words of documents that the actor may not see.

    Which documents may be read is looked up each time: it is not kept with what was folded.
    """
    judgements = {name: judgement_for_eyes(each, evidence, own=name == actor.name) for name, each in seen.judgements.items()}
    evaluations = tuple(_evaluation(each, evidence, own=each.member == actor.name) for each in seen.evaluations)
    return replace(seen, judgements=judgements, evaluations=evaluations)


def _eyes(answer: CriterionAnswer, evidence: EvidenceNow, own: bool) -> CriterionAnswer:
    update = {
        "source_pins": evidence.pins_for_eyes(answer.source_pins, own=own),
        "target_pins": evidence.pins_for_eyes(answer.target_pins, own=own),
    }
    is_same = update["source_pins"] == answer.source_pins and update["target_pins"] == answer.target_pins
    return answer if is_same else answer.model_copy(update=update)


def _evaluation(evaluation: Evaluation, evidence: EvidenceNow, *, own: bool) -> Evaluation:
    pins = evidence.pins_for_eyes(evaluation.evaluated.pins, own=own)
    return replace(evaluation, evaluated=evaluation.evaluated.model_copy(update={"pins": pins}))


def _past_of(records: UnitOfWork, test_id: str) -> _Past:
    named = one_line(test_id)
    stored = records.journal.of(STREAM, test_id) if named == test_id else []  # else no database can be asked for it
    if not stored:
        raise NotFound(f"There is no test of transferability “{named[:80]}”. See the list: kb transfer list")
    return _past(tuple(stored))


@lru_cache(maxsize=KEPT)  # by content, word by word: nothing can be out of date, whatever database it comes from
def _past(stored: tuple[StoredEntry, ...]) -> _Past:
    events = (Event(each.seq, each.member, each.at_utc, _body(each.kind, each.body), each.is_demo) for each in stored)
    return _Past(stored[0].subject, tuple(events))


@lru_cache(maxsize=BODIES)
def _body(kind: str, text: str) -> Body:
    try:
        return read(kind, text)
    except ValueError as error:
        raise UnusableRecords(f"An event of a test ({kind[:40]}) is of a newer version of the program. Update it.") from error

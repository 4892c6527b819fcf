"""Everything that waits for the actor, from all wings: assessments, tests of transferability, indicators, and mutual learning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.peers.learning.notice import Notice, NoticeKind, in_order
from kb.peers.learning.policy import PolicyState
from kb.peers.learning.waits import waits
from kb.services.assessing import listing
from kb.services.assessing.listing import ListedAssessment
from kb.services.assessing.loading import reader_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.everything import things
from kb.services.learning.spelling import reader_in
from kb.services.monitoring import viewing
from kb.services.permission import Member, Role, require
from kb.services.transferring import listing as tests_of
from kb.services.transferring.listing import ListedTest

LOOK = "see what waits"


def waiting(kb: KnowledgeBase, *, actor: Member, language: str = "") -> tuple[Notice, ...]:
    """What is overdue first, then by day; what has no day last.

    Args:
        language: of the reader: in which transfer cases are called, if their sheet is.
    """
    require(actor, Role.MEMBER, LOOK)
    there = things(kb, actor=actor, language=language)
    is_witness = Role.FACILITATOR in actor.roles and any(each.state is PolicyState.RECORDED for each in there.policies)
    reader = reader_in(kb, actor=actor) if is_witness else reader_of(actor)  # the directory is read where it matters only
    own = waits(there, reader, today())
    return in_order([*own, *_assessments(kb, actor), *_tests(kb, actor), *_readings(kb, actor)])


def _assessments(kb: KnowledgeBase, actor: Member) -> Iterator[Notice]:
    found = listing.tasks(kb, actor=actor)
    for kind, listed in (
        (NoticeKind.REVIEW, found.to_review),
        (NoticeKind.REPLY, found.to_reply),
        (NoticeKind.RECONCILE, found.to_reconcile),
        (NoticeKind.LEAD, found.to_lead),
    ):
        yield from _listed(kind, listed)
    stale = {each.assessment for each in found.stale}
    if stale:
        named = {each.id: each for each in listing.assessments(kb, actor=actor) if each.id in stale}
        for id_ in sorted(stale):
            each = named[id_]
            yield Notice(NoticeKind.STALE, id_, each.title, "", False, each.at_utc[:10], each.is_demo)


def _tests(kb: KnowledgeBase, actor: Member) -> Iterator[Notice]:
    found = tests_of.awaited(kb, actor=actor)
    yield from _listed(NoticeKind.JUDGE, found.to_judge)
    yield from _listed(NoticeKind.CONCLUDE_TEST, found.to_conclude)
    yield from _listed(NoticeKind.LEAD_TEST, found.to_lead)


def _listed(kind: NoticeKind, listed: Iterable[ListedAssessment | ListedTest]) -> Iterator[Notice]:
    for each in listed:
        title = f"{each.title} → {each.target}" if isinstance(each, ListedTest) else each.title
        yield Notice(kind, each.id, title, each.due, each.is_overdue, each.at_utc[:10], each.is_demo)


def _readings(kb: KnowledgeBase, actor: Member) -> Iterator[Notice]:
    for each in viewing.overdue(kb, actor=actor):
        if each.is_mine:
            yield Notice(NoticeKind.READING, each.practice, each.title, each.since, True, each.since, each.is_demo, each.indicator)

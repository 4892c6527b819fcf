"""Transfer cases: a practice is taken over on the ground of a test of transferability.

What its plan says is in :mod:`kb.services.learning.case_planning`, how it went in :mod:`kb.services.learning.case_evaluating`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.errors import Conflict, InvalidEntry
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.case import CASE, LIFE, Case, CaseState
from kb.peers.learning.case_bodies import (
    MAX_ELEMENT_CHARS,
    CaseAdapting,
    CaseAdopted,
    CaseConsidered,
    CaseReusing,
    CaseStopped,
    CaseUnderstanding,
)
from kb.peers.learning.record import Body
from kb.peers.learning.spellings import Spellings
from kb.peers.narrative import Text, without_citations
from kb.peers.transfer.state import Stage
from kb.retrieval.writable import one_line
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.evidence import for_eyes
from kb.services.learning.spelling import reader_in, spellings
from kb.services.permission import Member, Role, require
from kb.services.records import UnitOfWork
from kb.services.transferring.loading import transfer_for

CONSIDER, MOVE = "open transfer cases", "move transfer cases on"
STEPS: Mapping[str, type[Body]] = {
    CaseState.UNDERSTAND: CaseUnderstanding,
    CaseState.ADAPT: CaseAdapting,
    CaseState.RE_USE: CaseReusing,
}


def consider(kb: KnowledgeBase, test_id: str, *, why: str, actor: Member, organisation: str = "") -> Case:
    """Open a case on a concluded test: somebody thinks of taking its practice over.

    Args:
        organisation: that would take it over; by default the actor's own, by any of its names in the directory; facilitators name
            any.

    Raises:
        NotFound: if there is no such test.
        InvalidEntry: with all that is wrong; while the test is not concluded; if the actor does not work for the organisation.
        Conflict: if the organisation has a case on this test that is not at its end.
    """
    require(actor, Role.MEMBER, CONSIDER)
    test = transfer_for(kb, test_id, actor=actor)
    if test.stage is not Stage.CONCLUDED:
        raise InvalidEntry(f"The test {test_id} is {test.stage}; a transfer case stands on one that is concluded.")
    core, adaptable = _elements(kb, test.practice)
    body = keeping.made(
        CaseConsidered,
        "The transfer case was not opened",
        by=keeping.party(actor),
        test=test_id,
        practice=test.practice,
        title=test.title,
        source=test.source,
        target=test.target,
        organisation=one_line(organisation) or actor.organisation,
        why=why,
        core=core,
        adaptable=adaptable,
    )
    with kb.records() as records:
        _refuse_second(records, body, spellings(kb))
        begun = keeping.begin(records, CASE, body, actor=actor, is_demo=test.is_demo, reader=reader_in(kb, actor=actor))
        return _eyes(kb, begun, actor)


def move(kb: KnowledgeBase, case: str, to: CaseState | str, *, learned: str, actor: Member) -> Case:
    """Go on to understand, adapt or re-use.

    Args:
        learned: what was learned so far, shortly.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: with all that is wrong or lacking: before adapting the local group, before re-use core, adapted elements
            and a milestone; if the actor does not lead the case.
        Conflict: if the case is in another state.
    """
    require(actor, Role.MEMBER, MOVE)
    if to not in STEPS:
        raise InvalidEntry(f"“{one_line(to)[:40]}” is no step of a transfer case; there are {', '.join(STEPS)}.")
    return _added(kb, case, keeping.made(STEPS[to], "The transfer case was not moved on", learned=learned), actor)


def adopt(kb: KnowledgeBase, case: str, *, how: str, actor: Member) -> Case:
    """Say that it stays.

    Args:
        how: by which decision, with which money.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: if it did not work by its last evaluation, or the actor does not lead the case.
        Conflict: if the case is not evaluated.
    """
    require(actor, Role.MEMBER, MOVE)
    return _added(kb, case, keeping.made(CaseAdopted, "The adoption was not kept", by=keeping.party(actor), how=how), actor)


def stop(kb: KnowledgeBase, case: str, *, why: str, actor: Member) -> Case:
    """Go on with it no more. The reason is a finding for others.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: without a reason; if the actor does not lead the case.
        Conflict: if it is at its end.
    """
    require(actor, Role.MEMBER, MOVE)
    return _added(kb, case, keeping.made(CaseStopped, "The transfer case was not stopped", why=why), actor)


def cases(
    kb: KnowledgeBase,
    *,
    actor: Member,
    state: CaseState | str = "",
    practice: str = "",
    test: str = "",
    target: str = "",
    organisation: str = "",
) -> list[Case]:
    """Transfer cases, the last opened first.

    Args:
        state: only those in it; so ``practice``, ``test``, ``target`` (place) and ``organisation`` (that takes it over).
    """
    found = [
        each
        for each in keeping.everyone(kb, CASE, actor=actor)
        if (not state or each.state == state)
        and (not practice or each.considered.practice == practice)
        and (not test or each.considered.test == test)
        and (not target or each.considered.target == target)
        and (not organisation or same_organisation(each.considered.organisation, organisation))
    ]
    return for_eyes(kb, found, actor=actor)


def case(kb: KnowledgeBase, case: str, *, actor: Member) -> Case:
    """One.

    Raises:
        NotFound: if there is none of that id.
    """
    return _eyes(kb, keeping.record(kb, CASE, case, actor=actor), actor)


def _added(kb: KnowledgeBase, id_: str, body: Body, actor: Member) -> Case:
    with kb.records() as records:
        return _eyes(kb, keeping.add(records, CASE, id_, body, actor=actor, day=latest_day()), actor)


def _eyes(kb: KnowledgeBase, found: Case, actor: Member) -> Case:
    return for_eyes(kb, [found], actor=actor)[0]


def _refuse_second(records: UnitOfWork, body: CaseConsidered, called: Spellings) -> None:
    for each in keeping.all_within(records, CASE):
        is_same = each.considered.test == body.test and called.is_one(each.considered.organisation, body.organisation)
        if is_same and each.state not in LIFE.final:
            raise Conflict(f"{body.organisation} has a transfer case on this test already: {each.id}.")


def _elements(kb: KnowledgeBase, practice: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Core and adaptable elements, by the sheet as it is now; none where it says none, or cannot be read."""
    sheet = kb.practices.read(practice).sheet if practice in kb.practices.names() else None
    if sheet is None:
        return (), ()
    core, adaptable = (value if isinstance(value, tuple) else () for value in (sheet.core, sheet.adaptable))
    return tuple(_plain(core, sheet.language)), tuple(_plain(adaptable, sheet.language))


def _plain(texts: Iterable[Text], language: str) -> Iterable[str]:
    words = (without_citations(each.best(language)[1])[:MAX_ELEMENT_CHARS] for each in texts)
    return (each for each in words if each)

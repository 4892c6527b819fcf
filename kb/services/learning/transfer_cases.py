"""Transfer cases: a practice is taken over on the ground of a test of transferability, and how it went goes back to both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.errors import Conflict, InvalidEntry
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning.case import CASE, LIFE, Case, CasePlan, CaseState
from kb.peers.learning.case_bodies import (
    MAX_ELEMENT_CHARS,
    CaseAdapting,
    CaseAdopted,
    CaseConsidered,
    CaseEvaluated,
    CasePlanned,
    CaseReusing,
    CaseStopped,
    CaseUnderstanding,
    MilestoneReached,
)
from kb.peers.learning.record import Body
from kb.peers.narrative import Text, without_citations
from kb.peers.transfer.events import CaseOutcome, Evaluated
from kb.peers.transfer.state import Stage
from kb.retrieval.passage import PassageId
from kb.retrieval.writable import one_line, writable
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.evidence import for_eyes
from kb.services.permission import Member, Role, require
from kb.services.records import UnitOfWork
from kb.services.transferring.adding import append
from kb.services.transferring.evaluating import EVALUATE, Given, faults_of, pins_of, sources_of
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
        organisation: that would take it over; by default the actor's own.

    Raises:
        NotFound: if there is no such test.
        InvalidEntry: with all that is wrong; while the test is not concluded.
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
        _refuse_second(records, body)
        return _eyes(kb, keeping.begin(records, CASE, body, actor=actor, is_demo=test.is_demo), actor)


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


def plan(
    kb: KnowledgeBase,
    case: str,
    *,
    actor: Member,
    core_kept: Sequence[str] | None = None,
    adapted: Sequence[Mapping[str, str]] | None = None,
    milestones: Sequence[Mapping[str, str]] | None = None,
    local_group: Sequence[Mapping[str, str]] | None = None,
    costs: str | None = None,
    funding: str | None = None,
    version: int | None = None,
) -> Case:
    """Write the plan, or revise it; what is not named stays. Earlier plans stay in the history.

    Args:
        adapted: ``element`` and ``how`` of each.
        milestones: ``what`` and ``due`` (ISO date) of each, and its ``key``; one without a key gets the next free.
        local_group: ``organisation`` of each, ``name`` and ``role`` where they are said.
        version: revisions of the plan that the actor saw (0 before there is one); not said: whatever there is.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: with all that is wrong; if the actor does not lead the case.
        Conflict: if somebody revised it meanwhile, or the case is not under way.
    """
    require(actor, Role.MEMBER, MOVE)
    given = {
        "core_kept": core_kept,
        "adapted": adapted,
        "milestones": None if milestones is None else _with_keys(milestones),
        "local_group": local_group,
        "costs": costs,
        "funding": funding,
    }

    def revised(so_far: Case) -> CasePlanned:
        if version is not None and version != revisions(so_far):
            raise Conflict(f"Somebody else revised the plan of {case} meanwhile. Look at it again.")
        before = _as_given(so_far.plan)
        said = {name: before[name] if value is None else value for name, value in given.items()}
        return keeping.made(CasePlanned, "The plan was not kept", **said)

    with kb.records() as records:
        return _eyes(kb, keeping.add(records, CASE, case, revised, actor=actor, day=latest_day()), actor)


def reach(kb: KnowledgeBase, case: str, milestone: str, *, on: str, actor: Member, what: str = "") -> Case:
    """Tell that a milestone was reached on a day.

    Raises:
        NotFound: if there is no such case.
        InvalidEntry: if the plan has no such milestone, the day is none or lies ahead, or the actor does not lead the case.
        Conflict: if it was reached before.
    """
    require(actor, Role.MEMBER, MOVE)
    body = keeping.made(MilestoneReached, "The milestone was not kept", milestone=one_line(milestone), on=one_line(on), what=what)
    return _added(kb, case, body, actor)


def evaluate(
    kb: KnowledgeBase,
    case: str,
    *,
    outcome: CaseOutcome | str,
    on: str,
    what: str,
    actor: Member,
    passages: Sequence[PassageId] = (),
    sources: Given = (),
    core_kept: Sequence[str] | None = None,
    adapted: Sequence[Mapping[str, str]] | None = None,
) -> Case:
    """Tell how a transfer went; its test of transferability is told in the same unit of work: both or none.

    Args:
        outcome: ``worked``, ``partly`` or ``did-not-work``.
        on: when it was evaluated, as ISO date; not before re-use began.
        what: was seen, and by whom.
        passages: that bear it out, of any document that the actor may see; at least one, or one of ``sources``.
        sources: that bear it out, outside the knowledge base, each with its date.
        core_kept: elements that were kept in the end; by default as planned. So is ``adapted``.

    Raises:
        NotFound: if there is no such case, or one of the passages.
        InvalidEntry: with all that is wrong; if the actor opened the case.
        Conflict: if the case is in another state.
    """
    require(actor, Role.FACILITATOR, EVALUATE)
    require(actor, Role.MEMBER, MOVE)
    what = writable(what).strip()
    if faults := list(faults_of(outcome, on, what, passages, sources)):
        raise InvalidEntry(f"How the transfer went was not kept: {'; '.join(faults)}.")
    how = CaseOutcome(outcome)
    pins, lines = pins_of(kb, passages, how, actor=actor), sources_of(sources)

    def told(so_far: Case) -> CaseEvaluated:
        planned = _as_given(so_far.plan)
        return keeping.made(
            CaseEvaluated,
            "How the transfer went was not kept",
            by=keeping.party(actor),
            outcome=how,
            on=on,
            what=what,
            pins=pins,
            sources=lines,
            core_kept=planned["core_kept"] if core_kept is None else core_kept,
            adapted=planned["adapted"] if adapted is None else adapted,
        )

    with kb.records() as records:
        found = keeping.add(records, CASE, case, told, actor=actor, day=latest_day())
        of_test = Evaluated(outcome=how, on=on, what=what, pins=pins, sources=lines, case=found.id)
        append(records, found.considered.test, of_test, actor)
    return _eyes(kb, found, actor)


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


def revisions(found: Case) -> int:
    """How often the plan was written: what :func:`plan` compares with."""
    return found.plan.n_revisions + 1 if found.plan else 0


def _added(kb: KnowledgeBase, id_: str, body: Body, actor: Member) -> Case:
    with kb.records() as records:
        return _eyes(kb, keeping.add(records, CASE, id_, body, actor=actor, day=latest_day()), actor)


def _eyes(kb: KnowledgeBase, found: Case, actor: Member) -> Case:
    return for_eyes(kb, [found], actor=actor)[0]


def _refuse_second(records: UnitOfWork, body: CaseConsidered) -> None:
    for each in keeping.all_within(records, CASE):
        is_same = each.considered.test == body.test and same_organisation(each.considered.organisation, body.organisation)
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


def _with_keys(milestones: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Each with a key: its own, or the first of m1, m2, … that none has."""
    given = [dict(each) for each in milestones]
    taken = {each.get("key") or "" for each in given}
    free = (key for number in range(1, len(given) + len(taken) + 1) if (key := f"m{number}") not in taken)
    return [each if each.get("key") else {**each, "key": next(free)} for each in given]


def _as_given(before: CasePlan | None) -> dict[str, object]:
    """A plan as :func:`plan` takes it."""
    found = before or CasePlan()
    return {
        "core_kept": found.core_kept,
        "adapted": tuple(each.model_dump() for each in found.adapted),
        "milestones": tuple({"key": each.key, "what": each.what, "due": each.due} for each in found.milestones),
        "local_group": tuple(each.model_dump() for each in found.local_group),
        "costs": found.costs,
        "funding": found.funding,
    }

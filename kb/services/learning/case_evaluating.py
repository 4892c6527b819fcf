"""How a transfer went is told of its case and of its test of transferability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.errors import InvalidEntry
from kb.peers.learning.case import CASE, Case, CasePlan
from kb.peers.learning.case_bodies import CaseEvaluated
from kb.peers.transfer.events import CaseOutcome, Evaluated
from kb.retrieval.passage import PassageId
from kb.retrieval.writable import writable
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.evidence import for_eyes
from kb.services.learning.transfer_cases import MOVE
from kb.services.permission import Member, Role, require
from kb.services.transferring.adding import append
from kb.services.transferring.evaluating import EVALUATE, Given, faults_of, pins_of, sources_of


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
        planned = so_far.plan or CasePlan()
        return keeping.made(
            CaseEvaluated,
            "How the transfer went was not kept",
            by=keeping.party(actor),
            outcome=how,
            on=on,
            what=what,
            pins=pins,
            sources=lines,
            core_kept=planned.core_kept if core_kept is None else core_kept,
            adapted=planned.adapted if adapted is None else adapted,
        )

    with kb.records() as records:
        found = keeping.add(records, CASE, case, told, actor=actor, day=latest_day())
        of_test = Evaluated(outcome=how, on=on, what=what, pins=pins, sources=lines, case=found.id)
        append(records, found.considered.test, of_test, actor)
    return for_eyes(kb, [found], actor=actor)[0]

"""How it went where a practice was really taken over: what was anticipated is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kb.errors import InvalidEntry
from kb.peers.assessment.review import MAX_PINS, MAX_REASON_CHARS, Pin, Stance
from kb.peers.transfer.events import CaseOutcome, Evaluated
from kb.retrieval.passage import PassageId
from kb.retrieval.writable import one_line, writable
from kb.services import library
from kb.services.assessing.pinning import pin_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.transferring.adding import added

EVALUATE = "tell how a transfer went"


def evaluate(
    kb: KnowledgeBase,
    test_id: str,
    *,
    outcome: CaseOutcome | str,
    on: str,
    what: str,
    actor: Member,
    passages: Sequence[PassageId] = (),
    case: str = "",
) -> None:
    """Tell how a transfer went. A later evaluation stands beside the earlier ones, and the last one says how certain the result is.

    Args:
        outcome: ``worked``, ``partly`` or ``did-not-work``.
        on: when it was evaluated, as ISO date.
        what: was seen, and by whom.
        passages: that tell of it, of any document that the actor may see.
        case: name of the practice sheet of the case, where there is one.

    Raises:
        NotFound: if there is no such test, or one of the passages.
        InvalidEntry: with all that is wrong, or while the test is not concluded.
        Conflict: if it was cancelled.
    """
    require(actor, Role.FACILITATOR, EVALUATE)
    what = writable(what).strip()
    if faults := list(_faults(kb, outcome, on, what, passages, case)):
        raise InvalidEntry(f"How the transfer went was not kept: {'; '.join(faults)}.")
    how = CaseOutcome(outcome)
    pins = tuple(_pin(kb, each, how, actor) for each in dict.fromkeys(passages))
    added(kb, test_id, Evaluated(outcome=how, on=on, what=what, pins=pins, case=case), actor=actor)


def _faults(kb: KnowledgeBase, outcome: str, on: str, what: str, passages: Sequence[PassageId], case: str) -> Iterator[str]:
    if outcome not in tuple(CaseOutcome):
        yield f"“{one_line(outcome)[:40]}” is none of {', '.join(CaseOutcome)}"
    if not _is_date(on):
        yield f"“{one_line(on)[:40]}” is no date such as 2026-12-31"
    elif on > today():
        yield f"the date {on} has not come yet"
    if not what:
        yield "say what was seen where the practice was taken over"
    if len(what) > MAX_REASON_CHARS:
        yield f"the reason has {len(what)} characters; at most {MAX_REASON_CHARS} are taken"
    if len(passages) > MAX_PINS:
        yield f"{len(passages)} passages; at most {MAX_PINS} are taken"
    if case and case not in kb.practices.names():
        yield f"there is no practice called “{one_line(case)[:60]}”"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _pin(kb: KnowledgeBase, passage_id: PassageId, outcome: CaseOutcome, actor: Member) -> Pin:
    """For a transfer that worked, or against it."""
    passage = library.passage(kb, passage_id, actor=actor)
    document = visible_documents(kb.catalog, actor)[passage.document_id]
    return pin_of(passage, document, Stance.AGAINST if outcome is CaseOutcome.DID_NOT_WORK else Stance.FOR)

"""How it went where a practice was really taken over: what was anticipated is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from kb.errors import InvalidEntry
from kb.peers.assessment.review import MAX_PINS, MAX_REASON_CHARS, Pin, Stance
from kb.peers.days import fault_of_day
from kb.peers.evidence_line import MAX_SOURCES, SourceLine, has_come
from kb.peers.learning.case import CASE
from kb.peers.learning.case_bodies import CaseConsidered
from kb.peers.transfer.events import CaseOutcome, Evaluated
from kb.peers.transfer.folding import fold
from kb.retrieval.passage import PassageId
from kb.retrieval.writable import one_line, writable
from kb.services import library
from kb.services.assessing.pinning import pin_of
from kb.services.clock import latest_day
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.records import UnitOfWork
from kb.services.transferring.adding import append
from kb.services.transferring.loading import all_events

EVALUATE = "tell how a transfer went"
Given = Sequence[tuple[str, str]]  # sources outside the knowledge base, each with its date


def evaluate(
    kb: KnowledgeBase,
    test_id: str,
    *,
    outcome: CaseOutcome | str,
    on: str,
    what: str,
    actor: Member,
    passages: Sequence[PassageId] = (),
    sources: Given = (),
    case: str = "",
) -> None:
    """Tell how a transfer went. A later evaluation stands beside the earlier ones, and the last one says how certain the result is.

    Args:
        outcome: ``worked``, ``partly`` or ``did-not-work``.
        on: when it was evaluated, as ISO date; not before the test was concluded.
        what: was seen, and by whom.
        passages: that tell of it, of any document that the actor may see; at least one, or one of ``sources``.
        sources: that tell of it, outside the knowledge base, each with its date.
        case: id of the transfer case, or name of another practice's sheet that tells of it, where there is one.

    Raises:
        NotFound: if there is no such test, or one of the passages.
        InvalidEntry: with all that is wrong, or while the test is not concluded.
        Conflict: if it was cancelled.
    """
    require(actor, Role.FACILITATOR, EVALUATE)
    what, case = writable(what).strip(), one_line(case)
    faults = list(faults_of(outcome, on, what, passages, sources))
    with kb.records() as records:
        about = fold(test_id, all_events(records, test_id))
        faults += _faults_of_case(kb, records, case, about.id, about.practice, actor)
    if faults:
        raise InvalidEntry(f"How the transfer went was not kept: {'; '.join(faults)}.")
    how = CaseOutcome(outcome)
    told = Evaluated(
        outcome=how, on=on, what=what, pins=pins_of(kb, passages, how, actor=actor), sources=sources_of(sources), case=case
    )
    with kb.records() as records:
        append(records, test_id, told, actor)


def faults_of(outcome: str, on: str, what: str, passages: Sequence[PassageId], sources: Given) -> Iterator[str]:
    """What is wrong with what somebody tells of a transfer, in clauses."""
    if outcome not in tuple(CaseOutcome):
        yield f"“{one_line(outcome)[:40]}” is none of {', '.join(CaseOutcome)}"
    if fault := fault_of_day(one_line(on)):
        yield fault
    elif on > latest_day():
        yield f"the date {on} has not come yet"
    if not what:
        yield "say what was seen where the practice was taken over"
    if len(what) > MAX_REASON_CHARS:
        yield f"the reason has {len(what)} characters; at most {MAX_REASON_CHARS} are taken"
    if len(set(passages)) > MAX_PINS:
        yield f"{len(set(passages))} passages; at most {MAX_PINS} are taken"
    if len(sources) > MAX_SOURCES:
        yield f"{len(sources)} sources; at most {MAX_SOURCES} are taken"
    if not passages and not sources:
        yield "name what bears it out: a passage of a document, or a source with its date"
    for source, date in sources:
        yield from _faults_of_source(source, date)


def pins_of(kb: KnowledgeBase, passages: Sequence[PassageId], outcome: CaseOutcome, *, actor: Member) -> tuple[Pin, ...]:
    """Passages as they are pinned: for a transfer that worked, or against it.

    Raises:
        NotFound: if there is none of one of these ids for the actor's eyes.
    """
    stance = Stance.AGAINST if outcome is CaseOutcome.DID_NOT_WORK else Stance.FOR
    found = [library.passage(kb, each, actor=actor) for each in dict.fromkeys(passages)]
    documents = visible_documents(kb.catalog, actor)
    return tuple(pin_of(each, documents[each.document_id], stance) for each in found)


def sources_of(sources: Given) -> tuple[SourceLine, ...]:
    """Sources without faults as they are kept."""
    return tuple(SourceLine(source=one_line(source), date=one_line(date)) for source, date in sources)


def _faults_of_source(source: str, date: str) -> Iterator[str]:
    if not one_line(source):
        yield "a source has no title"
        return
    try:
        SourceLine(source=one_line(source), date=one_line(date))
    except ValidationError as error:
        yield f"{one_line(source)[:60]}: {', '.join(each['ctx']['sentence'] for each in error.errors())}"
        return
    if not has_come(one_line(date), latest_day()):
        yield f"{one_line(source)[:60]}: the date {one_line(date)} has not come yet"


def _faults_of_case(kb: KnowledgeBase, records: UnitOfWork, case: str, test_id: str, practice: str, actor: Member) -> Iterator[str]:
    if not case:
        return
    stored = records.journal.of(CASE.stream, case)
    if not stored:
        if case == practice:
            yield "the practice itself is no case of its transfer; name the sheet or the transfer case that tells of it"
        elif case not in kb.practices.names():
            yield f"there is no transfer case and no practice called “{case[:60]}”"
        return
    considered = CASE.read(stored[0].kind, stored[0].body)
    if isinstance(considered, CaseConsidered) and considered.test != test_id:
        yield f"{case} stands on another test: {considered.test}"
    elif stored[0].member == actor.name:
        yield f"you opened {case}: another facilitator tells how it went"

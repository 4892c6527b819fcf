"""An assessor judges a test, criterion by criterion, in a draft that nobody else sees, and hands it in when nothing is missing.

Until the test is concluded what was handed in may be judged anew: the draft goes on from it, and stands once it is handed in again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import Conflict, InvalidEntry, PermissionDenied
from kb.peers.assessment.given import checked
from kb.peers.contexts.distance import Distance
from kb.peers.narrative import fault_of_language
from kb.peers.transfer.events import HandedIn
from kb.peers.transfer.folding import fold
from kb.peers.transfer.framework import Framework
from kb.peers.transfer.judgement import CriterionAnswer, Evidenced, Judgement, Lack, Need, lacking, unsupported
from kb.peers.transfer.moves import refused
from kb.peers.transfer.state import SeatState, TransferTest
from kb.services import frameworks
from kb.services.assessing.adding import refuse
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.loading import reader_of
from kb.services.clock import now, today
from kb.services.contexts import Context
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import Draft, UnitOfWork
from kb.services.transferring.about import context_of, distance_of, practice_of
from kb.services.transferring.adding import append
from kb.services.transferring.answering import PINS as PINS
from kb.services.transferring.answering import Given, answered, fit
from kb.services.transferring.evidence import Documents, documents_on
from kb.services.transferring.loading import all_events, framework_of, judgement_for_eyes, transfer_for
from kb.services.transferring.seats import JUDGE

if TYPE_CHECKING:
    from kb.services.practices import Listed

KIND = "judgement"  # of a draft
OVERALL = ("facilitators", "barriers", "adaptations", "core_kept", "comment", "language")
NEEDS = {
    Need.ANSWER: "has no answer",
    Need.ONE: "has a value and is said to be unknown",
    Need.REASON: "has no reason",
    Need.CONFIDENCE: "does not say how sure you are",
    Need.EITHER: "has passages and is said to have none",
    Need.ASKED: "is not asked by the framework",
}


@dataclass(frozen=True)
class Desk:
    """What an assessor works on.

    Attributes:
        test: as this assessor may see it now.
        judgement: the draft; what was handed in where there is none. Pins of documents that are hidden from the assessor by now are
            empty.
        version: of the draft; 0 before anything was kept. What is kept next has to name it.
        is_handed_in: whether a judgement of this assessor is in the test.
        is_changed: whether the draft says something else than what was handed in; true as long as nothing is.
        lacking: what is to be done before it can be handed in.
        unsupported: criterion and side of values without a passage.
        practice: ``None`` where its sheet was removed.
        source_context: ``None`` where the profile was removed or has faults; so is ``target_context``, and ``distance``.
    """

    test: TransferTest
    framework: Framework
    judgement: Judgement
    version: int
    is_handed_in: bool
    is_changed: bool
    lacking: tuple[Lack, ...]
    unsupported: tuple[tuple[str, Evidenced], ...]
    practice: Listed | None
    source_context: Context | None
    target_context: Context | None
    distance: Distance | None


def desk(kb: KnowledgeBase, test_id: str, *, actor: Member) -> Desk:
    """The actor's own judgement in a test.

    Raises:
        NotFound: if there is no such test.
        PermissionDenied: if the actor takes no part in it, or was excused.
    """
    require(actor, Role.REVIEWER, JUDGE)
    test = _seated(kb, test_id, actor)
    framework = framework_of(kb, test, actor=actor)
    with kb.records() as records:
        kept = records.drafts.get(actor.name, KIND, test_id)
    handed_in = test.judgements.get(actor.name)
    evidence = EvidenceNow(kb, actor)
    draft = judgement_for_eyes(_begun(kept, test, actor), evidence, own=True) if kept else None
    judgement = draft or handed_in or Judgement()
    return Desk(
        test=test,
        framework=framework,
        judgement=judgement,
        version=kept.version if kept else 0,
        is_handed_in=handed_in is not None,
        is_changed=judgement != handed_in,
        lacking=lacking(judgement, framework),
        unsupported=unsupported(judgement, framework),
        practice=practice_of(kb, test.practice, actor=actor),
        source_context=context_of(kb, test.source, actor=actor),
        target_context=context_of(kb, test.target, actor=actor),
        distance=distance_of(kb, test.source, test.target, actor=actor),
    )


def keep_answer(kb: KnowledgeBase, test_id: str, criterion: str, answer: Given, *, version: int, actor: Member) -> Desk:
    """Keep what the actor says to a criterion so far, in the draft. Returns the desk with the draft's new version.

    Args:
        answer: whole, or its values by name.
        version: of the draft that was read.

    Raises:
        NotFound: if there is no such test.
        PermissionDenied: if the actor takes no part in it.
        InvalidEntry: if the framework does not ask for ``criterion``, or the answer cannot be kept, with all that is wrong.
        Conflict: if the draft was kept elsewhere since, or the test is at an end.
    """
    require(actor, Role.REVIEWER, JUDGE)
    test = _seated(kb, test_id, actor)
    framework = framework_of(kb, test, actor=actor)
    if criterion not in framework.criterion_names:
        raise InvalidEntry(f"The framework {framework.framework} does not ask for “{criterion[:60]}”.")
    with kb.records() as records:
        whole, _ = _open(records, test_id, actor)
        begun = _begun(records.drafts.get(actor.name, KIND, test_id), whole, actor)
    before = begun.answers.get(criterion, CriterionAnswer())
    said = answered(criterion, answer, before, EvidenceNow(kb, actor), _own(kb, test, actor))

    def change(judgement: Judgement) -> Judgement:
        return judgement.model_copy(update={"answers": {**judgement.answers, criterion: said}})

    _keep(kb, test, change, version, actor)
    return desk(kb, test_id, actor=actor)


def keep_overall(kb: KnowledgeBase, test_id: str, overall: Mapping[str, object], *, version: int, actor: Member) -> Desk:
    """Keep what the actor says to the transfer as a whole. What ``overall`` does not name stays as it was.

    Args:
        overall: facilitators, barriers and core_kept, lists of texts; adaptations, a list of what with ``element`` and ``how``;
            comment; language of all words, as BCP 47 primary tag.

    Raises:
        As :func:`keep_answer`.
    """
    require(actor, Role.REVIEWER, JUDGE)
    test = _seated(kb, test_id, actor)
    strangers = [f"there is no “{name[:40]}”" for name in overall if name not in OVERALL]
    said, faults = checked(Judgement, {name: fit(value) for name, value in overall.items() if name in OVERALL})
    if said and said.language and (fault := fault_of_language(said.language)):
        faults, said = (fault,), None
    if said is None or strangers:
        raise InvalidEntry(f"This cannot be kept: {'; '.join((*strangers, *faults))}.")
    update = {name: getattr(said, name) for name in overall}
    _keep(kb, test, lambda judgement: judgement.model_copy(update=update), version, actor)
    return desk(kb, test_id, actor=actor)


def hand_in(kb: KnowledgeBase, test_id: str, *, version: int, actor: Member) -> str:
    """Hand in the draft. Another one may follow until the test is concluded; nobody else sees either before. Returns the test's id.

    Args:
        version: of the draft that was read.

    Raises:
        NotFound: if there is no such test.
        PermissionDenied: if the actor takes no part in it.
        InvalidEntry: with all that is missing. A value without a passage is no fault.
        Conflict: if the draft was kept elsewhere since, is handed in already, or the test is at an end.
    """
    require(actor, Role.REVIEWER, JUDGE)
    _seated(kb, test_id, actor)
    with kb.records() as records:
        whole, framework = _open(records, test_id, actor)
        kept = records.drafts.get(actor.name, KIND, test_id)
        if (kept.version if kept else 0) != version:
            raise _elsewhere(test_id)
        judgement = _begun(kept, whole, actor)
        if judgement == whole.judgements.get(actor.name):
            raise Conflict("You have handed in this judgement already. Change something first.")
        if lacks := lacking(judgement, framework):
            named = "; ".join(f"{each.item} {NEEDS[each.need]}" for each in lacks)
            raise InvalidEntry(f"The judgement cannot be handed in: {named}.")
        append(records, test_id, HandedIn(judgement=judgement), actor)
    return test_id


def _seated(kb: KnowledgeBase, test_id: str, actor: Member) -> TransferTest:
    test = transfer_for(kb, test_id, actor=actor)
    seat = test.seat(actor.name)
    if seat is None:
        raise PermissionDenied(f"{actor.name} takes no part in {test_id}. Join it first: kb transfer join")
    if seat.state is SeatState.EXCUSED:
        raise PermissionDenied(f"{actor.name} was excused from {test_id}; the judgement is waited for no longer.")
    return test


def _open(records: UnitOfWork, test_id: str, actor: Member) -> tuple[TransferTest, Framework]:
    """The whole test as it is within the unit of work; to decide, and never to be shown.

    Raises:
        Conflict: if it is at an end.
    """
    whole = fold(test_id, all_events(records, test_id))
    framework = frameworks.in_use(records, whole.framework, whole.version)
    if whole.stage.is_final:
        refuse(refused(whole, HandedIn(judgement=None), reader_of(actor), framework, today=today()))
    return whole, framework


def _begun(kept: Draft | None, whole: TransferTest, actor: Member) -> Judgement:
    """What the actor goes on from: the draft, else what was handed in, every pin as it was kept."""
    if kept:
        return Judgement.model_validate_json(kept.text)
    return whole.judgements.get(actor.name, Judgement())


def _keep(kb: KnowledgeBase, test: TransferTest, change: Callable[[Judgement], Judgement], version: int, actor: Member) -> None:
    with kb.records() as records:
        whole, _ = _open(records, test.id, actor)
        judgement = change(_begun(records.drafts.get(actor.name, KIND, test.id), whole, actor))
        draft = Draft(actor.name, KIND, test.id, judgement.model_dump_json(), test.opened_at_utc, now(), version)
        put = records.drafts.put(draft)
    if put is None:
        raise _elsewhere(test.id)


def _own(kb: KnowledgeBase, test: TransferTest, actor: Member) -> dict[Evidenced, Documents]:
    return {side: documents_on(kb, test, side, actor=actor) for side in Evidenced}


def _elsewhere(test_id: str) -> Conflict:
    return Conflict(f"Your judgement in {test_id} was kept elsewhere meanwhile, perhaps in another window. Open it again.")

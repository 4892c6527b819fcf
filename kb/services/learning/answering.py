"""A member answers a question round with a case: in a draft that nobody else sees, handed in when it is ready.

While cases are waited for, a case that was handed in may be answered anew: the later answer stands instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.errors import Conflict, NotFound
from kb.peers.learning.round import ROUND, Round
from kb.peers.learning.round_bodies import CaseAnswered
from kb.peers.learning.round_values import CaseAnswer
from kb.services import practices
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.clock import now
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import keeping
from kb.services.learning.case_drafts import CaseDraft, merged
from kb.services.learning.round_eyes import for_eyes, pins_for_eyes, refuse_unseen
from kb.services.permission import Member, Role, require
from kb.services.records import Draft, UnitOfWork

ANSWER = "answer question rounds"
KIND = "case-answer"  # of a draft
NOT_SUBMITTED = "The case was not submitted"


@dataclass(frozen=True)
class CaseDesk:
    """What a member works on.

    Attributes:
        round: as this member may see it now.
        case: number of the member's case that is answered anew; 0: a new one is written.
        draft: what was kept; what was submitted where there is none. Pins that are hidden from the member by now are empty.
        version: of the draft; 0 before anything was kept. What is kept next has to name it.
        submitted: the case as it stands; ``None`` for a new one.
        is_changed: whether the draft says something else than what was submitted.
        unanswered: keys of questions without an answer, in the round's order; that is no fault.
        unsupported: keys of questions with an answer and without a passage; that is none either.
    """

    round: Round
    case: int
    draft: CaseDraft
    version: int
    submitted: CaseAnswer | None
    is_changed: bool
    unanswered: tuple[str, ...]
    unsupported: tuple[str, ...]


def desk(kb: KnowledgeBase, round_id: str, *, actor: Member, case: int = 0) -> CaseDesk:
    """The actor's own case in a round.

    Args:
        case: number of the actor's case that is to be answered anew; 0: a new one.

    Raises:
        NotFound: if there is no such round, or no such case of the actor's in it.
    """
    require(actor, Role.MEMBER, ANSWER)
    with kb.records() as records:
        whole = keeping.within(records, ROUND, round_id)
        refuse_unseen(whole, actor)
        kept = records.drafts.get(actor.name, KIND, _subject(round_id, case))
    evidence = EvidenceNow(kb, actor)
    seen = for_eyes(whole, actor, evidence)
    draft = _begun(kept, whole, case, actor)
    keys = whole.drafted.keys
    return CaseDesk(
        round=seen,
        case=case,
        draft=draft.model_copy(update={"pins": pins_for_eyes(draft.pins, evidence, own=True)}),
        version=kept.version if kept else 0,
        submitted=seen.case(case),
        is_changed=draft != _begun(None, whole, case, actor),
        unanswered=tuple(key for key in keys if not draft.answers.get(key)),
        unsupported=tuple(key for key in keys if draft.answers.get(key) and not draft.pins.get(key)),
    )


def keep(kb: KnowledgeBase, round_id: str, said: Mapping[str, object], *, version: int, actor: Member, case: int = 0) -> CaseDesk:
    """Keep what the actor has written so far, in the draft. Returns the desk with the draft's new version.

    Args:
        said: ``practice`` (name of a sheet), ``title``, ``language``; ``answers`` and ``pins`` by key of the question. What it does
            not name stays, key by key.
        version: of the draft that was read.

    Raises:
        NotFound: if there is no such round, or no such case of the actor's in it.
        InvalidEntry: with all that is wrong.
        Conflict: if the draft was kept elsewhere since, or no case is waited for.
    """
    require(actor, Role.MEMBER, ANSWER)
    evidence = EvidenceNow(kb, actor)
    with kb.records() as records:
        whole = _open(records, round_id, actor)
        before = _begun(records.drafts.get(actor.name, KIND, _subject(round_id, case)), whole, case, actor)
        draft = merged(before, said, whole, evidence, there=kb.practices.names())
        stored = Draft(
            actor.name, KIND, _subject(round_id, case), draft.model_dump_json(), str(len(whole.happened)), now(), version
        )
        if records.drafts.put(stored) is None:
            raise _elsewhere(round_id)
    return desk(kb, round_id, actor=actor, case=case)


def submit(kb: KnowledgeBase, round_id: str, *, version: int, actor: Member, case: int = 0) -> Round:
    """Give the case to everybody. Returns the round with it; the draft is gone then.

    Args:
        version: of the draft that was read.

    Raises:
        NotFound: if there is no such round, or no such case of the actor's in it.
        InvalidEntry: with all that is missing; a title, a language and one answer are needed.
        Conflict: if the draft was kept elsewhere since, says what was submitted already, or no case is waited for.
    """
    require(actor, Role.MEMBER, ANSWER)
    with kb.records() as records:
        whole = _open(records, round_id, actor)
        kept = records.drafts.get(actor.name, KIND, _subject(round_id, case))
        if (kept.version if kept else 0) != version:
            raise _elsewhere(round_id)
        draft = _begun(kept, whole, case, actor)
        if case and draft == _begun(None, whole, case, actor):
            raise Conflict("You have submitted the case like this already. Change something first.")
        answers = {key: text for key, text in draft.answers.items() if text.strip()}
        pins = {key: each for key, each in draft.pins.items() if each}
        values = {**dict(draft), "by": keeping.party(actor), "case": case, "answers": answers, "pins": pins}
        moved = keeping.add(records, ROUND, round_id, keeping.made(CaseAnswered, NOT_SUBMITTED, **values), actor=actor)
        records.drafts.remove(actor.name, KIND, _subject(round_id, case))
    return for_eyes(moved, actor, EvidenceNow(kb, actor))


def _open(records: UnitOfWork, round_id: str, actor: Member) -> Round:
    """The round as it is within the unit of work.

    Raises:
        Conflict: if no case is waited for.
    """
    whole = keeping.within(records, ROUND, round_id)
    refuse_unseen(whole, actor)
    if late := ROUND.lifecycle.refused(whole.state, CaseAnswered.kind, ROUND.what):
        raise Conflict(late.sentence)
    return whole


def _begun(kept: Draft | None, whole: Round, case: int, actor: Member) -> CaseDraft:
    """What the actor goes on from: the draft, else what was submitted, every pin as it was kept.

    Raises:
        NotFound: if the case is not the actor's.
    """
    submitted = whole.case(case) if case else None
    if case and (submitted is None or submitted.by.name != actor.name):
        raise NotFound(f"You have no case with the number {case} in {whole.id[:80]}.")
    if kept:
        return CaseDraft.model_validate_json(kept.text)
    if submitted is None:
        return CaseDraft(answers={}, pins={})
    return CaseDraft(
        practice=submitted.practice,
        title=submitted.title,
        answers=dict(submitted.answers),
        pins=dict(submitted.pins),
        language=submitted.language,
    )


def _subject(round_id: str, case: int) -> str:
    return f"{round_id}/{case}" if case else round_id


def _elsewhere(round_id: str) -> Conflict:
    return Conflict(f"Your answer in {round_id} was kept elsewhere meanwhile, perhaps in another window. Open it again.")


def title_of(kb: KnowledgeBase, practice: str, *, actor: Member, language: str = "en") -> str:
    """What a practice is called, for a case that is about it; empty where there is no such sheet."""
    require(actor, Role.MEMBER, ANSWER)
    found = practices.sheet_title(kb, practice, actor=actor)
    return found[0].best(language, found[1])[1] if found else ""

"""How far a practice is validated: what its sheet declares, what facilitators approved, and what assessments came to."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import InvalidEntry, UnusableRecords
from kb.peers.assessment.organisations import same_organisation
from kb.peers.assessment.state import Stage
from kb.peers.days import fault_of_day
from kb.peers.ladder import MAX_WORDS_CHARS, STREAM, ApprovalWithdrawn, Approved, Ground, Ladder, Rung
from kb.peers.ladder import ladder as climbed
from kb.peers.narrative import UNKNOWN
from kb.peers.practice import PracticeSheet
from kb.retrieval.writable import writable
from kb.services import journaling
from kb.services.assessing import listing
from kb.services.assessing.loading import assessment_for
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import StoredEntry, UnitOfWork

LOOK, APPROVE = "see how far practices are validated", "approve practices"


def ladder(kb: KnowledgeBase, practice: str, *, actor: Member) -> Ladder:
    """Every step with who, when, on what evidence and until when, as far as the actor may know.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    sheet = kb.practices.read(practice).sheet
    with kb.records() as records:
        stored = records.journal.of(STREAM, practice)
    grounds = [*_of_sheet(sheet), *_of_approvals(stored), *_of_assessments(kb, practice, actor)]
    in_order = sorted(grounds, key=lambda each: (not each.is_demo, each.on))  # what is real stands over the demonstration
    return climbed(practice, in_order, today=today())


def approve(kb: KnowledgeBase, practice: str, *, on_what: str, expires: str, actor: Member, is_demo: bool = False) -> None:
    """Say that the project stands behind a practice. A later approval stands in the place of an earlier one.

    Args:
        on_what: evidence, in words.
        expires: last day on which it stands, as ISO date.
        is_demo: it belongs to the demonstration; so does what its members approve.

    Raises:
        NotFound: if there is no such practice.
        InvalidEntry: with all that is wrong.
    """
    require(actor, Role.FACILITATOR, APPROVE)
    sheet = kb.practices.read(practice).sheet
    if faults := [*_faults_of_words(on_what, "on what evidence"), *_faults_of_expiry(expires), *_faults_of_owner(sheet, actor)]:
        raise InvalidEntry(f"The practice was not approved: {'; '.join(faults)}.")
    with kb.records() as records:
        _append(records, practice, Approved(on_what=writable(on_what), expires=expires), actor, is_demo=is_demo or actor.is_demo)


def withdraw(kb: KnowledgeBase, practice: str, *, why: str, actor: Member) -> None:
    """Say that the approval does not stand any more. That there was one stays in the history.

    Raises:
        NotFound: if there is no such practice.
        InvalidEntry: if none stands, or it is not said why.
    """
    require(actor, Role.FACILITATOR, APPROVE)
    kb.practices.read(practice)
    faults = list(_faults_of_words(why, "why"))
    with kb.records() as records:
        stored = records.journal.of(STREAM, practice)
        last = max(stored, key=lambda each: (not each.is_demo, each.seq), default=None)  # the one that stands: see ladder
        if last is None or last.kind != Approved.kind:
            faults.append("no approval stands")
        if faults or last is None:
            raise InvalidEntry(f"The approval was not withdrawn: {'; '.join(faults)}.")
        _append(records, practice, ApprovalWithdrawn(why=writable(why)), actor, is_demo=last.is_demo)


def _of_sheet(sheet: PracticeSheet | None) -> Iterator[Ground]:
    if sheet is None:
        return
    on, expires = ("" if day in (None, UNKNOWN) else str(day) for day in (sheet.reviewed, sheet.review_due))
    yield Ground(Rung.DECLARED, sheet.author or sheet.owner.name, on, expires=expires)


def _of_approvals(stored: list[StoredEntry]) -> Iterator[Ground]:
    """Each approval and each withdrawal, in order; a withdrawal is a ground that is not positive."""
    for each in stored:
        try:
            if each.kind == Approved.kind:
                given = Approved.model_validate_json(each.body)
                words, expires, is_positive = given.on_what, given.expires, True
            else:
                words, expires, is_positive = ApprovalWithdrawn.model_validate_json(each.body).why, "", False
        except ValueError as error:
            raise UnusableRecords(
                f"An entry of the ladder ({each.kind[:40]}) is of a newer version of the program. Update it."
            ) from error
        yield Ground(
            Rung.PROJECT_APPROVED, each.member, each.at_utc, words, expires=expires, is_positive=is_positive, is_demo=each.is_demo
        )


def _of_assessments(kb: KnowledgeBase, practice: str, actor: Member) -> Iterator[Ground]:
    """Each concluded assessment, for the step that it was opened to grant; the first opened first."""
    for each in reversed(listing.assessments(kb, actor=actor, practice=practice, stage=Stage.CONCLUDED)):
        whole = assessment_for(kb, each.id, actor=actor)
        if whole.opened is None or each.outcome is None:
            continue
        concluded = [one.member for one in whole.transitions if one.kind == "concluded"]
        yield Ground(
            Rung(whole.opened.status_granted.value),
            concluded[-1] if concluded else "",
            each.ended_at_utc,
            each.outcome.label,
            assessment=each.id,
            n_reviewers=each.outcome.panel,
            expires=each.look_again_on,
            is_positive=bool(each.outcome.status),
            label=each.label_title,
            n_stale=each.n_stale,
            is_demo=each.is_demo,
        )


def _append(records: UnitOfWork, practice: str, body: Approved | ApprovalWithdrawn, actor: Member, *, is_demo: bool) -> None:
    seq = journaling.next_seq(records.journal.of(STREAM, practice))
    journaling.append(records, STREAM, practice, seq, body.kind, body.model_dump_json(), actor=actor, is_demo=is_demo)


def _faults_of_words(words: str, what: str) -> Iterator[str]:
    if not writable(words).strip():
        yield f"it is not said {what}"
    elif len(words.strip()) > MAX_WORDS_CHARS:
        yield f"what is said has {len(words.strip())} characters; at most {MAX_WORDS_CHARS} are taken"


def _faults_of_expiry(expires: str) -> Iterator[str]:
    if fault := fault_of_day(expires):
        yield fault
    elif expires <= today():
        yield f"the last day {expires} has come already"


def _faults_of_owner(sheet: PracticeSheet | None, actor: Member) -> Iterator[str]:
    """As nobody reviews what their own organisation does."""
    if sheet and same_organisation(sheet.owner.name, actor.organisation):
        yield f"it is a practice of {actor.organisation}, for which {actor.name} works"

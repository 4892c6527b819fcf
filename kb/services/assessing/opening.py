"""A facilitator opens an assessment, asks reviewers and lets them begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.events import MAX_REPLY_DAYS, Begun, Cancelled, DueChanged, Event, Excused, Invited, Opened, Status
from kb.peers.assessment.folding import fold
from kb.peers.assessment.moves import refused
from kb.peers.assessment.review import MAX_REASON_CHARS
from kb.peers.completeness import completeness
from kb.retrieval.writable import one_line, writable
from kb.services import numbering, rubrics
from kb.services.assessing.adding import added, keep
from kb.services.assessing.interests import Candidate, Concerned, concerned_in, countries_of, refusals, warnings
from kb.services.assessing.loading import all_events, reader_of, rubric_in_use
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import LOCAL_MEMBER, Member, Role, require
from kb.services.records import KeptRubric, RegisteredMember, UnitOfWork, name_key

if TYPE_CHECKING:
    from kb.peers.practice import PracticeSheet
    from kb.services.sheets import SheetFile

RUN = "run assessments"


def open_assessment(
    kb: KnowledgeBase,
    practice: str,
    rubric: str,
    *,
    due: str,
    actor: Member,
    reply_days: int = 14,
    status_granted: str = Status.PEER_VALIDATED,
    respondent: str = "",
    is_demo: bool = False,
) -> str:
    """Open an assessment of a practice. Returns its id.

    Args:
        due: when reviews should be there, as ISO date.
        reply_days: that the owner has to reply once they are.
        status_granted: what the practice may be called if it ends well, one of :class:`Status`.
        respondent: member who answers for the owner; empty: anybody of the owner's organisation.
        is_demo: it belongs to the demonstration, with all that will happen to it; so does all that its members open.

    Raises:
        NotFound: if there is no such practice or rubric.
        InvalidEntry: with all that is wrong.
    """
    require(actor, Role.FACILITATOR, RUN)
    file = kb.practices.read(practice)
    asked = rubrics.rubric(kb, rubric, actor=actor)
    is_demo = is_demo or actor.is_demo
    with kb.records() as records:
        answering = _registered(records, respondent)
        faults = [
            *_faults_of_opening(file, due, reply_days, status_granted),
            *_faults_of_respondent(respondent, answering, is_demo),
        ]
        if faults or file.sheet is None:
            raise InvalidEntry(f"The assessment was not opened: {'; '.join(faults)}.")
        kept = rubrics.keep_in_use(kb, records, asked, actor=actor, is_demo=is_demo)
        respondent = answering.name if answering else ""
        opened = opening_of(file.sheet, file.version, kept, due, reply_days, Status(status_granted), respondent)
        assessment_id = free_id(records, practice)
        keep(records, assessment_id, Event(1, actor.name, now(), opened, is_demo))
    return assessment_id


def invitable(kb: KnowledgeBase, assessment_id: str, *, actor: Member, is_third: bool = False) -> list[Candidate]:
    """Every member who may act, by name, with what speaks against inviting them; those who may be invited come first."""
    require(actor, Role.FACILITATOR, RUN)
    with kb.records() as records:
        whole = fold(assessment_id, all_events(records, assessment_id))
        rubric = rubric_in_use(records, whole.rubric, whole.version)
        everyone = [*(each for each in records.members.everyone() if each.is_active), _local()]
    concerned = concerned_in(kb, whole)
    found = []
    for member in everyone:
        moved = refused(whole, invitation(member, concerned, is_third), reader_of(actor), rubric, today=today())
        against = (*(each.sentence for each in moved), *refusals(member, concerned))
        found.append(Candidate(member, "; ".join(against), tuple(warnings(member, concerned))))
    return sorted(found, key=lambda each: (bool(each.refusal), len(each.warnings)))


def invite(kb: KnowledgeBase, assessment_id: str, reviewer: str, *, actor: Member, is_third: bool = False) -> Candidate:
    """Offer a seat on the panel. Returns who was asked, with the warnings that are kept with the invitation.

    Args:
        is_third: asked because the others are far apart.

    Raises:
        NotFound: if there is no such assessment or member.
        InvalidEntry: if the member has an interest in the practice, or may not review for another reason; all of them.
    """
    require(actor, Role.FACILITATOR, RUN)
    with kb.records() as records:
        whole = fold(assessment_id, all_events(records, assessment_id))
        member = _registered(records, reviewer)
    if member is None:
        raise NotFound(f"There is no member called “{one_line(reviewer)[:40]}”. See who is there: kb member list")
    concerned = concerned_in(kb, whole)
    if against := tuple(refusals(member, concerned)):
        raise InvalidEntry("; ".join(against))
    added(kb, assessment_id, invitation(member, concerned, is_third), actor=actor)
    return Candidate(member, "", tuple(warnings(member, concerned)))


def excuse(kb: KnowledgeBase, assessment_id: str, reviewer: str, *, actor: Member, why: str = "") -> None:
    """Wait no longer for a reviewer."""
    require(actor, Role.FACILITATOR, RUN)
    added(kb, assessment_id, Excused(reviewer=reviewer, why=reason(why)), actor=actor)


def change_due(kb: KnowledgeBase, assessment_id: str, due: str, *, actor: Member, why: str = "") -> None:
    """Await reviews by another date.

    Raises:
        InvalidEntry: if it is no date, or one that has passed.
    """
    require(actor, Role.FACILITATOR, RUN)
    if not _is_date(due):
        raise InvalidEntry(f"“{due[:40]}” is no date such as 2026-12-31.")
    added(kb, assessment_id, DueChanged(due=due, why=reason(why)), actor=actor)


def begin(kb: KnowledgeBase, assessment_id: str, *, actor: Member) -> None:
    """Let the panel review: it is large enough."""
    require(actor, Role.FACILITATOR, RUN)
    added(kb, assessment_id, Begun(), actor=actor)


def cancel(kb: KnowledgeBase, assessment_id: str, *, why: str, actor: Member) -> None:
    """End an assessment without an outcome. All that happened stays.

    Raises:
        InvalidEntry: if it is not said why.
    """
    require(actor, Role.FACILITATOR, RUN)
    added(kb, assessment_id, Cancelled(why=reason(why)), actor=actor)


def reason(why: str) -> str:
    """A reason as it is kept.

    Raises:
        InvalidEntry: if it is too long.
    """
    words = writable(why).strip()
    if len(words) > MAX_REASON_CHARS:
        raise InvalidEntry(f"The reason has {len(words)} characters; at most {MAX_REASON_CHARS} are taken.")
    return words


def opening_of(
    sheet: PracticeSheet, version: str, rubric: KeptRubric, due: str, reply_days: int, status: Status, respondent: str
) -> Opened:
    """The event that opens an assessment of a practice, with what its sheet says now."""
    return Opened(
        practice=sheet.practice,
        title=sheet.title.best(sheet.language)[1],
        rubric=rubric.name,
        version=rubric.version,
        rubric_sha256=rubric.sha256,
        due=due,
        reply_days=reply_days,
        status_granted=status,
        respondent=respondent,
        owner=sheet.owner.name,
        countries=countries_of(sheet),
        lacking=completeness(sheet).unsaid,
        sheet_version=version,
    )


def _faults_of_opening(file: SheetFile, due: str, reply_days: int, status: str) -> Iterator[str]:
    if file.sheet is None:
        yield f"the sheet of {file.name} has faults, see kb practice check {file.name}"
    if not _is_date(due):
        yield f"“{due[:40]}” is no date such as 2026-12-31"
    elif due < today():
        yield f"the date {due} has passed"
    if not 0 <= reply_days <= MAX_REPLY_DAYS:
        yield f"{reply_days} days to reply; between 0 and {MAX_REPLY_DAYS} can be given"
    if status not in tuple(Status):
        yield f"“{status[:40]}” is none of {', '.join(Status)}"


def _faults_of_respondent(wanted: str, found: RegisteredMember | None, is_demo: bool) -> Iterator[str]:
    if one_line(wanted) and not (found and found.is_active):
        yield f"nobody called “{one_line(wanted)[:40]}” may act"
    elif found and found.is_demo and not is_demo:
        yield f"{found.name} is of the demonstration, and the assessment is not"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def free_id(records: UnitOfWork, practice: str) -> str:
    """The next id of a practice, which no assessment had before."""
    number = numbering.used_up_to(records, practice) + 1
    while records.assessments.of(f"{practice}-{number}"):
        number += 1
    return f"{practice}-{number}"


def _registered(records: UnitOfWork, name: str) -> RegisteredMember | None:
    """A member by name; the local one too."""
    name = one_line(name)
    if name_key(name) == name_key(LOCAL_MEMBER.name):
        return _local()
    return records.members.get(name) if name else None


def _local() -> RegisteredMember:
    """Whoever is at this machine, as a member among the others."""
    return RegisteredMember(LOCAL_MEMBER.name, "", "", tuple(sorted(LOCAL_MEMBER.roles)), (), False, "", "")


def invitation(member: RegisteredMember, concerned: Concerned, is_third: bool) -> Invited:
    """The event that offers a seat, with what the facilitator is warned of."""
    return Invited(
        reviewer=member.name,
        organisation=member.organisation,
        country=member.country,
        is_third=is_third,
        warnings=tuple(warnings(member, concerned)),
    )

"""Lists of assessments, and what waits for a member."""

from __future__ import annotations

from dataclasses import dataclass

from kb.peers.assessment.blinding import answers_for_owner
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.state import Assessment, Seat, Stage
from kb.peers.days import months_later
from kb.peers.narrative import Text
from kb.services import rubrics
from kb.services.assessing.evidence_now import EvidenceNow
from kb.services.assessing.loading import LOOK, reader_of
from kb.services.assessing.outlines import outlines_for
from kb.services.assessing.staleness import StaleScore, stale_of, unsupported_of
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require


@dataclass(frozen=True)
class ListedAssessment:
    """An assessment in a list, as far as the actor may see it.

    Attributes:
        title: of the practice when it was opened.
        rubric_title: as the version in use has it.
        due: of what is awaited now, reviews or the owner's reply; empty where nothing is.
        is_overdue: whether that date has passed.
        my_seat: the actor's own.
        n_panel: live seats that the actor may know of; once concluded, how many reviewed.
        n_submitted: of these, who is done.
        outcome: what it came to; ``None`` before.
        label_title: of the outcome's label.
        look_again_on: ISO date, when the conclusion should be looked at again; empty before.
        stale: scores that have to be looked at again.
        unsupported: reviewer and criterion of scores without a passage.
        at_utc: when it was opened, ISO 8601; ``ended_at_utc`` when it was concluded or cancelled.
    """

    id: str
    practice: str
    title: str
    rubric: str
    rubric_title: Text
    version: int
    stage: Stage
    due: str
    is_overdue: bool
    my_seat: Seat | None
    n_panel: int
    n_submitted: int
    outcome: Outcome | None
    label_title: Text | None
    look_again_on: str
    is_demo: bool
    stale: tuple[StaleScore, ...]
    unsupported: tuple[tuple[str, str], ...]
    at_utc: str
    ended_at_utc: str

    @property
    def n_stale(self) -> int:
        """How many scores have to be looked at again."""
        return len({(each.reviewer, each.criterion) for each in self.stale})


@dataclass(frozen=True)
class Tasks:
    """What waits for a member; the earliest date first.

    Attributes:
        to_review: a seat is offered, or a review is awaited.
        to_reply: the owner's reply is awaited, and the member may give it.
        to_reconcile: the panel reconciles, and the member is of it or a facilitator.
        to_lead: for facilitators: a panel has to be invited or let begin, reviews are overdue, or the reply can be closed.
        stale: own scores whose evidence changed.
    """

    to_review: tuple[ListedAssessment, ...]
    to_reply: tuple[ListedAssessment, ...]
    to_reconcile: tuple[ListedAssessment, ...]
    to_lead: tuple[ListedAssessment, ...]
    stale: tuple[StaleScore, ...]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def assessments(kb: KnowledgeBase, *, actor: Member, practice: str = "", stage: Stage | None = None) -> list[ListedAssessment]:
    """Assessments as far as the actor may see them, the last opened first; of one practice or stage if one is given."""
    require(actor, Role.MEMBER, LOOK)
    found = [each for each, _ in _listed(kb, actor, practice) if stage in (None, each.stage)]
    return sorted(found, key=lambda each: (each.at_utc, each.id), reverse=True)


def tasks(kb: KnowledgeBase, *, actor: Member) -> Tasks:
    """What waits for the actor."""
    require(actor, Role.MEMBER, LOOK)
    reader = reader_of(actor)
    found = sorted(_listed(kb, actor), key=lambda pair: (pair[0].due or "9999", pair[0].id))
    open_ones = [(listed, whole) for listed, whole in found if not listed.stage.is_final]
    review = [listed for listed, _ in open_ones if listed.my_seat and listed.my_seat.is_awaited]
    reply = [
        listed
        for listed, whole in open_ones
        if listed.stage is Stage.REPLYING and whole.opened and answers_for_owner(whole.opened, reader) and whole.reply is None
    ]
    concerned = [(listed, whole) for listed, whole in open_ones if reader.is_facilitator or actor.name in whole.reviews]
    reconcile = [listed for listed, _ in concerned if listed.stage is Stage.RECONCILING]
    lead = [
        listed for listed, whole in concerned if reader.is_facilitator and listed not in review and _waits_for_lead(listed, whole)
    ]
    stale = [each for listed, _ in found for each in listed.stale if each.reviewer == actor.name]
    return Tasks(tuple(review), tuple(reply), tuple(reconcile), tuple(lead), tuple(stale))


def listed(assessment: Assessment, rubric: Rubric, evidence: EvidenceNow, actor: Member) -> ListedAssessment:
    """A line of the list, from what the actor may see."""
    return _line(assessment, rubric, actor, tuple(stale_of(assessment, evidence, actor)), tuple(unsupported_of(assessment)))


def _line(
    assessment: Assessment, rubric: Rubric, actor: Member, stale: tuple[StaleScore, ...], unsupported: tuple[tuple[str, str], ...]
) -> ListedAssessment:
    due = {Stage.OPENED: assessment.due, Stage.REVIEWING: assessment.due, Stage.REPLYING: assessment.reply_due}
    outcome = assessment.outcome
    awaited = due.get(assessment.stage, "")
    return ListedAssessment(
        id=assessment.id,
        practice=assessment.practice,
        title=assessment.title,
        rubric=assessment.rubric,
        rubric_title=rubric.title,
        version=assessment.version,
        stage=assessment.stage,
        due=awaited,
        is_overdue=bool(awaited) and awaited < today(),
        my_seat=assessment.seat(actor.name),
        n_panel=outcome.panel if outcome else len(assessment.live_seats),
        n_submitted=outcome.panel if outcome else len(assessment.live_seats) - len(assessment.awaited),
        outcome=outcome,
        label_title=rubric.title_of(outcome.label) if outcome else None,
        look_again_on=months_later(assessment.ended_at_utc[:10], rubric.review_after_months) if outcome else "",
        is_demo=assessment.is_demo,
        stale=stale,
        unsupported=unsupported,
        at_utc=assessment.opened_at_utc,
        ended_at_utc=assessment.ended_at_utc,
    )


def _listed(kb: KnowledgeBase, actor: Member, practice: str = "") -> list[tuple[ListedAssessment, Assessment]]:
    """Each with its line, without words."""
    with kb.records() as records:
        kept = {(each.name, each.version): rubrics.spelled(each.text) for each in records.rubrics.everyone()}
    found = outlines_for(kb, actor=actor, practice=practice)
    return [(_line(each.assessment, kept[each.by], actor, each.stale, each.unsupported), each.assessment) for each in found]


def _waits_for_lead(listed: ListedAssessment, whole: Assessment) -> bool:
    is_reply_over = listed.stage is Stage.REPLYING and (whole.reply is not None or listed.is_overdue)
    return listed.stage is Stage.OPENED or is_reply_over or (listed.stage is Stage.REVIEWING and listed.is_overdue)

"""What waits for one reader among things of mutual learning: told of them and of the day alone, by no clock.

Nobody is told to do what they may not do: where a rule of the thing decides, it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment.blinding import Reader
from kb.peers.assessment.organisations import same_organisation
from kb.peers.learning import plan as plans
from kb.peers.learning.case import Case, CaseState
from kb.peers.learning.due import is_overdue
from kb.peers.learning.lesson import Lesson, LessonState
from kb.peers.learning.match import Match
from kb.peers.learning.notice import Notice, NoticeKind
from kb.peers.learning.parts import Party
from kb.peers.learning.plan import PLAN, Plan, PlanState
from kb.peers.learning.plan_bodies import PlanValidated
from kb.peers.learning.policy import POLICY, PolicyChange, PolicyState
from kb.peers.learning.policy_bodies import PolicyConfirmed
from kb.peers.learning.recommendation import Recommendation, RecommendationState
from kb.peers.learning.record import Body, Kind, R
from kb.peers.learning.round import Round, RoundState
from kb.peers.learning.session import Session, SessionState
from kb.peers.learning.session_rules import adds_notes, runs
from kb.peers.learning.things import Things

MAX_ABOUT_CHARS = 120


def waits(things: Things, reader: Reader, today: str) -> Iterator[Notice]:
    """Everything, in no order."""
    for record in things:
        match record:
            case Match():
                found = _match(record, reader)
            case Round():
                found = _round(record, reader, today)
            case Session():
                found = _session(record, reader, today)
            case Recommendation():
                found = _recommendation(record, reader)
            case Plan():
                found = _plan(record, reader, today)
            case Case():
                found = _case(record, reader, today)
            case Lesson():
                found = _lesson(record, reader)
            case PolicyChange():
                found = _policy(record, reader, today)
            case _:
                continue
        for kind, since, due, about in found:
            title = things.title_of(record)
            yield Notice(kind, record.id, title, due, is_overdue(due, today), since, record.is_demo, about[:MAX_ABOUT_CHARS])


Found = Iterator[tuple[NoticeKind, str, str, str]]  # kind, since, due, what within it


def _match(match: Match, reader: Reader) -> Found:
    if match.waits_for == reader.name and reader.name:
        kind = NoticeKind.DECIDE if reader.name == match.proposed.host.name else NoticeKind.CONSENT
        yield kind, match.changed_on, "", ""


def _round(round_: Round, reader: Reader, today: str) -> Found:
    due = round_.drafted.due
    if round_.awaits(reader):
        yield NoticeKind.ANSWER_ROUND, round_.sent_on, due, ""
    if round_.state is RoundState.SENT and due < today and reader.is_facilitator:
        yield NoticeKind.CLOSE_ROUND, due, due, ""
    for each in round_.unanswered_for(reader):
        yield NoticeKind.REPLY_CASE, each.at_utc[:10], "", each.text


def _session(session: Session, reader: Reader, today: str) -> Found:
    if session.debrief_due and session.held and adds_notes(session, reader):
        yield NoticeKind.DEBRIEF, session.held.on, session.debrief_due, ""
    if session.state is SessionState.PLANNED and session.last_day < today and runs(session, reader):
        yield NoticeKind.HOLD, session.last_day, session.last_day, ""


def _recommendation(record: Recommendation, reader: Reader) -> Found:
    if not same_organisation(record.issued.to, reader.organisation):
        return
    if record.state is RecommendationState.ISSUED:
        yield NoticeKind.RESPOND, record.begun_on, "", ""
    elif record.state is RecommendationState.ANSWERED and not record.is_rejected:
        yield NoticeKind.IMPLEMENT, record.changed_on, "", ""


def _plan(plan: Plan, reader: Reader, today: str) -> Found:
    is_draft = plan.state is PlanState.DRAFT
    if is_draft and reader.is_facilitator and _may(PLAN, plan, PlanValidated(by=_party(reader)), reader, today):
        yield NoticeKind.VALIDATE, plan.changed_on, "", ""
    is_own = reader.name == plan.member or same_organisation(plan.organisation, reader.organisation)
    if plan.state is PlanState.IN_PROGRESS and is_own:
        for action in plan.written.actions:
            if action.ends and action.ends < today and plan.action_states[action.key].state not in plans.ACTION_ENDED:
                yield NoticeKind.ACTION, action.ends, action.ends, action.what


def _case(case: Case, reader: Reader, today: str) -> Found:
    if reader.name == case.member or same_organisation(case.considered.organisation, reader.organisation):
        for each in case.overdue(today):
            yield NoticeKind.MILESTONE, each.due, each.due, each.what
    is_all_reached = case.plan is not None and all(each.reached_on for each in case.plan.milestones)
    if case.state is CaseState.RE_USE and is_all_reached and reader.is_facilitator and reader.name != case.member:
        yield NoticeKind.EVALUATE_CASE, case.changed_on, "", ""


def _lesson(lesson: Lesson, reader: Reader) -> Found:
    """Whom something was learned from says whether it holds; anybody else may, and is not told to."""
    from_them = same_organisation(lesson.noted.from_whom, reader.organisation)
    if lesson.state is LessonState.NOTED and from_them and reader.name != lesson.member:
        yield NoticeKind.CONFIRM_LESSON, lesson.begun_on, "", ""


def _policy(policy: PolicyChange, reader: Reader, today: str) -> Found:
    is_new = policy.state is PolicyState.RECORDED and reader.is_facilitator
    if is_new and _may(POLICY, policy, PolicyConfirmed(by=_party(reader)), reader, today):
        yield NoticeKind.CONFIRM_POLICY, policy.changed_on, "", ""


def _may(kind: Kind[R], record: R, body: Body, reader: Reader, today: str) -> bool:
    return not any(kind.refusals(record, body, reader, today))


def _party(reader: Reader) -> Party:
    return Party(name=reader.name, organisation=reader.organisation)

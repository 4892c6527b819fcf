"""What the demonstration follows is played: indicators, readings and approvals become entries of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.peers.ladder import STREAM as LADDER
from kb.peers.ladder import Approved
from kb.peers.monitoring import events as happened
from kb.peers.monitoring.events import STREAM, Body, Event, spelled
from kb.peers.monitoring.folding import Monitoring, fold
from kb.services.clock import today
from kb.services.journaling import next_seq
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring.changing import against_indicator, against_reading
from kb.services.permission import Role
from kb.services.records import RegisteredMember, StoredEntry, UnitOfWork

if TYPE_CHECKING:
    from kb.peers.demonstration_following import FollowingStep, ToldApproval, ToldMonitoring

People = Mapping[str, RegisteredMember]
IS_DEMO = True
MAY_FOLLOW = {Role.CONTRIBUTOR, Role.FACILITATOR}


@dataclass(frozen=True)
class PlayedFollowing:
    """What came of it.

    Attributes:
        stream: of the journal.
        events: numbered from 1, as if nothing had happened to the practice before.
        faults: what did not go as the files tell, as clauses.
    """

    stream: str
    practice: str
    events: tuple[StoredEntry, ...]
    faults: tuple[str, ...]


def monitoring_played(kb: KnowledgeBase, name: str, told: ToldMonitoring, people: People) -> PlayedFollowing:
    """The monitoring of one practice; ``name`` is that of its file."""
    events: list[Event] = []
    faults = [f"{name}: {fault}" for fault in _faults_of_practice(kb, told.practice)]
    for number, step in enumerate(told.happened, start=1):
        who = people[step.who]
        so_far = fold(told.practice, events, today=today())
        body = _body(step)
        against = [*_faults_of_member(who, MAY_FOLLOW), *_against(so_far, body)]
        faults += [f"{name}: happened.{number}: {fault}" for fault in against]
        events.append(Event(number, who.name, step.at_utc, body, IS_DEMO))
    stored = (_stored(told.practice, each) for each in events)
    return PlayedFollowing(STREAM, told.practice, tuple(stored), tuple(faults))


def approvals_played(kb: KnowledgeBase, told: Iterable[ToldApproval], people: People) -> list[PlayedFollowing]:
    """The approvals of the ladder, one after the other."""
    played = []
    for number, each in enumerate(told, start=1):
        who = people[each.who]
        against = [*_faults_of_practice(kb, each.practice), *_faults_of_member(who, {Role.FACILITATOR})]
        if each.expires <= each.day:
            against.append(f"the last day {each.expires} is not after {each.day}")
        body = Approved(on_what=each.on_what, expires=each.expires)
        entry = StoredEntry(LADDER, each.practice, 1, who.name, each.at_utc, body.kind, body.model_dump_json(), IS_DEMO)
        faults = tuple(f"approvals.{number}: {fault}" for fault in against)
        played.append(PlayedFollowing(LADDER, each.practice, (entry,), faults))
    return played


def keep_following(records: UnitOfWork, played: PlayedFollowing) -> None:
    """Keep the entries after whatever happened to the practice before, and let what refers to one of them follow it."""
    before = next_seq(records.journal.of(played.stream, played.practice)) - 1
    for each in played.events:
        records.journal.append(_moved(each, before))


def _body(step: FollowingStep) -> Body:
    """The flaws of the file said already what is missing."""
    said = {name: getattr(step, name) for name in happened.KINDS[step.what].model_fields if name in type(step).model_fields}
    if step.what == happened.ReadingWithdrawn.kind:
        said["seq"] = step.step
    return happened.KINDS[step.what].model_validate(said)


def _against(so_far: Monitoring, body: Body) -> Iterator[str]:
    """Why it may not follow."""
    match body:
        case happened.IndicatorSet():
            yield from against_indicator(so_far, so_far.followed(body.indicator.key), body.indicator)
        case happened.ReadingAdded():
            followed = so_far.followed(body.key)
            yield from against_reading(so_far, followed, body) if followed else [f"there is no indicator {body.key}"]
        case happened.IndicatorEnded():
            if not so_far.followed(body.key):
                yield f"there is no indicator {body.key}"
        case happened.ReadingWithdrawn():
            if not so_far.reading(body.seq):
                yield f"step {body.seq} added no reading"


def _stored(practice: str, event: Event) -> StoredEntry:
    kind, text = spelled(event.body)
    return StoredEntry(STREAM, practice, event.seq, event.member, event.at_utc, kind, text, event.is_demo)


def _moved(entry: StoredEntry, before: int) -> StoredEntry:
    """The same ``before`` places later."""
    body = entry.body
    if entry.kind == happened.ReadingWithdrawn.kind:
        withdrawn = happened.ReadingWithdrawn.model_validate_json(body)
        body = withdrawn.model_copy(update={"seq": withdrawn.seq + before}).model_dump_json()
    return StoredEntry(entry.stream, entry.subject, entry.seq + before, entry.member, entry.at_utc, entry.kind, body, entry.is_demo)


def _faults_of_practice(kb: KnowledgeBase, practice: str) -> Iterator[str]:
    if practice not in kb.practices.names():
        yield f"there is no practice {practice}"


def _faults_of_member(who: RegisteredMember, wanted: set[Role]) -> Iterator[str]:
    if not wanted & set(who.roles):
        yield f"{who.name} has none of the roles {', '.join(sorted(wanted))}"

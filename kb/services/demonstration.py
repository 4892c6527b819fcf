"""Demonstration data: assessments, tests of transferability, indicators, approvals and what partners learn, by members who are
nobody, so that every screen has something to show before anybody has worked.

It is in the local database only, is marked wherever it is shown, and one command takes it away and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.errors import InvalidEntry, NotFound
from kb.peers.ladder import STREAM as LADDER
from kb.peers.monitoring.events import STREAM as MONITORING
from kb.peers.transfer.events import STREAM as TRANSFER
from kb.services import frameworks
from kb.services.clock import now
from kb.services.demonstration_following import People, PlayedFollowing, approvals_played, keep_following, monitoring_played
from kb.services.demonstration_keeping import keep_assessment, n_indicators
from kb.services.demonstration_learning import LearningPlay, PlayedLearning, is_learning_in_use, keep_learning
from kb.services.demonstration_playing import Play, Played, Stage
from kb.services.demonstration_removing import Removed, take_away
from kb.services.demonstration_removing import going as count_going
from kb.services.demonstration_transferring import PlayedTransfer, TransferPlay
from kb.services.knowledge_base import KnowledgeBase
from kb.services.numbering import keep_used
from kb.services.permission import Member, Role, require
from kb.services.records import Change, Draft, KeptRubric, RegisteredMember, UnitOfWork
from kb.services.rubrics import spelled
from kb.services.transferring import adding, judging, opening

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.demonstration import Person
    from kb.peers.demonstration_transfer import ToldTransfer
    from kb.services.demonstration_files import Demonstration

LOAD, REMOVE, LOOK = "load the demonstration", "remove the demonstration", "see whether the demonstration is loaded"
SUBJECT = "demonstration"  # in the history
MAX_TOLD = 20  # faults in one message


class Skipped(StrEnum):
    """Why nothing was loaded."""

    LOADED = "loaded"  # it is there already
    NOT_EMPTY = "not-empty"  # somebody is registered, or has begun anything
    REMOVED = "removed"  # somebody took it away
    NOT_LOCAL = "not-local"  # the records are in a database that the settings name
    ABSENT = "absent"  # there are no files of it
    UNFIT = "unfit"  # it does not fit the documents and practices that are there


@dataclass(frozen=True)
class Loaded:
    """What was loaded.

    Attributes:
        n_tests: of transferability.
        n_indicators: of practices that are followed.
        n_things: of mutual learning: needs, sessions, lessons …
        skipped: why nothing was; ``None`` where it was.
    """

    n_members: int = 0
    n_assessments: int = 0
    n_tests: int = 0
    n_indicators: int = 0
    n_things: int = 0
    skipped: Skipped | None = None


def load(kb: KnowledgeBase, *, actor: Member, if_empty: bool = False) -> Loaded:
    """Take the demonstration in, all of it or nothing. Where it is there already, nothing is done.

    Args:
        if_empty: only where nobody is registered, nothing was assessed, tested, followed or learned, and nobody removed it;
            without a word where it cannot be.

    Raises:
        NotFound: if there are no files of it.
        InvalidEntry: if the records are not in the local database, or with everything in the files that is wrong or does not fit
            the documents and practices that are there.
    """
    require(actor, Role.ADMINISTRATOR, LOAD)
    if skipped := _why_not(kb, if_empty=if_empty):
        if if_empty or skipped is Skipped.LOADED:
            return Loaded(skipped=skipped)
        raise _refusal(kb, skipped)
    files = kb.demonstration.read()
    people = {key: _registered(person, actor) for key, person in files.people.items()}
    rubrics = _rubrics(kb, files, actor)
    stage = Stage(kb, actor, people, rubrics)
    assessed = [Play(name, told, stage).played() for name, told in files.assessments.items() if people]
    tested = [_played(kb, name, told, people, actor) for name, told in files.transfers.items() if people]
    followed = [monitoring_played(kb, name, told, people) for name, told in files.monitoring.items() if people]
    approved = approvals_played(kb, files.approvals, people) if people else []
    learned = LearningPlay(kb, actor, files.learning if people else {}, people).played()
    played: list[Played | PlayedTransfer | PlayedFollowing | PlayedLearning] = [*assessed, *tested, *followed, *approved, learned]
    faults = [*map(str, files.faults), *(fault for each in played for fault in each.faults)]
    if faults:
        if if_empty:
            return Loaded(skipped=Skipped.UNFIT)
        more = f"; and {len(faults) - MAX_TOLD} more" if len(faults) > MAX_TOLD else ""
        raise InvalidEntry(f"The demonstration cannot be loaded: {'; '.join(faults[:MAX_TOLD])}{more}.")
    with kb.records() as records:
        if _is_in(records):  # somebody was quicker
            return Loaded(skipped=Skipped.LOADED)
        for member in people.values():
            records.members.add(member)
        for kept, _ in rubrics.values():
            records.rubrics.keep(kept)
        for assessment in assessed:
            keep_assessment(records, assessment)
        tests = {test.name: _keep_test(kb, records, test, actor) for test in tested}
        for entries in (*followed, *approved):
            keep_following(records, entries)
        keep_learning(records, learned, {name: test for name, test in tests.items() if name != test})
    n_followed = n_indicators(entry for each in followed for entry in each.events)
    return Loaded(len(people), len(assessed), len(tested), n_followed, learned.n_things)


def going(kb: KnowledgeBase, *, actor: Member) -> Removed:
    """What :func:`remove` would take away now, so that it can be said before."""
    require(actor, Role.ADMINISTRATOR, REMOVE)
    with kb.records() as records:
        return count_going(records)


def remove(kb: KnowledgeBase, *, actor: Member) -> Removed:
    """Take away the members of the demonstration, what they did and what they began to write; nothing else.

    All that they did is marked: see :func:`kb.services.permission.require_real`. What somebody real did within it is marked too and
    goes with it: a reply to a made-up round has nothing to stand on without it. That it was removed joins the history, so that it
    does not come back by itself. No id of it is given to anything else. Where there is none of it, nothing is done.
    """
    require(actor, Role.ADMINISTRATOR, REMOVE)
    with kb.records() as records:
        keep_used(records, actor=actor)
        told = take_away(records)
        if told.n_members:
            records.history.add(Change(actor.name, now(), SUBJECT, SUBJECT, "removed"))
    return told


def is_loaded(kb: KnowledgeBase, *, actor: Member) -> bool:
    """Whether anything of the demonstration is there."""
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        return _is_in(records)


def _is_in(records: UnitOfWork) -> bool:
    return any(each.is_demo for each in records.members.everyone()) or any(each.is_demo for each in records.assessments.everyone())


def _is_in_use(records: UnitOfWork) -> bool:
    """Whether anything was tested, followed, approved or learned."""
    return any(records.journal.stamp(stream)[0] for stream in (TRANSFER, MONITORING, LADDER)) or is_learning_in_use(records)


def _why_not(kb: KnowledgeBase, *, if_empty: bool) -> Skipped | None:
    if not kb.has_own_records:
        return Skipped.NOT_LOCAL
    with kb.records() as records:
        if _is_in(records):
            return Skipped.LOADED
        if if_empty and (records.members.everyone() or records.assessments.everyone() or _is_in_use(records)):
            return Skipped.NOT_EMPTY
        if if_empty and records.history.last(SUBJECT, SUBJECT):
            return Skipped.REMOVED
    return None if kb.demonstration.read().is_there else Skipped.ABSENT


def _refusal(kb: KnowledgeBase, skipped: Skipped) -> NotFound | InvalidEntry:
    if skipped is Skipped.ABSENT:
        return NotFound(f"There is no demonstration in {kb.demonstration.folder}.")
    return InvalidEntry(
        "The demonstration is loaded into the local database only, and KB_DATABASE_URL names another one. Start without it."
    )


def _registered(person: Person, actor: Member) -> RegisteredMember:
    roles = tuple(sorted({Role.MEMBER, *map(Role, person.roles)}))
    return RegisteredMember(
        person.name, person.organisation, person.country or "", roles, person.languages, True, now(), actor.name
    )


def _rubrics(kb: KnowledgeBase, files: Demonstration, actor: Member) -> dict[tuple[str, int], tuple[KeptRubric, Rubric]]:
    """Every rubric that is asked for and there: as it is kept, else as its file has it."""
    found = {}
    for name, version in sorted({(each.rubric, each.version) for each in files.assessments.values()}):
        with kb.records() as records:
            kept = records.rubrics.get(name, version)
        file = kb.rubrics.read(name) if kept is None and name in kb.rubrics.names() else None
        if file and file.made and not file.faults and file.made.version == version:
            kept = KeptRubric(name, version, file.sha256, file.made.canonical(), now(), actor.name, is_demo=True)
        if kept:
            found[name, version] = kept, spelled(kept.text)
    return found


def _played(kb: KnowledgeBase, name: str, told: ToldTransfer, people: People, actor: Member) -> PlayedTransfer:
    try:
        framework = frameworks.framework(kb, told.framework, told.version, actor=actor)
    except (NotFound, InvalidEntry):
        framework = None
    return TransferPlay(name, told, kb, actor, framework, people).played()


def _keep_test(kb: KnowledgeBase, records: UnitOfWork, played: PlayedTransfer, actor: Member) -> str:
    """Returns the id of the test."""
    assert played.framework is not None  # there would be a fault
    frameworks.keep_in_use(kb, records, played.framework, actor=actor, is_demo=True)
    test = opening.free_id(records, played.practice, played.target)
    for event in played.events:
        adding.keep(records, test, event)
    for member, judgement in played.drafts.items():
        began_utc, at_utc = played.events[0].at_utc, played.events[-1].at_utc
        records.drafts.put(Draft(member, judging.KIND, test, judgement.model_dump_json(), began_utc, at_utc))
    return test

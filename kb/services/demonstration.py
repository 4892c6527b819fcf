"""Demonstration data: assessments by members who are nobody, so that every screen has something to show before anybody has worked.

It is in the local database only, is marked wherever it is shown, and one command takes it away and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.events import Invited, read
from kb.services.assessing.adding import keep
from kb.services.assessing.loading import now
from kb.services.assessing.opening import free_id
from kb.services.assessing.reviewing import KIND
from kb.services.demonstration_playing import Play, Played, Stage
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import Change, Draft, KeptRubric, RegisteredMember, UnitOfWork
from kb.services.rubrics import spelled

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.demonstration import Person
    from kb.services.demonstration_files import Demonstration

LOAD, REMOVE, LOOK = "load the demonstration", "remove the demonstration", "see whether the demonstration is loaded"
SUBJECT = "demonstration"  # in the history
MAX_TOLD = 20  # faults in one message


class Skipped(StrEnum):
    """Why nothing was loaded."""

    LOADED = "loaded"  # it is there already
    NOT_EMPTY = "not-empty"  # somebody is registered, or has opened an assessment
    REMOVED = "removed"  # somebody took it away
    NOT_LOCAL = "not-local"  # the records are in a database that the settings name
    ABSENT = "absent"  # there are no files of it
    UNFIT = "unfit"  # it does not fit the documents and practices that are there


@dataclass(frozen=True)
class Loaded:
    """What was loaded.

    Attributes:
        skipped: why nothing was; ``None`` where it was.
    """

    n_members: int = 0
    n_assessments: int = 0
    skipped: Skipped | None = None


@dataclass(frozen=True)
class Removed:
    """What was taken away."""

    n_members: int
    n_assessments: int


def load(kb: KnowledgeBase, *, actor: Member, if_empty: bool = False) -> Loaded:
    """Take the demonstration in, all of it or nothing. Where it is there already, nothing is done.

    Args:
        if_empty: only where nobody is registered, no assessment exists and nobody removed it; without a word where it cannot be.

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
    played = [Play(name, told, stage).played() for name, told in files.assessments.items() if people]
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
        for each in played:
            _keep(records, each)
    return Loaded(len(people), len(played))


def remove(kb: KnowledgeBase, *, actor: Member) -> Removed:
    """Take away the members and assessments of the demonstration, and what they began to write; nothing else.

    What somebody did with the demonstration elsewhere (a judgement, a tag) stays, as all history does; that it was removed joins
    it, so that it does not come back by itself. Where there is none of it, nothing is done.
    """
    require(actor, Role.ADMINISTRATOR, REMOVE)
    with kb.records() as records:
        members = [each.name for each in records.members.everyone() if each.is_demo]
        events = [each for each in records.assessments.everyone() if each.is_demo]
        assessments = {each.assessment for each in events}
        for name in members:
            for draft in records.drafts.of_member(name):
                records.drafts.remove(name, draft.kind, draft.subject)
            for saved in records.saved_searches.of_member(name):
                records.saved_searches.remove(name, saved.id)
        for each in events:  # whoever has a seat may have begun a review
            body = read(each.kind, each.body)
            if isinstance(body, Invited):
                records.drafts.remove(body.reviewer, KIND, each.assessment)
        records.assessments.remove_demo()
        records.rubrics.remove_demo()
        records.members.remove_demo()
        if members:
            records.history.add(Change(actor.name, now(), SUBJECT, SUBJECT, "removed"))
    return Removed(len(members), len(assessments))


def is_loaded(kb: KnowledgeBase, *, actor: Member) -> bool:
    """Whether anything of the demonstration is there."""
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        return _is_in(records)


def _is_in(records: UnitOfWork) -> bool:
    return any(each.is_demo for each in records.members.everyone()) or any(each.is_demo for each in records.assessments.everyone())


def _why_not(kb: KnowledgeBase, *, if_empty: bool) -> Skipped | None:
    if not kb.has_own_records:
        return Skipped.NOT_LOCAL
    with kb.records() as records:
        if _is_in(records):
            return Skipped.LOADED
        if if_empty and (records.members.everyone() or records.assessments.everyone()):
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
        if file and file.rubric and not file.faults and file.rubric.version == version:
            kept = KeptRubric(name, version, file.sha256, file.rubric.canonical(), now(), actor.name, is_demo=True)
        if kept:
            found[name, version] = kept, spelled(kept.text)
    return found


def _keep(records: UnitOfWork, played: Played) -> None:
    assessment = free_id(records, played.practice)
    for event in played.events:
        keep(records, assessment, event)
    for member, review in played.drafts.items():
        at_utc = played.events[-1].at_utc
        records.drafts.put(Draft(member, KIND, assessment, review.model_dump_json(), played.events[0].at_utc, at_utc))

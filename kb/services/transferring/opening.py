"""A test is opened: whether a practice would work in another place. Who opened it leads it, as a facilitator does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from kb.errors import InvalidEntry, NotFound
from kb.peers.assessment.review import MAX_REASON_CHARS
from kb.peers.contexts import place as places
from kb.peers.narrative import UNKNOWN
from kb.peers.transfer.events import STREAM, Event, Opened
from kb.peers.transfer.framework import Framework
from kb.retrieval.writable import one_line, writable
from kb.services import frameworks, numbering, tagging
from kb.services.clock import now, today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, require_either
from kb.services.transferring.adding import keep
from kb.services.transferring.assessors import joined, partners_of
from kb.services.transferring.loading import LOOK

if TYPE_CHECKING:
    from kb.peers.practice import PracticeSheet
    from kb.services.records import UnitOfWork
    from kb.services.sheets import SheetFile

OPEN = "open tests of transferability"
FRAMEWORK = "plp-transferability"


def open_test(
    kb: KnowledgeBase,
    practice: str,
    target: str,
    *,
    actor: Member,
    source: str = "",
    framework: str = FRAMEWORK,
    key: Collection[str] | None = None,
    due: str = "",
    why: str = "",
    is_demo: bool = False,
) -> str:
    """Open a test of a practice for a target place. Returns its id. A reviewer who opens one takes part in it, and is warned
    as those are who are asked: see the seat.

    Args:
        target: country or region with a context profile, as ISO 3166 code.
        source: place that the practice comes from; by default the one country of its sheet.
        key: criteria that the practice rests on; by default those of its ``condition:`` tags.
        due: when judgements should be there, as ISO date; may be empty.
        why: what the test is for.
        is_demo: it belongs to the demonstration, with all that will happen to it; so does all that its members open.

    Raises:
        NotFound: if there is no such practice or framework.
        InvalidEntry: with all that is wrong.
    """
    require(actor, Role.MEMBER, LOOK)
    require_either(actor, Role.REVIEWER, Role.FACILITATOR, OPEN)
    file = kb.practices.read(practice)
    asked = frameworks.framework(kb, framework, actor=actor)
    rests_on = key_of(kb, practice, asked, actor=actor) if key is None else tuple(key)
    target, source = target.strip().upper(), source.strip().upper() or _only_country(file.sheet)
    faults = [
        *_faults_of_sheet(file),
        *faults_of_places(kb, source, target, file.sheet),
        *(f"“{one_line(each)[:60]}” is no criterion of {framework}" for each in rests_on if each not in asked.criterion_names),
        *_faults_of_due(due),
        *_faults_of_why(why),
    ]
    if faults or file.sheet is None:
        raise InvalidEntry(f"The test was not opened: {'; '.join(faults)}.")
    is_demo = is_demo or actor.is_demo
    with kb.records() as records:
        kept = frameworks.keep_in_use(kb, records, asked, actor=actor, is_demo=is_demo)
        test_id = free_id(records, practice, target)
        body = Opened(
            practice=practice,
            title=file.sheet.title.best(file.sheet.language)[1],
            source=source,
            target=target,
            framework=kept.name,
            version=kept.version,
            framework_sha256=kept.sha256,
            key=tuple(each for each in asked.criterion_names if each in rests_on),
            due=due,
            why=writable(why).strip(),
        )
        keep(records, test_id, Event(1, actor.name, now(), body, is_demo))
        if Role.REVIEWER in actor.roles:
            taking_part = joined(actor, partners_of(kb, practice))
            keep(records, test_id, Event(2, actor.name, now(), taking_part, is_demo))
    return test_id


def key_of(kb: KnowledgeBase, practice: str, framework: Framework, *, actor: Member) -> tuple[str, ...]:
    """Criteria that a practice rests on, by its ``condition:`` tags, declared or given.

    Raises:
        NotFound: if there is no such practice.
    """
    require(actor, Role.MEMBER, LOOK)
    tags = tagging.tags_of(kb, practice, actor=actor)
    return framework.key_for({str(each.tag) for each in tags.live})


def free_id(records: UnitOfWork, practice: str, target: str) -> str:
    """The next id of a practice and a target, which no test had before."""
    begin = f"{practice}-to-{target.lower()}"
    number = numbering.used_up_to(records, begin) + 1
    while records.journal.of(STREAM, f"{begin}-{number}"):
        number += 1
    return f"{begin}-{number}"


def _only_country(sheet: PracticeSheet | None) -> str:
    """Where a practice is done, if that is one country; else empty."""
    countries = sheet.place.countries if sheet else UNKNOWN
    return countries[0] if isinstance(countries, tuple) and len(countries) == 1 else ""


def _faults_of_sheet(file: SheetFile) -> Iterator[str]:
    if file.sheet is None:
        yield f"the sheet of {file.name} has faults, see kb practice check {file.name}"


def faults_of_places(kb: KnowledgeBase, source: str, target: str, sheet: PracticeSheet | None) -> Iterator[str]:
    """What is wrong with the two places, as clauses."""
    if not source and sheet is not None:
        yield f"say from which place: the sheet names {_told(sheet)}"
    if source:
        yield from _faults_of_place(kb, source)
    yield from _faults_of_place(kb, target)
    if source == target:
        yield f"{target} is the place that it comes from; choose another target"


def _faults_of_place(kb: KnowledgeBase, place: str) -> Iterator[str]:
    if fault := places.fault_of(place):
        yield fault
        return
    try:
        file = kb.contexts.read(place)
    except NotFound:
        yield f"there is no context profile of {place}; there are {', '.join(kb.contexts.places()) or 'none'}"
        return
    if file.profile is None:
        yield f"the context profile of {place} has faults, see kb context check {place}"


def _told(sheet: PracticeSheet) -> str:
    countries = sheet.place.countries
    return ", ".join(countries) if isinstance(countries, tuple) else "no country"


def _faults_of_due(due: str) -> Iterator[str]:
    try:
        is_date = not due or date.fromisoformat(due).isoformat() == due
    except ValueError:
        is_date = False
    if not is_date:
        yield f"“{one_line(due)[:40]}” is no date such as 2026-12-31"
    elif due and due < today():
        yield f"the date {due} has passed"


def _faults_of_why(why: str) -> Iterator[str]:
    if len(why.strip()) > MAX_REASON_CHARS:
        yield f"the reason has {len(why.strip())} characters; at most {MAX_REASON_CHARS} are taken"

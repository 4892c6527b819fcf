"""A stand-in for the records of members: lists in memory, that keep the promises of :mod:`kb.services.records`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.services.records import (
    AlreadyGivenError,
    Change,
    Decision,
    Draft,
    GivenTag,
    Head,
    KeptRubric,
    MemberJudgement,
    NameTakenError,
    RegisteredMember,
    SavedSearch,
    SequenceTakenError,
    StoredEntry,
    StoredEvent,
    name_key,
)

Key = tuple[str, str, str]


@dataclass
class Tables:
    """All that is kept. Copied before a unit, put back when it fails."""

    judged: list[MemberJudgement] = field(default_factory=list)
    saved: dict[int, SavedSearch] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    tags: dict[int, GivenTag] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    drafts: dict[Key, Draft] = field(default_factory=dict)
    members: dict[str, RegisteredMember] = field(default_factory=dict)
    events: dict[tuple[str, int], StoredEvent] = field(default_factory=dict)
    rubrics: dict[tuple[str, int], KeptRubric] = field(default_factory=dict)
    journal: dict[tuple[str, str, int], StoredEntry] = field(default_factory=dict)
    last_id: int = 0  # of all of them: the ports promise that ids grow, not that they have no gaps

    def copied(self) -> Tables:
        copies = {name: kept.copy() for name, kept in vars(self).items() if name != "last_id"}
        return Tables(**copies, last_id=self.last_id)

    def new_id(self) -> int:
        self.last_id += 1
        return self.last_id


class FakeRecords:
    """Gives what answers :class:`kb.services.records.UnitOfWork`, one unit at a time."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.turn = threading.Lock()
        self.whose = 0  # thread that has the turn

    def __call__(self) -> FakeUnitOfWork:
        return FakeUnitOfWork(self)


class FakeUnitOfWork:
    """Answers :class:`kb.services.records.UnitOfWork`."""

    judgements: FakeJudgements
    saved_searches: FakeSavedSearches
    history: FakeHistory
    tags: FakeTags
    suggestions: FakeDecisions
    drafts: FakeDrafts
    members: FakeMembers
    assessments: FakeAssessments
    rubrics: FakeRubrics
    journal: FakeJournal

    def __init__(self, kept: FakeRecords) -> None:
        self.kept = kept

    def __enter__(self) -> FakeUnitOfWork:
        assert self.kept.whose != threading.get_ident(), "a unit of work within a unit of work: a database would wait for itself"
        self.kept.turn.acquire()
        self.kept.whose = threading.get_ident()
        self.before, tables = self.kept.tables.copied(), self.kept.tables
        self.judgements, self.saved_searches = FakeJudgements(tables), FakeSavedSearches(tables)
        self.history, self.tags = FakeHistory(tables), FakeTags(tables)
        self.suggestions, self.drafts = FakeDecisions(tables), FakeDrafts(tables)
        self.members, self.assessments, self.rubrics = FakeMembers(tables), FakeAssessments(tables), FakeRubrics(tables)
        self.journal = FakeJournal(tables)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is not None:
            self.kept.tables = self.before
        self.kept.whose = 0
        self.kept.turn.release()


class FakeJudgements:
    """Answers :class:`kb.services.records.Judgements`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, judgement: MemberJudgement) -> MemberJudgement:
        self.tables.judged.append(replace(judgement, id=self.tables.new_id()))
        return self.tables.judged[-1]

    def of_member(self, member: str, question_key: str = "") -> list[MemberJudgement]:
        return [said for said in self.tables.judged if said.member == member and question_key in ("", said.question_key)]

    def everyone(self) -> list[MemberJudgement]:
        return list(self.tables.judged)

    def count(self, member: str) -> int:
        return len(self.of_member(member))


class FakeSavedSearches:
    """Answers :class:`kb.services.records.SavedSearches`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def _refuse_taken(self, saved: SavedSearch) -> None:
        if any(each.name_key == saved.name_key and each.id != saved.id for each in self.of_member(saved.member)):
            raise NameTakenError(saved.name)

    def add(self, saved: SavedSearch) -> SavedSearch:
        self._refuse_taken(saved)
        kept = replace(saved, id=self.tables.new_id())
        self.tables.saved[kept.id] = kept
        return kept

    def of_member(self, member: str) -> list[SavedSearch]:
        own = [saved for saved in self.tables.saved.values() if saved.member == member]
        return sorted(own, key=lambda saved: saved.name_key)

    def change(self, saved: SavedSearch) -> SavedSearch | None:
        there = self.tables.saved.get(saved.id)
        if there is None or (there.member, there.version) != (saved.member, saved.version):
            return None
        self._refuse_taken(saved)
        self.tables.saved[saved.id] = replace(saved, version=saved.version + 1)
        return self.tables.saved[saved.id]

    def remove(self, member: str, saved_id: int) -> bool:
        there = self.tables.saved.get(saved_id)
        if there is None or there.member != member:
            return False
        del self.tables.saved[saved_id]
        return True


class FakeHistory:
    """Answers :class:`kb.services.records.History`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, change: Change) -> Change:
        self.tables.changes.append(replace(change, id=self.tables.new_id()))
        return self.tables.changes[-1]

    def of_subject(self, kind: str, subject: str) -> list[Change]:
        return [change for change in self.tables.changes if (change.kind, change.subject) == (kind, subject)]

    def last(self, kind: str, subject: str) -> Change | None:
        return next(reversed(self.of_subject(kind, subject)), None)

    def newest(self, n: int, *, kinds: tuple[str, ...] = (), before_id: int = 0) -> list[Change]:
        of_kind = (change for change in reversed(self.tables.changes) if not kinds or change.kind in kinds)
        return [change for change in of_kind if not before_id or change.id < before_id][:n]

    def count(self) -> int:
        return len(self.tables.changes)


class FakeTags:
    """Answers :class:`kb.services.records.GivenTags`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def _refuse_given(self, given: GivenTag) -> None:
        said = (given.practice, given.tag, given.member)
        live = (each for each in self.tables.tags.values() if each.is_live and each.id != given.id)
        if given.is_live and said in {(each.practice, each.tag, each.member) for each in live}:
            raise AlreadyGivenError(given.tag)

    def add(self, given: GivenTag) -> GivenTag:
        self._refuse_given(replace(given, id=0))
        kept = replace(given, id=self.tables.new_id())
        self.tables.tags[kept.id] = kept
        return kept

    def one(self, given_id: int) -> GivenTag | None:
        return self.tables.tags.get(given_id)

    def of_practice(self, practice: str) -> list[GivenTag]:
        return [given for given in self.everyone() if given.practice == practice]

    def everyone(self) -> list[GivenTag]:
        return [self.tables.tags[given_id] for given_id in sorted(self.tables.tags)]

    def change(self, given: GivenTag) -> GivenTag | None:
        there = self.tables.tags.get(given.id)
        if there is None or there.version != given.version:
            return None
        self._refuse_given(given)
        self.tables.tags[given.id] = replace(given, version=given.version + 1)
        return self.tables.tags[given.id]


class FakeDecisions:
    """Answers :class:`kb.services.records.Decisions`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, decision: Decision) -> Decision:
        self.tables.decisions.append(replace(decision, id=self.tables.new_id()))
        return self.tables.decisions[-1]

    def of_practice(self, practice: str) -> list[Decision]:
        return [decision for decision in self.tables.decisions if decision.practice == practice]

    def everyone(self) -> list[Decision]:
        return list(self.tables.decisions)


class FakeDrafts:
    """Answers :class:`kb.services.records.Drafts`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def put(self, draft: Draft) -> Draft | None:
        key = (draft.member, draft.kind, draft.subject)
        there = self.tables.drafts.get(key)
        if (there.version if there else 0) != draft.version:
            return None
        self.tables.drafts[key] = replace(draft, version=draft.version + 1)
        return self.tables.drafts[key]

    def get(self, member: str, kind: str, subject: str) -> Draft | None:
        return self.tables.drafts.get((member, kind, subject))

    def of_member(self, member: str) -> list[Draft]:
        return [self.tables.drafts[key] for key in sorted(self.tables.drafts) if key[0] == member]

    def remove(self, member: str, kind: str, subject: str) -> bool:
        return self.tables.drafts.pop((member, kind, subject), None) is not None


class FakeMembers:
    """Answers :class:`kb.services.records.Members`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def add(self, member: RegisteredMember) -> RegisteredMember:
        if member.key in self.tables.members:
            raise NameTakenError(member.name)
        self.tables.members[member.key] = member
        return member

    def get(self, name: str) -> RegisteredMember | None:
        return self.tables.members.get(name_key(name))

    def everyone(self) -> list[RegisteredMember]:
        return [self.tables.members[key] for key in sorted(self.tables.members)]

    def change(self, member: RegisteredMember) -> RegisteredMember | None:
        there = self.get(member.name)
        if there is None or there.version != member.version:
            return None
        stays = {"name": there.name, "is_demo": there.is_demo, "added_at_utc": there.added_at_utc, "added_by": there.added_by}
        self.tables.members[there.key] = replace(member, **stays, version=there.version + 1)
        return self.tables.members[there.key]

    def remove_demo(self) -> int:
        gone = [key for key, member in self.tables.members.items() if member.is_demo]
        for key in gone:
            del self.tables.members[key]
        return len(gone)


class FakeAssessments:
    """Answers :class:`kb.services.records.Assessments`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def append(self, event: StoredEvent) -> StoredEvent:
        place = (event.assessment, event.seq)
        if place in self.tables.events:
            raise SequenceTakenError(event.assessment)
        self.tables.events[place] = replace(event, id=self.tables.new_id())
        return self.tables.events[place]

    def of(self, assessment: str) -> list[StoredEvent]:
        return [event for event in self.everyone() if event.assessment == assessment]

    def everyone(self, kinds: Sequence[str] = ()) -> list[StoredEvent]:
        events = (self.tables.events[place] for place in sorted(self.tables.events))
        return [event for event in events if not kinds or event.kind in kinds]

    def heads(self) -> dict[str, Head]:
        numbers: dict[str, list[int]] = {}
        for event in self.everyone():
            numbers.setdefault(event.assessment, []).append(event.id)
        return {name: Head(len(own), max(own)) for name, own in numbers.items()}

    def of_concluded(self, kinds: Sequence[str], bodies: Sequence[str]) -> list[StoredEvent]:
        concluded = {event.assessment for event in self.everyone() if event.kind == "concluded"}
        wanted = [event for event in self.everyone() if event.assessment in concluded and event.kind in kinds]
        return [event if event.kind in bodies else replace(event, body="") for event in wanted]

    def remove_demo(self) -> int:
        gone = [place for place, event in self.tables.events.items() if event.is_demo]
        for place in gone:
            del self.tables.events[place]
        return len(gone)


class FakeJournal:
    """Answers :class:`kb.services.records.Journal`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def append(self, entry: StoredEntry) -> StoredEntry:
        place = (entry.stream, entry.subject, entry.seq)
        if place in self.tables.journal:
            raise SequenceTakenError(entry.subject)
        self.tables.journal[place] = replace(entry, id=self.tables.new_id())
        return self.tables.journal[place]

    def of(self, stream: str, subject: str) -> list[StoredEntry]:
        return [entry for entry in self.everyone(stream) if entry.subject == subject]

    def everyone(self, stream: str, kinds: Sequence[str] = ()) -> list[StoredEntry]:
        entries = (self.tables.journal[place] for place in sorted(self.tables.journal) if place[0] == stream)
        return [entry for entry in entries if not kinds or entry.kind in kinds]

    def stamp(self, stream: str) -> tuple[int, int]:
        ids = [entry.id for entry in self.everyone(stream)]
        return len(ids), max(ids, default=0)

    def remove_demo(self) -> int:
        gone = [place for place, entry in self.tables.journal.items() if entry.is_demo]
        for place in gone:
            del self.tables.journal[place]
        return len(gone)


class FakeRubrics:
    """Answers :class:`kb.services.records.Rubrics`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def keep(self, rubric: KeptRubric) -> KeptRubric:
        there = self.get(rubric.name, rubric.version)
        if there is None or (there.is_demo and not rubric.is_demo):
            there = replace(rubric, id=self.tables.new_id())
            self.tables.rubrics[(rubric.name, rubric.version)] = there
        return there

    def get(self, name: str, version: int) -> KeptRubric | None:
        return self.tables.rubrics.get((name, version))

    def remove_demo(self) -> int:
        gone = [key for key, rubric in self.tables.rubrics.items() if rubric.is_demo]
        for key in gone:
            del self.tables.rubrics[key]
        return len(gone)

    def versions(self, name: str) -> list[KeptRubric]:
        return [rubric for rubric in self.everyone() if rubric.name == name]

    def everyone(self) -> list[KeptRubric]:
        return [self.tables.rubrics[key] for key in sorted(self.tables.rubrics)]

"""What goes when the demonstration goes: counted first, so that it can be said before and after, then taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.peers.ladder import STREAM as LADDER
from kb.peers.learning.kinds import KINDS
from kb.peers.monitoring.events import STREAM as MONITORING
from kb.peers.monitoring.events import IndicatorSet
from kb.peers.transfer.events import STREAM as TRANSFER
from kb.services.assessing.reviewing import KIND as REVIEW
from kb.services.demonstration_keeping import n_indicators
from kb.services.permission import LOCAL_MEMBER
from kb.services.records import Draft, StoredEntry, UnitOfWork
from kb.services.transferring.judging import KIND as JUDGEMENT

AFTER_AN_ID = "/:"  # drafts may be kept by a thing and a part of it


@dataclass(frozen=True)
class Removed:
    """What was taken away, or would be.

    Attributes:
        n_tests: of transferability.
        n_indicators: of practices that are followed.
        n_things: of mutual learning.
        n_steps_of: member who is not made up → how many steps they took in it, which go too.
        n_drafts: that such members began to write to it.
    """

    n_members: int
    n_assessments: int
    n_tests: int = 0
    n_indicators: int = 0
    n_things: int = 0
    n_steps_of: Mapping[str, int] = field(default_factory=dict)
    n_drafts: int = 0

    @property
    def n_steps(self) -> int:
        """Of all members who are not made up."""
        return sum(self.n_steps_of.values())


def going(records: UnitOfWork) -> Removed:
    """What :func:`take_away` would take away now."""
    made_up = _made_up(records)
    entries = list(_entries(records))
    events = [each for each in records.assessments.everyone() if each.is_demo]
    steps = Counter(name for name in (*(each.member for each in entries), *(each.member for each in events)) if name not in made_up)
    return Removed(
        len(made_up),
        len({each.assessment for each in events}),
        len({each.subject for each in entries if each.stream == TRANSFER}),
        n_indicators(each for each in entries if (each.stream, each.kind) == (MONITORING, IndicatorSet.kind)),
        len({each.subject for each in entries if each.stream in KINDS}),
        dict(sorted(steps.items())),
        sum(each.member not in made_up for each in _drafts(records)),
    )


def take_away(records: UnitOfWork) -> Removed:
    """Remove the demonstration's members, all that is marked as theirs, and what anybody began to write to it."""
    told = going(records)
    for draft in _drafts(records):
        records.drafts.remove(draft.member, draft.kind, draft.subject)
    for name in _made_up(records):
        for saved in records.saved_searches.of_member(name):
            records.saved_searches.remove(name, saved.id)
    records.journal.remove_demo()
    records.assessments.remove_demo()
    records.rubrics.remove_demo()
    records.members.remove_demo()
    return told


def _made_up(records: UnitOfWork) -> list[str]:
    return [each.name for each in records.members.everyone() if each.is_demo]


def _entries(records: UnitOfWork) -> Iterator[StoredEntry]:
    """Those of the journal in which somebody did something. Which frameworks are in use is kept there too, and is nobody's step."""
    for stream in (TRANSFER, MONITORING, LADDER, *KINDS):
        yield from (each for each in records.journal.everyone(stream) if each.is_demo)


def _drafts(records: UnitOfWork) -> list[Draft]:
    """All of made-up members, and of everybody else those to what goes."""
    assessments = {each.assessment for each in records.assessments.everyone() if each.is_demo}
    subjects = {each.subject for each in _entries(records) if each.stream in KINDS}
    tests = {each.subject for each in _entries(records) if each.stream == TRANSFER}
    made_up = set(_made_up(records))

    def goes(draft: Draft) -> bool:
        if draft.member in made_up:
            return True
        to = {REVIEW: assessments, JUDGEMENT: tests}.get(draft.kind, subjects)
        return draft.subject in to or any(draft.subject.split(mark)[0] in to for mark in AFTER_AN_ID)

    everybody = [*(each.name for each in records.members.everyone()), LOCAL_MEMBER.name]
    return [draft for name in everybody for draft in records.drafts.of_member(name) if goes(draft)]

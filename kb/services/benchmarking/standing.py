"""Concluded assessments as one member may see them, without what reviewers wrote: light enough for a thousand practices.

Who may see what is decided as everywhere (:mod:`kb.peers.assessment.blinding`), on events whose reviews are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from kb.errors import UnusableRecords
from kb.peers.assessment import events as happened
from kb.peers.assessment.blinding import Reader, visible
from kb.peers.assessment.events import Body, Event
from kb.peers.assessment.folding import fold
from kb.peers.assessment.outcome import Outcome
from kb.peers.assessment.state import Stage
from kb.services.assessing.loading import LOOK, reader_of
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require
from kb.services.records import StoredEvent

_WHOLE = (happened.Opened, happened.Invited, happened.Excused, happened.ReplyOpened, happened.Concluded, happened.Cancelled)
_TOLD = (happened.Opened, happened.Concluded, happened.Cancelled)  # all that is told of one comes of these
READ = tuple(each.kind for each in _WHOLE)
NAMED = (happened.Submitted.kind, happened.Declined.kind)  # that it was done, and by whom, decides who may see what
SAID_AGAIN = happened.Reconfirmed.kind  # changes its evidence
KEPT = 4000  # assessments as read; some 20 KB each
READERS = 50  # for whom one is kept

Version = tuple[str, int]  # a rubric in one version


@dataclass(frozen=True)
class ConcludedAssessment:
    """An assessment that was concluded, as far as the actor may see it.

    Attributes:
        title: of the practice when it was opened.
        reviews: numbers of the events that hold its evidence: whatever changes it changes them.
    """

    id: str
    practice: str
    title: str
    rubric: str
    version: int
    outcome: Outcome
    ended_at_utc: str
    is_demo: bool
    reviews: tuple[int, ...] = ()

    @property
    def by(self) -> Version:
        """Its rubric and version: what is assessed by another is not compared with it."""
        return self.rubric, self.version


@dataclass(frozen=True)
class Standing:
    """The assessments by one rubric and version that count, one of each practice.

    Attributes:
        of: practice → its latest, by practice.
        left_out: practices that only the demonstration assessed, where another one was assessed in earnest.
    """

    of: Mapping[str, ConcludedAssessment]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Choice:
    """A rubric and version by which practices were assessed, and how many."""

    rubric: str
    version: int
    n_practices: int


@dataclass(frozen=True, eq=False)
class _Past:
    """One concluded assessment, read, and what those may see of it who looked."""

    assessment: str
    events: tuple[Event, ...]
    _seen: dict[Reader, ConcludedAssessment | None] = field(default_factory=dict)

    def seen(self, reader: Reader) -> ConcludedAssessment | None:
        """By reader: what one may see is never another's. ``None``: not that it is concluded."""
        if reader not in self._seen:
            if len(self._seen) >= READERS:
                self._seen.clear()
            self._seen[reader] = self._told(reader)
        return self._seen[reader]

    def _told(self, reader: Reader) -> ConcludedAssessment | None:
        seen = visible(self.events, reader)
        found = fold(self.assessment, (event for event in seen if isinstance(event.body, _TOLD)))
        if found.stage is not Stage.CONCLUDED or found.outcome is None:
            return None
        is_demo = any(event.is_demo for event in seen)
        return ConcludedAssessment(
            found.id, found.practice, found.title, found.rubric, found.version, found.outcome, found.ended_at_utc, is_demo
        )


def concluded(kb: KnowledgeBase, *, actor: Member) -> list[ConcludedAssessment]:
    """Every concluded assessment that the actor may see as such, by id."""
    require(actor, Role.MEMBER, LOOK)
    with kb.records() as records:
        stored = records.assessments.of_concluded((*READ, *NAMED, SAID_AGAIN), READ)
    reader = reader_of(actor)
    return list(_seen(stored, reader))


def standing(found: Iterable[ConcludedAssessment], by: Version | None) -> Standing:
    """Of each practice the latest that was concluded by this rubric and version.

    The demonstration counts only while no practice was assessed in earnest by them.
    """
    of_version = sorted((each for each in found if each.by == by), key=lambda each: (each.practice, each.ended_at_utc, each.id))
    real = [each for each in of_version if not each.is_demo]
    counted = {each.practice: each for each in real or of_version}
    left_out = sorted({each.practice for each in of_version} - set(counted))
    return Standing(counted, tuple(left_out))


def choices(found: Iterable[ConcludedAssessment]) -> tuple[Choice, ...]:
    """Rubrics and versions by which practices were assessed, by name."""
    counted = Counter(by for by, _ in {(each.by, each.practice) for each in found})
    return tuple(sorted(Choice(rubric, version, n) for (rubric, version), n in counted.items()))


def most_used(chosen: Sequence[Choice], rubric: str = "") -> Version | None:
    """By which most practices were assessed; of one rubric its highest version. ``None`` where there is none."""
    if rubric:
        return max(((each.rubric, each.version) for each in chosen if each.rubric == rubric), default=None)
    best = max(chosen, key=lambda each: (each.n_practices, each.version), default=None)
    return (best.rubric, best.version) if best else None


def _seen(stored: Sequence[StoredEvent], reader: Reader) -> Iterator[ConcludedAssessment]:
    for _, own in groupby(stored, key=lambda each: each.assessment):
        events = tuple(own)
        told = _past(tuple(each for each in events if each.kind != SAID_AGAIN)).seen(reader)
        if told is not None:
            yield replace(told, reviews=tuple(each.id for each in events if each.kind in (happened.Submitted.kind, SAID_AGAIN)))


@lru_cache(maxsize=KEPT)  # by content, word by word: nothing can be out of date, whatever database it comes from
def _past(stored: tuple[StoredEvent, ...]) -> _Past:
    events = (Event(each.seq, each.member, each.at_utc, _body(each), each.is_demo) for each in stored)
    return _Past(stored[0].assessment, tuple(events))


def _body(event: StoredEvent) -> Body:
    if event.kind == happened.Submitted.kind:
        return happened.Submitted(review=None)
    if event.kind == happened.Declined.kind:
        return happened.Declined()
    try:
        return happened.read(event.kind, event.body)
    except ValueError as error:
        raise UnusableRecords(
            f"An event of an assessment ({event.kind[:40]}) is of a newer version of the program. Update it."
        ) from error

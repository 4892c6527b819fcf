"""All things of mutual learning as one reader may see them, and what each is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from kb.peers.learning.case import Case
from kb.peers.learning.lesson import Lesson
from kb.peers.learning.match import Match
from kb.peers.learning.need import Need
from kb.peers.learning.offer import Offer
from kb.peers.learning.plan import Plan
from kb.peers.learning.policy import PolicyChange
from kb.peers.learning.recommendation import Recommendation
from kb.peers.learning.record import Record
from kb.peers.learning.round import Round
from kb.peers.learning.session import Session
from kb.retrieval.writable import one_line

MAX_TITLE_CHARS = 100  # of a thing that has no title but words


@dataclass(frozen=True)
class Things:
    """Each kind, the last begun first."""

    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()
    matches: tuple[Match, ...] = ()
    rounds: tuple[Round, ...] = ()
    sessions: tuple[Session, ...] = ()
    cases: tuple[Case, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    plans: tuple[Plan, ...] = ()
    policies: tuple[PolicyChange, ...] = ()

    def __iter__(self) -> Iterator[Record]:
        for each in fields(self):
            yield from getattr(self, each.name)

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """All of them."""
        return {each.id: each for each in self}

    @property
    def is_demo(self) -> bool:
        """Whether there is something, and all of it is made up."""
        return bool(self.by_id) and all(each.is_demo for each in self)

    def counted(self) -> Things:
        """What is counted and drawn: what is real, and the demonstration only while nothing real is there; never both together."""
        if self.is_demo:
            return self
        real: dict[str, Any] = {
            each.name: tuple(one for one in getattr(self, each.name) if not one.is_demo) for each in fields(self)
        }
        return replace(self, **real)

    def title(self, ref: str) -> str:
        """What a thing is called, on one line; its id where it is not there."""
        record = self.by_id.get(ref)
        return self.title_of(record) if record else ref

    def title_of(self, record: Record) -> str:
        """What a thing is called: its title; without one its first words; of a match, those of its need and its offer."""
        match record:
            case Match(proposed=proposed):
                return f"{self.title(proposed.need)} ↔ {self.title(proposed.offer)}"
            case Need(posted=posted) | Offer(posted=posted):
                return one_line(posted.title)
            case Round(drafted=drafted):
                return one_line(drafted.title)
            case Session(planned=planned):
                return one_line(planned.title)
            case Plan(written=written):
                return one_line(written.title)
            case PolicyChange(recorded=recorded):
                return one_line(recorded.title)
            case Case(considered=considered):
                return f"{one_line(considered.title)} → {considered.target}"
            case Lesson(noted=noted):
                return _short(noted.text)
            case Recommendation(issued=issued):
                return _short(issued.text)
        return record.id


def _short(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= MAX_TITLE_CHARS else f"{words[:MAX_TITLE_CHARS].rstrip()}…"

"""Where mutual learning stands, in numbers each of which can be opened: what waits, what is under way, what came of it.

Nothing is ranked or averaged, and nobody is counted against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from kb.peers.learning.belonging import Bounds, of_partnership, organisation_of
from kb.peers.learning.case import CaseState
from kb.peers.learning.due import is_overdue
from kb.peers.learning.lesson import LessonState
from kb.peers.learning.match import MatchState
from kb.peers.learning.need import NeedState
from kb.peers.learning.parts import Level
from kb.peers.learning.plan import PlanState
from kb.peers.learning.policy import PolicyChange, PolicyState, difference, unit_of
from kb.peers.learning.policy_bodies import Effect, Measured
from kb.peers.learning.recommendation import RecommendationState
from kb.peers.learning.record import Record
from kb.peers.learning.round import RoundState
from kb.peers.learning.session import SessionState
from kb.peers.learning.things import Things
from kb.peers.narrative import UNKNOWN

R = TypeVar("R", bound=Record)


class Section(StrEnum):
    """What a number is about."""

    NEEDS = "needs"
    EXCHANGES = "exchanges"
    RECOMMENDATIONS = "recommendations"
    LESSONS = "lessons"
    TRANSFERS = "transfers"
    PLANS = "plans"
    POLICIES = "policies"


@dataclass(frozen=True)
class Counted:
    """A thing that is counted.

    Attributes:
        since: ISO date from which it is so.
        n_days: from then to today.
        due: ISO date, or empty.
        organisation: whose it is, where that matters to read it; empty else.
    """

    ref: str
    title: str
    state: StrEnum
    since: str
    n_days: int
    due: str
    is_demo: bool
    organisation: str = ""


@dataclass(frozen=True)
class Number:
    """How many, and which.

    Attributes:
        key: names it, also in an address: ``needs-unanswered``, ``case-adapt``.
        is_open: somebody has to do something.
    """

    key: str
    section: Section
    things: tuple[Counted, ...]
    is_open: bool = False

    @property
    def n(self) -> int:
        """How many."""
        return len(self.things)


@dataclass(frozen=True)
class Effected:
    """What was measured of a policy before and after it changed.

    Attributes:
        state: of the policy change: whether somebody else confirmed it.
        before, after: value with unit and date, or words; empty where nothing is known.
        difference: after less before where both are numbers in one unit; else ``None``.
    """

    ref: str
    title: str
    state: StrEnum
    dimension: str
    what: str
    before: str
    after: str
    difference: Decimal | None
    unit: str
    is_demo: bool


@dataclass(frozen=True)
class Dashboard:
    """All numbers.

    Attributes:
        partnership: name of that which is looked at; empty: all together.
        is_demo: everything that is counted is made up.
        n_things: how many things there are at all.
    """

    partnership: str
    numbers: tuple[Number, ...]
    effects: tuple[Effected, ...]
    is_demo: bool
    n_things: int

    def number(self, key: str) -> Number | None:
        """By its key."""
        return next((each for each in self.numbers if each.key == key), None)


def dashboard(things: Things, today: str, within: Bounds | None = None) -> Dashboard:
    """The numbers of things that are counted; of one partnership if one is given."""
    found = of_partnership(things, within) if within else things
    numbers = tuple(_numbers(found, today))
    return Dashboard(within.name if within else "", numbers, tuple(_effects(found)), found.is_demo, len(found.by_id))


def _numbers(things: Things, today: str) -> Iterator[Number]:
    def number(
        key: str, section: Section, records: Iterable[Record], since: Callable[..., str], *, is_open: bool = False
    ) -> Number:
        counted = [_counted(things, each, since(each), today) for each in records]
        return Number(key, section, tuple(sorted(counted, key=lambda each: (each.since, each.ref))), is_open)

    begun, changed = (lambda each: each.begun_on), (lambda each: each.changed_on)
    wanted = [each for each in things.needs if each.is_wanted]
    yield number("needs-unanswered", Section.NEEDS, wanted, begun, is_open=True)
    proposed = [each for each in things.matches if each.state is MatchState.PROPOSED]
    yield number("matches-waiting", Section.NEEDS, proposed, changed, is_open=True)
    yield number("needs-answered", Section.NEEDS, _in(things.needs, NeedState.ANSWERED), changed)
    yield number("matches-done", Section.NEEDS, _in(things.matches, MatchState.DONE), changed)
    yield number("rounds-open", Section.EXCHANGES, _in(things.rounds, RoundState.SENT), lambda each: each.sent_on, is_open=True)
    yield number("sessions-planned", Section.EXCHANGES, _in(things.sessions, SessionState.PLANNED), begun)
    late = [each for each in things.sessions if each.debrief_due and is_overdue(each.debrief_due, today)]
    yield number("debriefs-overdue", Section.EXCHANGES, late, lambda each: each.debrief_due, is_open=True)
    held = [each for each in things.sessions if each.held]
    yield number("sessions-held", Section.EXCHANGES, held, lambda each: each.held.on)
    unanswered = _in(things.recommendations, RecommendationState.ISSUED)
    yield number("recommendations-unanswered", Section.RECOMMENDATIONS, unanswered, begun, is_open=True)
    accepted = [each for each in _in(things.recommendations, RecommendationState.ANSWERED) if not each.is_rejected]
    yield number("recommendations-to-implement", Section.RECOMMENDATIONS, accepted, changed)
    implemented = _in(things.recommendations, RecommendationState.IMPLEMENTED)
    yield number("recommendations-implemented", Section.RECOMMENDATIONS, implemented, changed)
    yield number("recommendations-rejected", Section.RECOMMENDATIONS, [e for e in things.recommendations if e.is_rejected], changed)
    lessons = [each for each in things.lessons if each.state is not LessonState.WITHDRAWN]
    for level in Level:
        yield number(f"lessons-{level}", Section.LESSONS, [each for each in lessons if each.noted.level is level], begun)
    for state in CaseState:
        yield number(f"case-{state}", Section.TRANSFERS, _in(things.cases, state), changed)
    for stage in PlanState:
        yield number(f"plan-{stage}", Section.PLANS, _in(things.plans, stage), changed)
    for told in (PolicyState.CONFIRMED, PolicyState.RECORDED):
        policies = _in(things.policies, told)
        yield number(f"policies-{told}", Section.POLICIES, policies, lambda each: each.recorded.on)
        measured = [each for each in policies if any(difference(one).value is not None for one in each.recorded.effects)]
        yield number(f"policies-{told}-measured", Section.POLICIES, measured, lambda each: each.recorded.on)


def _in(records: Iterable[R], state: StrEnum) -> list[R]:
    return [each for each in records if each.state is state]


def _counted(things: Things, record: Record, since: str, today: str) -> Counted:
    n_days = max(0, (date.fromisoformat(today) - date.fromisoformat(since)).days)
    due = getattr(record, "debrief_due", "") or getattr(getattr(record, "drafted", None), "due", "")
    whose = organisation_of(record)
    return Counted(record.id, things.title_of(record), record.state, since, n_days, due, record.is_demo, whose)


def _effects(things: Things) -> Iterator[Effected]:
    """Of all policies that stand: those that somebody else confirmed, then the others, each in their order."""
    for told in (PolicyState.CONFIRMED, PolicyState.RECORDED):
        for policy in _in(things.policies, told):
            yield from (_effected(things, policy, effect) for effect in policy.recorded.effects)


def _effected(things: Things, policy: PolicyChange, effect: Effect) -> Effected:
    found = difference(effect)
    return Effected(
        policy.id,
        things.title_of(policy),
        policy.state,
        effect.dimension.value,
        effect.what,
        _told(effect, effect.before),
        _told(effect, effect.after),
        found.value,
        found.unit,
        policy.is_demo,
    )


def _told(effect: Effect, measured: Measured | None) -> str:
    if measured is None:
        return ""
    value = f"{_exact(measured.value)} {unit_of(effect, measured)}".strip() if measured.value is not None else measured.words
    return f"{value} ({measured.date})" if measured.date and measured.date != UNKNOWN else value


def _exact(value: float) -> str:
    """Every figure of it, as it was given: 1234567, 30.5."""
    return f"{Decimal(str(value)):f}".removesuffix(".0")

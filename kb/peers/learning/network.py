"""Who learned what from whom: an arrow for each lesson, match, transfer and policy change, between organisations.

Nothing is drawn on one side's word alone: a lesson and a policy change once somebody else confirmed it, a match once both agreed
and it took place, a transfer once it was evaluated.

Many arrows may join two organisations, in both directions. Nobody is counted against anybody: organisations stand by country and
name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.peers.assessment.organisations import organisation_key, same_organisation
from kb.peers.learning.case import Case, CaseState
from kb.peers.learning.lesson import Lesson, LessonState
from kb.peers.learning.match import MatchState
from kb.peers.learning.policy import PolicyChange, PolicyState
from kb.peers.learning.things import Things
from kb.peers.transfer.events import CaseOutcome


class Learned(StrEnum):
    """What an arrow stands for."""

    LESSON = "lesson"
    MATCH = "match"
    TRANSFER = "transfer"
    POLICY = "policy"


@dataclass(frozen=True)
class Owner:
    """Whose a practice is: organisation, and country (ISO 3166 alpha-2) where it is known."""

    organisation: str
    country: str = ""


@dataclass(frozen=True)
class Edge:
    """Somebody learned something from somebody.

    Attributes:
        learner: organisation; so is ``teacher``. Spelled alike wherever it is the same one.
        ref: id of the lesson, the match, the transfer case or the policy change.
        on: ISO date.
        practice: that it came from, where one is named.
    """

    learner: str
    teacher: str
    what: Learned
    ref: str
    title: str
    on: str
    is_demo: bool
    practice: str = ""


@dataclass(frozen=True)
class Node:
    """An organisation in the network, with its country where it is known."""

    organisation: str
    country: str


@dataclass(frozen=True)
class Network:
    """All arrows.

    Attributes:
        nodes: by country and name; those without a country last.
        edges: the latest first.
        is_demo: all of it is made up.
        n_unconfirmed: arrows that would be drawn if somebody confirmed what was told.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    is_demo: bool
    n_unconfirmed: int = 0

    @property
    def pairs(self) -> Mapping[tuple[str, str], tuple[Edge, ...]]:
        """(teacher, learner) → arrows from the one to the other, by name."""
        found: dict[tuple[str, str], list[Edge]] = {}
        for each in self.edges:
            found.setdefault((each.teacher, each.learner), []).append(each)
        return {pair: tuple(found[pair]) for pair in sorted(found)}


def network(things: Things, owners: Mapping[str, Owner], directory: Mapping[str, Owner] | None = None) -> Network:
    """The arrows between organisations that are known by name.

    Args:
        things: that are counted.
        owners: of practices, by name.
        directory: whatever an organisation is called → the name that is shown, and its country.
    """
    directory = directory or {}
    confirmed, told = _by_others(things)
    named = _names(owners, directory)
    edges = sorted(_between(confirmed, owners, named), key=lambda each: (each.on, each.ref, each.teacher), reverse=True)
    there = {name for each in edges for name in (each.learner, each.teacher)}
    nodes = sorted((Node(name, named.country(name)) for name in there), key=_by_country)
    n_unconfirmed = sum(1 for _ in _between(told, owners, _names(owners, directory)))
    return Network(tuple(nodes), tuple(edges), bool(edges) and all(each.is_demo for each in edges), n_unconfirmed)


def _by_others(things: Things) -> tuple[Things, Things]:
    """What others confirmed, with all that needs no confirming; and lessons and policy changes that wait for it."""

    def of(lesson: LessonState, policy: PolicyState) -> tuple[tuple[Lesson, ...], tuple[PolicyChange, ...]]:
        lessons = (each for each in things.lessons if each.state is lesson)
        return tuple(lessons), tuple(each for each in things.policies if each.state is policy)

    lessons, policies = of(LessonState.CONFIRMED, PolicyState.CONFIRMED)
    waiting = of(LessonState.NOTED, PolicyState.RECORDED)
    return replace(things, lessons=lessons, policies=policies), Things(lessons=waiting[0], policies=waiting[1])


def _between(things: Things, owners: Mapping[str, Owner], named: _Named) -> Iterator[Edge]:
    """The arrows from one organisation to another one, both known."""
    found = _edges(things, owners, named)
    return (each for each in found if each.learner and each.teacher and not same_organisation(each.learner, each.teacher))


def _edges(things: Things, owners: Mapping[str, Owner], named: _Named) -> Iterator[Edge]:
    for lesson in things.lessons:
        noted = lesson.noted
        learner = named.note(noted.by.organisation, noted.by.country)
        practice = next(iter(noted.because.practices), "")
        ends = learner, named.note(noted.from_whom)
        yield Edge(*ends, Learned.LESSON, lesson.id, things.title_of(lesson), lesson.begun_on, lesson.is_demo, practice)
    for match in things.matches:
        seeker, host = match.proposed.seeker, match.proposed.host
        if match.state is MatchState.DONE:
            ends = named.note(seeker.organisation, seeker.country), named.note(host.organisation, host.country)
            yield Edge(*ends, Learned.MATCH, match.id, things.title_of(match), match.changed_on, match.is_demo)
    for case in things.cases:
        owner = owners.get(case.considered.practice)
        if owner and _is_transferred(case):
            ends = named.note(case.considered.organisation, _country(case.considered.target)), named.note(owner.organisation)
            on, practice = case.changed_on, case.considered.practice
            if case.evaluated and not case.adopted:
                on = case.evaluated.on
            yield Edge(*ends, Learned.TRANSFER, case.id, things.title_of(case), on, case.is_demo, practice)
    for policy in things.policies:
        told = policy.recorded
        learner, said = named.note(told.organisation, _country(told.place)), set[str]()
        for practice in told.because.practices:
            owner = owners.get(practice)
            if owner and (teacher := named.note(owner.organisation)) not in said:
                said.add(teacher)
                title = things.title_of(policy)
                yield Edge(learner, teacher, Learned.POLICY, policy.id, title, told.on, policy.is_demo, practice)


def _is_transferred(case: Case) -> bool:
    """Adopted, or evaluated as something that worked at least in part."""
    worked = case.evaluated is not None and case.evaluated.outcome is not CaseOutcome.DID_NOT_WORK
    return case.state is CaseState.ADOPTED or (case.state is CaseState.EVALUATED and worked)


def _country(place: str) -> str:
    """Of a place such as PT or ES-CT."""
    return place[:2] if len(place) >= 2 and place[:2].isupper() else ""


def _by_country(node: Node) -> tuple[bool, str, str]:
    return not node.country, node.country, node.organisation.casefold()


def _names(owners: Mapping[str, Owner], directory: Mapping[str, Owner]) -> _Named:
    named = _Named(directory)
    for owner in owners.values():
        named.note(owner.organisation, owner.country)
    return named


class _Named:
    """Organisations in one spelling, that of the directory or else the first that came, and their countries."""

    def __init__(self, directory: Mapping[str, Owner]) -> None:
        self._names = {organisation_key(name): each.organisation for name, each in directory.items()}
        self._countries = {organisation_key(each.organisation): each.country for each in directory.values() if each.country}

    def note(self, name: str, country: str = "") -> str:
        """The spelling to be used; empty for an unknown one."""
        key = organisation_key(name)
        if not key:
            return ""
        found = self._names.setdefault(key, " ".join(name.split()))
        if country:
            self._countries.setdefault(organisation_key(found), country)
        return found

    def country(self, name: str) -> str:
        """Where it is known."""
        return self._countries.get(organisation_key(name), "")

"""What could work in a place, and where a practice could work: tests first, in their order; then the nearest places without one.

An order is for one target place, or for one practice. There is none over all, and none of organisations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.errors import NotFound
from kb.peers.contexts.distance import Distance
from kb.peers.transfer.matrix import Cell, for_practice, for_target
from kb.services import contexts
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.transferring.loading import LOOK
from kb.services.transferring.matrix import titles_of
from kb.services.transferring.told import told


@dataclass(frozen=True)
class Untested:
    """A practice, or a target, without a concluded test.

    Attributes:
        title: of the practice.
        source: place of the practice that is nearest to the target; empty where none has a profile.
        distance: between the two; ``None`` where nothing can be compared.
        n_open: tests that are open.
    """

    practice: str
    title: str
    source: str
    target: str
    distance: Distance | None
    n_open: int


@dataclass(frozen=True)
class CouldWork:
    """What could work in a place.

    Attributes:
        tested: covered before thin before blocked (:class:`kb.peers.transfer.matrix.Footing`), each by mean, highest first.
        untested: nearest source first; those of which nothing can be compared come last, by name.
    """

    target: str
    tested: tuple[Cell, ...]
    untested: tuple[Untested, ...]


@dataclass(frozen=True)
class WhereWork:
    """Where a practice could work; in the same order."""

    practice: str
    title: str
    tested: tuple[Cell, ...]
    untested: tuple[Untested, ...]


def could_work_in(kb: KnowledgeBase, target: str, *, actor: Member) -> CouldWork:
    """What could work in a place: tested practices by what is anticipated, then the others by how near their place is.

    Practices that are done in the place itself are left out of those that are not tested.

    Raises:
        NotFound: if there is no profile of ``target`` and no test for it.
    """
    require(actor, Role.MEMBER, LOOK)
    found = told(kb)
    tested = for_target(found.cells.values(), target)
    if not tested and target not in kb.contexts.places():
        there = ", ".join(kb.contexts.places()) or "none"
        raise NotFound(f"There is no context profile of {target[:40]}. There are {there}.")
    near = _near(kb, target, actor)
    done = {cell.practice for cell in tested}
    titles = titles_of(kb, actor=actor)
    places = _places(kb, actor)
    untested = [
        _untested(name, titles[name], places.get(name, ()), target, near, found.n_open.get((name, target), 0))
        for name in titles
        if name not in done and target not in places.get(name, ())
    ]
    return CouldWork(target, tested, tuple(sorted(untested, key=lambda each: (*_far(each.distance), each.practice))))


def where_could_work(kb: KnowledgeBase, practice: str, *, actor: Member) -> WhereWork:
    """Where a practice could work: targets of tests by what is anticipated, then places with a profile by how near they are.

    Raises:
        NotFound: if there is no such practice and no test of it.
    """
    require(actor, Role.MEMBER, LOOK)
    found = told(kb)
    tested = for_practice(found.cells.values(), practice)
    if not tested:
        kb.practices.read(practice)  # whether it is there at all
    title = titles_of(kb, (practice,), actor=actor)[practice]
    own = _places(kb, actor).get(practice, ())
    near = {place: _near(kb, place, actor) for place in own}
    done = {cell.target for cell in tested}
    untested = []
    for target in kb.contexts.places():
        if target not in done and target not in own:
            to_target = {place: distances[target] for place, distances in near.items() if target in distances}
            untested.append(_untested(practice, title, own, target, to_target, found.n_open.get((practice, target), 0)))
    return WhereWork(practice, title, tested, tuple(sorted(untested, key=lambda each: (*_far(each.distance), each.target))))


def _untested(practice: str, title: str, own: Iterable[str], target: str, near: dict[str, Distance], n_open: int) -> Untested:
    source = min((place for place in own if place in near), key=lambda place: _far(near[place]), default="")
    return Untested(practice, title, source, target, near.get(source), n_open)


def _near(kb: KnowledgeBase, place: str, actor: Member) -> dict[str, Distance]:
    """Place → its distance to ``place``; nothing where that has no sound profile."""
    if place not in contexts.profiles(kb, actor=actor):
        return {}
    return dict(contexts.nearest(kb, place, actor=actor, k=len(kb.contexts.places())))


def _far(distance: Distance | None) -> tuple[bool, float]:
    """Those of which nothing can be compared are last."""
    value = distance.value if distance else None
    return value is None, value or 0.0


def _places(kb: KnowledgeBase, actor: Member) -> dict[str, tuple[str, ...]]:
    """Practice → countries where it is done, as the index has it."""
    about = (document.metadata for document in visible_documents(kb.catalog, actor).values())
    return {each.practice: each.countries for each in about if each.practice}

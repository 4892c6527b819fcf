"""Practices × target places: what tests came to, at a glance. Nothing is ordered or averaged over places or organisations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kb.peers.transfer.matrix import Cell, Pair
from kb.services.knowledge_base import KnowledgeBase
from kb.services.permission import Member, Role, require, visible_documents
from kb.services.transferring.loading import LOOK
from kb.services.transferring.told import told


@dataclass(frozen=True)
class Matrix:
    """Tests of practices for target places.

    Attributes:
        practices: name and title, by name: those with a sheet, and those of tests.
        targets: places by code: those with a context profile, and those of tests.
        cells: (practice, target) → what the last concluded test came to; pairs without one are absent.
        n_open: (practice, target) → tests that are open; pairs without one are absent.
        open_tests: (practice, target) → their ids.
    """

    practices: tuple[tuple[str, str], ...]
    targets: tuple[str, ...]
    cells: Mapping[Pair, Cell]
    n_open: Mapping[Pair, int]
    open_tests: Mapping[Pair, tuple[str, ...]]


def matrix(kb: KnowledgeBase, *, actor: Member, practices: Collection[str] = (), targets: Collection[str] = ()) -> Matrix:
    """All tests at a glance; of these practices and targets only, if any are named."""
    require(actor, Role.MEMBER, LOOK)
    found = told(kb)
    pairs = {*found.cells, *found.n_open}
    titles = titles_of(kb, {practice for practice, _ in pairs}, actor=actor)
    places = {*kb.contexts.places(), *(target for _, target in pairs)}
    rows = tuple((name, titles[name]) for name in sorted(titles) if not practices or name in practices)
    columns = tuple(place for place in sorted(places) if not targets or place in targets)
    shown_practices, shown_targets = {name for name, _ in rows}, set(columns)

    def is_shown(pair: Pair) -> bool:
        return pair[0] in shown_practices and pair[1] in shown_targets

    return Matrix(
        rows,
        columns,
        {pair: cell for pair, cell in found.cells.items() if is_shown(pair)},
        {pair: n for pair, n in found.n_open.items() if is_shown(pair)},
        {pair: ids for pair, ids in found.open_tests.items() if is_shown(pair)},
    )


def titles_of(kb: KnowledgeBase, tested: Collection[str] = (), *, actor: Member) -> dict[str, str]:
    """Practice → title: of every practice with a sheet, and of those that were tested. No sheet is read: there may be thousands.

    As the index has it; else as it was when a test was opened; else the name.
    """
    require(actor, Role.MEMBER, LOOK)
    about = (document.metadata for document in visible_documents(kb.catalog, actor).values())
    indexed = {each.practice: each.title for each in about if each.practice}
    opened = told(kb).titles
    return {name: indexed.get(name) or opened.get(name) or name for name in {*kb.practices.names(), *tested}}

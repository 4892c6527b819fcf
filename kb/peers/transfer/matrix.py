"""Concluded tests as cells of practices × target places, and the order in which practices are shown for one place.

Nothing here is ordered or averaged over places, organisations or partners: there is an order for one target, or for one practice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from kb.peers.transfer.events import Cancelled, CaseOutcome, Concluded, Evaluated, Opened
from kb.peers.transfer.state import Certainty

KINDS = (Opened.kind, Concluded.kind, Cancelled.kind, Evaluated.kind)  # all that cells are made of: no judgement is read
Pair = tuple[str, str]  # practice, target


class Row(Protocol):
    """An entry of the journal."""

    @property
    def subject(self) -> str:
        """The test's id."""

    @property
    def kind(self) -> str:
        """Of the event."""

    @property
    def body(self) -> str:
        """As :func:`kb.peers.transfer.events.spelled` spelled it."""

    @property
    def at_utc(self) -> str:
        """When."""

    @property
    def is_demo(self) -> bool:
        """Whether it is of the demonstration."""

    @property
    def id(self) -> int:
        """Grows."""


class Footing(StrEnum):
    """What a mean stands on; in the order in which practices are shown for a place."""

    COVERED = "covered"  # nothing blocks, and at least half of the criteria are known
    THIN = "thin"  # nothing blocks, and more than half of the criteria are unknown
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Cell:
    """What the test of a practice for a target came to: of several concluded ones the last.

    Attributes:
        test: its id.
        title: of the practice, as it was when the test was opened.
        source: place that the practice was looked at in.
        mean, low, high, n_known, n_all, n_assessors: as in :class:`kb.peers.transfer.result.Result`.
        n_blocking: criteria that block; ``n_apart``: on which assessors are apart.
        concluded_at_utc: when.
        n_tests: concluded tests of the same practice and target, this one too.
    """

    practice: str
    target: str
    test: str
    title: str
    source: str
    certainty: Certainty
    mean: float | None
    low: float
    high: float
    n_known: int
    n_all: int
    n_blocking: int
    n_apart: int
    n_assessors: int
    is_demo: bool
    concluded_at_utc: str
    n_tests: int = 1

    @property
    def footing(self) -> Footing:
        """What the mean stands on."""
        if self.n_blocking:
            return Footing.BLOCKED
        return Footing.THIN if 2 * self.n_known < self.n_all else Footing.COVERED


@dataclass(frozen=True)
class Cells:
    """All tests at a glance.

    Attributes:
        cells: (practice, target) → what the last concluded test came to.
        n_open: (practice, target) → tests that are neither concluded nor cancelled; pairs without any are absent.
        tests: (practice, target) → ids of all tests, in the order of the rows.
        titles: practice → title, as it was when a test of it was opened.
        open_tests: (practice, target) → ids of those that ``n_open`` counts.
    """

    cells: Mapping[Pair, Cell]
    n_open: Mapping[Pair, int]
    tests: Mapping[Pair, tuple[str, ...]]
    titles: Mapping[str, str]
    open_tests: Mapping[Pair, tuple[str, ...]]


class _Opened(NamedTuple):  # tens of thousands are made at once; cheaper than a frozen dataclass
    practice: str
    target: str
    title: str
    source: str


def cells(rows: Iterable[Row]) -> Cells:
    """What events of these :data:`KINDS` make; of one test in their order, tests in any.

    Bodies are read as plain JSON, of a pair only the one that stands and of that only what is shown: 40,000 tests have to be read
    while a page loads.
    A test of the demonstration never stands before one that is none.
    """
    opened: dict[str, _Opened] = {}
    concluded: dict[str, Row] = {}
    outcomes: dict[str, CaseOutcome] = {}
    ended: set[str] = set()
    for row in rows:
        match row.kind:
            case Opened.kind:
                body = json.loads(row.body)
                opened[row.subject] = _Opened(body["practice"], body["target"], body["title"], body["source"])
            case Concluded.kind:
                concluded.setdefault(row.subject, row)
            case Evaluated.kind:
                outcomes[row.subject] = CaseOutcome(json.loads(row.body)["outcome"])
            case Cancelled.kind:
                ended.add(row.subject)
    last: dict[Pair, Row] = {}
    n_concluded: Counter[Pair] = Counter()
    still_open: dict[Pair, tuple[str, ...]] = {}
    tests: dict[Pair, tuple[str, ...]] = {}
    for test, about in opened.items():
        pair = about[:2]
        tests[pair] = (*tests.get(pair, ()), test)
        if end := concluded.get(test):
            n_concluded[pair] += 1
            last[pair] = max(last.get(pair, end), end, key=_age)
        elif test not in ended:
            still_open[pair] = (*still_open.get(pair, ()), test)
    found = {
        pair: _cell(row, opened[row.subject], outcomes.get(row.subject), n_tests=n_concluded[pair]) for pair, row in last.items()
    }
    titles = {about.practice: about.title for about in opened.values()}
    n_open = {pair: len(ids) for pair, ids in still_open.items()}
    return Cells(
        MappingProxyType(found),
        MappingProxyType(n_open),
        MappingProxyType(tests),
        MappingProxyType(titles),
        MappingProxyType(still_open),
    )


def for_target(found: Iterable[Cell], target: str) -> tuple[Cell, ...]:
    """What could work in one place: covered before thin before blocked, each by mean, highest first; ties by practice."""
    return tuple(sorted((cell for cell in found if cell.target == target), key=lambda cell: (*_standing(cell), cell.practice)))


def for_practice(found: Iterable[Cell], practice: str) -> tuple[Cell, ...]:
    """Where one practice could work, in the same order; ties by target."""
    return tuple(sorted((cell for cell in found if cell.practice == practice), key=lambda cell: (*_standing(cell), cell.target)))


def _standing(cell: Cell) -> tuple[int, float]:
    return tuple(Footing).index(cell.footing), float("inf") if cell.mean is None else -cell.mean


def _age(row: Row) -> tuple[bool, str, int]:
    """Of two conclusions the greater one stands."""
    return not row.is_demo, row.at_utc, row.id


def _cell(row: Row, opened: _Opened, outcome: CaseOutcome | None, *, n_tests: int) -> Cell:
    result = _head(row.body)["result"]
    return Cell(
        practice=opened.practice,
        target=opened.target,
        test=row.subject,
        title=opened.title,
        source=opened.source,
        certainty=Certainty.ANTICIPATED if outcome is None else Certainty.after(outcome),
        mean=result["mean"],
        low=result["low"],
        high=result["high"],
        n_known=result["n_known"],
        n_all=result["n_all"],
        n_blocking=len(result["blocking"]),
        n_apart=len(result["apart"]),
        n_assessors=result["n_assessors"],
        is_demo=row.is_demo,
        concluded_at_utc=row.at_utc,
        n_tests=n_tests,
    )


def _head(body: str) -> Mapping[str, Any]:
    """A conclusion without what was said to each criterion, which comes last and is most of it."""
    head, criteria, _ = body.partition(',"criteria":{')
    said: Mapping[str, Any] = json.loads(head + "}}" if criteria else body)
    return said

"""Figures that tell of the same thing, together; and whether their sources disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from kb.peers.narrative import UNKNOWN
from kb.peers.parts import Figure


@dataclass(frozen=True)
class FigureGroup:
    """Every figure of one thing, in the order of the sheet.

    Attributes:
        disagrees: two sources say different things of it for the same time and scope, as far as these are known.
    """

    what: str
    figures: tuple[Figure, ...]
    disagrees: bool


def grouped(figures: Iterable[Figure]) -> tuple[FigureGroup, ...]:
    """Figures by what they count, in the order in which each thing comes first."""
    together: dict[str, list[Figure]] = {}
    for figure in figures:
        together.setdefault(figure.what, []).append(figure)
    return tuple(
        FigureGroup(what, tuple(same), any(_disagree(*pair) for pair in combinations(same, 2))) for what, same in together.items()
    )


def _disagree(one: Figure, other: Figure) -> bool:
    is_same_case = all(_may_be_same(getattr(one, about), getattr(other, about)) for about in ("date", "scope"))
    says = [(each.value, each.qualifier, each.unit) for each in (one, other)]
    return one.source != other.source and is_same_case and says[0] != says[1]


def _may_be_same(one: str, other: str) -> bool:
    return one == other or UNKNOWN in (one, other)

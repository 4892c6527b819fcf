"""Figures that tell of the same thing, together; and whether their sources differ.

A sheet gives what it counts the same words where its sources do not say the same of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from kb.peers.parts import Figure


@dataclass(frozen=True)
class FigureGroup:
    """Every figure of one thing, in the order of the sheet.

    Attributes:
        differs: two sources say different things of it. Whether of the same time and scope, a reader sees from these.
    """

    what: str
    figures: tuple[Figure, ...]
    differs: bool


def grouped(figures: Iterable[Figure]) -> tuple[FigureGroup, ...]:
    """Figures by what they count, in the order in which each thing comes first."""
    together: dict[str, list[Figure]] = {}
    for figure in figures:
        together.setdefault(figure.what, []).append(figure)
    return tuple(
        FigureGroup(what, tuple(same), any(_differ(*pair) for pair in combinations(same, 2))) for what, same in together.items()
    )


def _differ(one: Figure, other: Figure) -> bool:
    says = [(each.value, each.qualifier, each.unit) for each in (one, other)]
    return one.source != other.source and says[0] != says[1]

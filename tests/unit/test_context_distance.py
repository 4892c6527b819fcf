"""How far two places are apart: examples that can be followed by hand, and what holds for any."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.contexts.distance import distance
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Indicators
from kb.peers.contexts.profile import ContextProfile
from tests.places import asking, profile

GROUPS = [group.value for group in ConditionGroup]


def apart(measure: dict[str, Any], one: object, other: object, *others: object) -> float | None:
    """Of places of which one indicator is known."""
    asked = asking({"indicator": "it", **measure})
    said = zip(("PT", "ES", "FR", "IT"), (one, other, *others), strict=False)
    a, b, *rest = (profile(place, {"it": value}) for place, value in said)
    return distance(a, b, asked, [a, b, *rest]).value


AMOUNT, LOG = {"measure": "amount", "unit": "euro"}, {"measure": "amount", "unit": "people", "scale": "log"}
SHARE, YEAR, YES_NO, SET = ({"measure": each} for each in ("share", "year", "yes-no", "set"))
CHOICE = {"measure": "choice", "choices": ["labour", "economy", "nobody"]}


@pytest.mark.parametrize(
    ("measure", "one", "other", "others", "wanted"),
    [
        (AMOUNT, 20, 50, (0, 100), 0.3),  # 30 of the 100 between the lowest and the highest
        (AMOUNT, 20, 50, (), 1.0),  # nobody else: they are the lowest and the highest
        (AMOUNT, 20, 20, (20,), 0.0),  # nothing lies between
        (LOG, 1_000_000, 10_000_000, (100_000, 100_000_000), 1 / 3),  # ten times, of a thousand times: one step of three
        (SHARE, 5, 7.5, (2.5, 12.5), 0.25),
        (YEAR, 2011, 2013, (2000, 2020), 0.1),
        (YES_NO, "yes", "no", ("yes",), 1.0),
        (YES_NO, "no", "no", ("yes",), 0.0),
        (CHOICE, "labour", "economy", (), 1.0),
        (CHOICE, "nobody", "nobody", (), 0.0),
        (SET, ["a", "b", "c"], ["B", "c", "d"], (), 0.5),  # two in common of four
        (SET, ["a"], ["b"], (), 1.0),
        (SET, [], [], (), 0.0),  # both say that there are none
        (SET, [], ["a"], (), 1.0),
    ],
)
def test_one_indicator(measure: dict[str, Any], one: object, other: object, others: tuple[object, ...], wanted: float) -> None:
    assert apart(measure, one, other, *others) == pytest.approx(wanted, abs=1e-12)


def test_each_group_weighs_the_same_and_each_indicator_within_it() -> None:
    """Worked by hand: finance (0.3 + 1) / 2 = 0.65, law 0.5 of sets; the two groups together (0.65 + 0.5) / 2 = 0.575."""
    asked = asking(
        {"indicator": "loans", **AMOUNT},
        {"indicator": "fund", **YES_NO},
        {"indicator": "forms", **SET, "group": "legal-framework"},
        {"indicator": "grants", **AMOUNT},
    )
    a = profile("PT", {"loans": 20, "fund": "yes", "forms": ["a", "b", "c"], "grants": 7})
    b = profile("ES", {"loans": 50, "fund": "no", "forms": ["b", "c", "d"]})
    everyone = [a, b, profile("FR", {"loans": 0}), profile("IT", {"loans": 100})]

    found = distance(a, b, asked, everyone)

    assert found.value == pytest.approx(0.575)
    assert [(part.indicator, part.apart, part.weight, part.share) for part in found.parts] == [
        ("loans", pytest.approx(0.3), 0.25, pytest.approx(0.075)),
        ("fund", 1.0, 0.25, 0.25),
        ("forms", 0.5, 0.5, 0.25),
    ]
    assert (found.unknown, found.n_known, found.n_all, found.coverage) == (("grants",), 3, 4, 0.75)


def test_where_nothing_is_known_of_both_there_is_no_distance() -> None:
    asked = asking({"indicator": "fund", **YES_NO}, {"indicator": "loans", **AMOUNT})
    a, b = profile("PT", {"fund": "yes"}), profile("ES", {"loans": 3, "fund": "unknown"})

    found = distance(a, b, asked, [a, b])

    assert (found.value, found.parts, found.coverage, found.unknown) == (None, (), 0.0, ("fund", "loans"))


def test_of_two_sources_that_disagree_the_latest_counts_and_then_the_first() -> None:
    def said(*values: tuple[str, object]) -> ContextProfile:
        told = [{"indicator": "rate", "value": value, "date": date, "scope": "all", "source": "one"} for date, value in values]
        return profile("PT", values=told)

    disagree = said(("2019", 1), ("2021-05", 2), ("2021", 3), ("2021-05", 4), ("unknown", 5))

    assert [value.value for value in disagree.values_of("rate")] == [2, 4, 3, 1, 5]
    found = disagree.value("rate")
    assert found is not None
    assert found.value == 2
    assert disagree.value("other") is None


def test_who_is_not_among_all_profiles_is_compared_on_the_range_that_they_make_together() -> None:
    asked = asking({"indicator": "it", **AMOUNT})
    a, b, c = (profile(place, {"it": value}) for place, value in (("PT", 0), ("ES", 200), ("FR", 100)))

    assert distance(a, b, asked, [c]).value == 1.0


# what holds for any profiles

NAMES = tuple(f"i{n}" for n in range(6))
MEASURES = (AMOUNT, LOG, SHARE, YES_NO, CHOICE, SET)
VALUES = {
    "i0": st.integers(-1000, 1000),
    "i1": st.floats(1e-6, 1e12).map(lambda value: float(f"{value:.6g}")),
    "i2": st.floats(0, 100),
    "i3": st.sampled_from(["yes", "no"]),
    "i4": st.sampled_from(CHOICE["choices"]),
    "i5": st.lists(st.sampled_from("abcd"), unique=True),
}
said = st.fixed_dictionaries({}, optional=VALUES)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Indicators, list[ContextProfile]]:
    """Six indicators in any groups, and two to five places that know some of them."""
    groups = [draw(st.sampled_from(GROUPS)) for _ in NAMES]
    asked = asking(
        *({"indicator": name, **measure, "group": group} for name, measure, group in zip(NAMES, MEASURES, groups, strict=True))
    )
    values = draw(st.lists(said, min_size=2, max_size=5))
    return asked, [profile(place, each) for place, each in zip(("PT", "ES", "FR", "IT", "SI"), values, strict=False)]


@given(worlds())
def test_it_is_the_same_from_both_sides_and_lies_within_its_bounds(world: tuple[Indicators, list[ContextProfile]]) -> None:
    asked, everyone = world
    a, b = everyone[:2]

    there, back = distance(a, b, asked, everyone), distance(b, a, asked, everyone)

    assert there == back
    assert there.value is None or 0 <= there.value <= 1
    assert all(0 <= part.apart <= 1 + 1e-12 for part in there.parts)
    assert there.n_known + len(there.unknown) == there.n_all == len(NAMES)


@given(worlds())
def test_a_place_is_not_apart_from_itself(world: tuple[Indicators, list[ContextProfile]]) -> None:
    asked, everyone = world
    own = distance(everyone[0], everyone[0], asked, everyone)

    assert own.value == (0 if everyone[0].values else None)


@given(worlds())
def test_shares_come_to_the_distance_and_weights_to_one(world: tuple[Indicators, list[ContextProfile]]) -> None:
    asked, everyone = world
    found = distance(everyone[0], everyone[1], asked, everyone)

    assert math.fsum(part.share for part in found.parts) == pytest.approx(found.value or 0.0)
    assert math.fsum(part.weight for part in found.parts) == pytest.approx(1.0 if found.parts else 0.0)
    by_group: dict[str, float] = {}
    for part in found.parts:
        by_group[part.group] = by_group.get(part.group, 0.0) + part.weight
    assert all(weight == pytest.approx(1 / len(by_group)) for weight in by_group.values())


@given(worlds(), st.sampled_from(GROUPS), st.integers(-5, 5))
def test_what_is_known_on_one_side_only_changes_nothing_but_how_much_is_known(
    world: tuple[Indicators, list[ContextProfile]], group: str, value: int
) -> None:
    asked, everyone = world
    a, b = everyone[:2]
    more = Indicators(
        language="en", indicators=(*asked.indicators, *asking({"indicator": "new", **AMOUNT, "group": group}).indicators)
    )
    knows = profile("PT", {**{each.indicator: each.value for each in a.values}, "new": value})

    before, after = distance(a, b, asked, everyone), distance(knows, b, more, [knows, *everyone[1:]])

    assert (after.value, after.parts) == (before.value, before.parts)
    assert after.unknown == (*before.unknown, "new")
    assert after.coverage <= before.coverage

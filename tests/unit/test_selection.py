"""Choosing among practices: what fits, and that each count is what choosing its value would leave."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.peers.practice import PracticeSheet
from kb.peers.selection import FIELDS, Selection, Traits, counted, fits, traits_of
from kb.peers.tags import Tag
from tests.sheets import RAW

VALUES = {"kinds": ("tool", "plan"), "countries": ("IN", "IT", "unknown"), "themes": ("environment", "statistics")}
PRACTICES = st.lists(
    st.fixed_dictionaries({field: st.lists(st.sampled_from(values), unique=True).map(tuple) for field, values in VALUES.items()}),
    max_size=8,
)
SELECTIONS = st.builds(Selection, **{field: st.lists(st.sampled_from(v), unique=True).map(tuple) for field, v in VALUES.items()})


@given(PRACTICES, SELECTIONS)
def test_a_count_is_what_choosing_only_this_value_of_its_field_leaves(practices: list[Traits], wanted: Selection) -> None:
    for field, numbers in counted(practices, wanted).items():
        for value, n in numbers.items():
            assert n == sum(fits(each, replace(wanted, **{field: (value,)})) for each in practices)


@given(PRACTICES, SELECTIONS)
def test_what_fits_has_a_wanted_value_of_every_field_that_is_asked(practices: list[Traits], wanted: Selection) -> None:
    for traits in practices:
        asked = [field for field in FIELDS if getattr(wanted, field)]

        assert fits(traits, wanted) == all(set(getattr(wanted, field)) & set(traits.get(field, ())) for field in asked)


def test_nothing_wanted_lets_all_pass_even_what_cannot_be_read() -> None:
    assert fits({}, Selection())
    assert not fits({}, Selection(kinds=("tool",)))


def test_the_most_frequent_value_comes_first_and_equals_by_name() -> None:
    practices: list[Traits] = [{"kinds": ("tool",)}, {"kinds": ("plan",)}, {"kinds": ("tool",)}, {"kinds": ("good-practice",)}]

    assert list(counted(practices, Selection())["kinds"].items()) == [("tool", 2), ("good-practice", 1), ("plan", 1)]


def test_traits_are_the_sheets_and_all_its_tags() -> None:
    sheet = PracticeSheet.of(RAW | {"place": {"countries": ["SI", "IT"], "scale": "local"}})

    traits = traits_of(sheet, [Tag.of("theme:environment"), Tag.of("sdg:15"), Tag.of("bees"), Tag.of("group:residents")])

    assert traits["countries"] == ("SI", "IT")
    assert (traits["themes"], traits["goals"], traits["groups"], traits["tags"]) == (
        ("environment",), ("15",), ("residents",), ("bees",),
    )  # fmt: skip
    assert traits["statuses"] == (sheet.period.status.value,)


def test_a_practice_whose_place_nobody_knows_can_be_asked_for() -> None:
    sheet = PracticeSheet.of(RAW | {"place": {"countries": "unknown", "scale": "unknown"}})

    assert fits(traits_of(sheet, ()), Selection(countries=("unknown",)))

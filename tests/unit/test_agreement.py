"""Coefficients of agreement: hand arithmetic, what must not change them, and when there is no figure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.peers.agreement.alpha import Metric, alpha
from kb.peers.agreement.bootstrap import draws
from kb.peers.agreement.chance import ac2, fleiss_kappa
from kb.peers.agreement.concordance import kendall_w
from kb.peers.agreement.estimate import Estimate, Meaning, Why, meaning
from kb.peers.agreement.intraclass import Form, icc
from kb.peers.agreement.kappa import kappa
from kb.peers.agreement.leniency import Leniency, leniency
from kb.peers.agreement.table import RatingTable
from kb.peers.agreement.weighting import Weighting, weights

NONE = np.nan
SCALE = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)

Ratings = Mapping[str, Mapping[str, float]]


@st.composite
def ratings(draw: st.DrawFn, *, has_gaps: bool = True) -> dict[str, dict[str, float]]:
    """Unit → rater → rating on SCALE: 2 to 8 units, 2 to 4 raters."""
    raters = [f"r{index}" for index in range(draw(st.integers(2, 4)))]
    cell = st.sampled_from(SCALE)
    cells = st.one_of(st.none(), cell) if has_gaps else cell
    rows = draw(st.lists(st.lists(cells, min_size=len(raters), max_size=len(raters)), min_size=2, max_size=8))
    return {
        f"u{index}": {rater: value for rater, value in zip(raters, row, strict=True) if value is not None}
        for index, row in enumerate(rows)
    }


def renamed(given: Ratings, units: Mapping[str, str], raters: Mapping[str, str]) -> dict[str, dict[str, float]]:
    return {units[unit]: {raters[rater]: value for rater, value in row.items()} for unit, row in given.items()}


def relabelled(given: Ratings, change: Mapping[float, float]) -> dict[str, dict[str, float]]:
    return {unit: {rater: change[value] for rater, value in row.items()} for unit, row in given.items()}


def by_package(values: np.ndarray, metric: Metric) -> float | None:
    """Krippendorff's alpha as the package of Castro computes it; ``None`` where it refuses."""
    with np.errstate(all="ignore"):
        try:
            return float(krippendorff.alpha(reliability_data=values.T, level_of_measurement=metric.value))
        except ValueError:
            return None


def all_of(table: RatingTable, n_draws: int = 0) -> dict[str, Estimate]:
    """Every coefficient that knows gaps."""
    return {
        **{metric.value: alpha(table, metric, n_draws=n_draws) for metric in Metric},
        **{f"ac2 {each}": ac2(table, weighting=each, levels=SCALE, n_draws=n_draws) for each in Weighting},
        **{f"fleiss {each}": fleiss_kappa(table, weighting=each, levels=SCALE, n_draws=n_draws) for each in Weighting},
    }


def near(found: Mapping[str, Estimate], wanted: Mapping[str, Estimate]) -> bool:
    """The same reasons and counts, and values and intervals but for rounding."""
    return found.keys() == wanted.keys() and all(
        (one.why, one.n_units, one.n_practices) == (other.why, other.n_units, other.n_practices)
        and (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), abs=1e-9)
        for one, other in zip(found.values(), wanted.values(), strict=True)
    )


# --- by hand ---


def test_ac2_by_hand() -> None:
    """Three units, levels 1 to 3, ordinal weights 1, 2/3 and 0, whose sum is 17/3.

    Observed: (1 + 2/3 + 1) / 3 = 8/9. Shares of the levels: 2/6, 1/6, 3/6, so that the sum of p(1 − p) is 11/18.
    By chance: 17/3 x 11/18 / (3 x 2) = 187/324. AC2 = (288 − 187) / (324 − 187) = 101/137.
    """
    table = RatingTable.of_columns([1, 2, 3], [1, 3, 3])

    assert weights(Weighting.ORDINAL, 3).ravel().tolist() == pytest.approx([1, 2 / 3, 0, 2 / 3, 1, 2 / 3, 0, 2 / 3, 1])
    assert ac2(table, n_draws=0).value == pytest.approx(101 / 137)


def test_where_nearly_all_ratings_are_the_same_kappa_and_alpha_fall_below_chance_and_ac1_does_not() -> None:
    """18 units of 20 are rated (3, 3), one (3, 2), one (2, 3). Agreed 0.9, shares 0.95 and 0.05.

    Kappa: by chance 0.95² + 0.05² = 0.905, so (0.9 − 0.905) / 0.095. AC1: by chance 2 x 0.95 x 0.05 = 0.095.
    """
    table = RatingTable.of_columns([3] * 18 + [3, 2], [3] * 18 + [2, 3])

    assert fleiss_kappa(table, n_draws=0).value == pytest.approx(-0.005 / 0.095)
    assert alpha(table, Metric.NOMINAL, n_draws=0).value == pytest.approx(1 - (1 + 0.005 / 0.095) * 39 / 40)
    assert ac2(table, weighting=Weighting.IDENTITY, n_draws=0).value == pytest.approx(0.805 / 0.905)


def test_the_level_that_nobody_gave_counts_in_ac2() -> None:
    """Of the scale 1 to 4 nobody gave 4: with identity weights, chance is the sum of p(1 − p) over 3 instead of over 2."""
    table = RatingTable.of_columns([1, 2, 3], [1, 3, 3])
    chance = 11 / 18 / 3

    told = ac2(table, weighting=Weighting.IDENTITY, levels=(1, 2, 3, 4), n_draws=0)

    assert told.value == pytest.approx((2 / 3 - chance) / (1 - chance))


def test_leniency_is_the_mean_difference_from_the_others_of_the_same_units() -> None:
    """On u1 a gave 4, b and c 3 and 2: + 1.5. On u2 a gave 2 and b 3: − 1. On u3 a was alone. Mean: + 0.25."""
    table = RatingTable.of({"u1": {"a": 4, "b": 3, "c": 2}, "u2": {"a": 2, "b": 3}, "u3": {"a": 5}})

    told = leniency(table)

    # b: u1 3 − (4 + 2) / 2 = 0, u2 + 1; c: one unit only
    assert told == (Leniency("a", 0.25, 2), Leniency("b", 0.5, 2), Leniency("c", None, 1))


def test_units_of_one_practice_are_drawn_together() -> None:
    table = RatingTable.of({unit: {"a": 1, "b": 1} for unit in ("x-1", "x-2", "y-1", "z-1")}, {"x-1": "x", "x-2": "x"})

    times = draws(table.practices, 200)

    assert (times[:, 0] == times[:, 1]).all()
    assert (times[:, 1:].sum(axis=1) == 3).all()  # as many practices as there are
    assert set(times.ravel()) <= {0, 1, 2, 3}


def test_an_interval_is_what_naive_draws_by_the_package_give() -> None:
    """Units written out as often as they were drawn, one draw after the other."""
    table = RatingTable.of_columns([1, 2, 3, 4, 5, 2, NONE], [1, 3, 3, 5, 4, 2, 1], [2, 2, NONE, 4, 5, 1, 1])
    drawn = [
        by_package(np.repeat(table.values, times.astype(int), axis=0), Metric.ORDINAL) for times in draws(table.practices, 300)
    ]

    told = alpha(table, Metric.ORDINAL, n_draws=300)

    assert None not in drawn
    assert (told.low, told.high) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975])))


# --- no figure ---


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (RatingTable.of({}), Why.NO_PAIRS),
        (RatingTable.of({"u": {}}), Why.NO_PAIRS),
        (RatingTable.of({"u": {"a": 1}, "v": {"b": 2}}), Why.NO_PAIRS),
        (RatingTable.of({"u": {"a": 1, "b": 2}, "v": {"b": 2}}), Why.ONE_PRACTICE),
        (RatingTable.of({"u-1": {"a": 1, "b": 2}, "u-2": {"a": 1, "b": 1}}, {"u-1": "u", "u-2": "u"}), Why.ONE_PRACTICE),
        (RatingTable.of({"u": {"a": 2, "b": 2}, "v": {"a": 2, "b": 2}}), Why.ONE_VALUE),
    ],
)
def test_without_a_figure_there_is_a_reason_and_never_perfect_agreement(table: RatingTable, why: Why) -> None:
    told = [*all_of(table).values(), *(icc(table, form) for form in Form if table.raters), kendall_w(table)]
    told += [kappa(table, "a", "b")] if len(table.raters) == 2 else []

    assert {each.why for each in told} == {why}
    assert {(each.value, each.low, each.high, each.meaning) for each in told} == {(None, None, None, None)}


def test_units_that_do_not_differ_have_no_intraclass_correlation() -> None:
    table = RatingTable.of_columns([1.1, 2.2], [2.2, 1.1])

    assert icc(table, Form.ICC3_K).why is Why.ALIKE
    assert kendall_w(RatingTable.of_columns([1, 1, 1], [2, 2, 2])).why is Why.ALIKE


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="7"):
        ac2(RatingTable.of_columns([1, 2], [2, 7]), levels=(1, 2, 3))
    with pytest.raises(ValueError, match="ratio"):
        alpha(RatingTable.of_columns([-1, 2], [2, 2]), Metric.RATIO)


def test_draws_in_which_all_ratings_are_equal_are_left_out_of_the_interval() -> None:
    """(3, 3), (3, 3), (1, 2): 8 of 27 draws hold no other value than 3. They count neither as 1 nor as 0."""
    table = RatingTable.of_columns([3, 3, 1], [3, 3, 2])
    values = [
        by_package(np.repeat(table.values, times.astype(int), axis=0), Metric.ORDINAL) for times in draws(table.practices, 500)
    ]
    there = [value for value in values if value is not None]

    told = alpha(table, n_draws=500)

    assert 0.25 < 1 - len(there) / len(values) < 0.35
    assert (told.low, told.high) == pytest.approx(tuple(np.quantile(there, [0.025, 0.975])))
    assert told.is_few


def test_perfect_agreement_has_no_interval() -> None:
    """Any practices drawn give 1; an interval from 1 to 1 would claim that two practices make sure."""
    told = alpha(RatingTable.of_columns([1, 3], [1, 3]))

    assert (told.value, told.low, told.high, told.is_few) == (1, None, None, True)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1.0, Meaning.RELIABLE), (0.8, Meaning.RELIABLE), (0.1 * 8, Meaning.RELIABLE), (0.7999, Meaning.TENTATIVE),
        (0.667, Meaning.TENTATIVE), (0.6669, Meaning.UNRELIABLE), (-0.5, Meaning.UNRELIABLE), (None, None),
    ],
)  # fmt: skip
def test_what_alpha_means(value: float | None, told: Meaning | None) -> None:
    assert meaning(value) is told


# --- what must hold for any ratings ---


@given(ratings())
def test_alpha_is_that_of_the_package(given: Ratings) -> None:
    table = RatingTable.of(given)
    assume(len(table.rated(2).units) > 1)
    metrics = list(Metric) if len(table.rated(2).levels()) > 1 else []

    told = {metric: alpha(table, metric, n_draws=0).value for metric in metrics}

    assert told == pytest.approx({metric: by_package(table.rated(2).values, metric) for metric in metrics}, abs=1e-9)


@given(ratings(), st.randoms())
def test_neither_the_order_of_units_nor_that_of_raters_matters(given: Ratings, random) -> None:  # type: ignore[no-untyped-def]
    """Not even to the intervals: the order in which a mapping holds them is no order."""
    units = random.sample(list(given), len(given))
    shuffled = {unit: dict(random.sample(list(given[unit].items()), len(given[unit]))) for unit in units}
    raters = sorted({rater for row in given.values() for rater in row})
    others = dict(zip(raters, random.sample(raters, len(raters)), strict=True))
    same_units = {unit: unit for unit in given}

    found = all_of(RatingTable.of(given), n_draws=40)

    assert near(all_of(RatingTable.of(shuffled), n_draws=40), found)
    assert near(all_of(RatingTable.of(renamed(given, same_units, others)), n_draws=40), found)


@given(ratings())
def test_a_unit_that_one_alone_rated_changes_no_alpha(given: Ratings) -> None:
    more = {**given, "alone": {"r0": 2.5}, "nobody": {}}

    assert [alpha(RatingTable.of(more), metric, n_draws=20) for metric in Metric] == [
        alpha(RatingTable.of(given), metric, n_draws=20) for metric in Metric
    ]


@given(ratings(), st.permutations(SCALE))
def test_names_of_levels_do_not_matter_to_nominal_alpha(given: Ratings, other: Sequence[float]) -> None:
    changed = RatingTable.of(relabelled(given, dict(zip(SCALE, other, strict=True))))

    assert near({"": alpha(changed, Metric.NOMINAL, n_draws=20)}, {"": alpha(RatingTable.of(given), Metric.NOMINAL, n_draws=20)})


@given(ratings(), st.lists(st.integers(1, 50), min_size=len(SCALE), max_size=len(SCALE)), st.booleans())
def test_ordinal_alpha_knows_the_order_of_levels_and_no_distances(given: Ratings, steps: list[int], is_reversed: bool) -> None:
    """Any rising or falling names of the levels give the same."""
    rising = [float(end) for end in itertools.accumulate(steps)]
    changed = relabelled(given, dict(zip(SCALE, rising[::-1] if is_reversed else rising, strict=True)))

    assert near({"": alpha(RatingTable.of(changed), n_draws=20)}, {"": alpha(RatingTable.of(given), n_draws=20)})


def test_order_and_distance_do_matter_where_they_should() -> None:
    """Swapped levels change ordinal alpha, stretched ones interval alpha: else the two claims before would be of nothing."""
    given = {"u1": {"a": 0.0, "b": 0.5}, "u2": {"a": 0.5, "b": 0.5}, "u3": {"a": 2.5, "b": 2.5}, "u4": {"a": 0.0, "b": 0.0}}
    swapped = relabelled(given, {0.0: 0.0, 0.5: 2.5, 2.5: 0.5})
    stretched = relabelled(given, {0.0: 0.0, 0.5: 2.4, 2.5: 2.5})

    def told(rows: Ratings, metric: Metric) -> float | None:
        return alpha(RatingTable.of(rows), metric, n_draws=0).value

    assert told(swapped, Metric.ORDINAL) != pytest.approx(told(given, Metric.ORDINAL), abs=0.01)
    assert told(stretched, Metric.INTERVAL) != pytest.approx(told(given, Metric.INTERVAL), abs=0.01)


@given(ratings(), st.integers(1, 9), st.integers(-9, 9))
def test_interval_alpha_knows_no_origin_and_no_unit(given: Ratings, times: int, more: int) -> None:
    changed = relabelled(given, {level: times * level + more for level in SCALE})

    assert near({"": alpha(RatingTable.of(changed), Metric.INTERVAL)}, {"": alpha(RatingTable.of(given), Metric.INTERVAL)})


@given(st.lists(st.sampled_from(SCALE), min_size=2, max_size=9), st.integers(2, 4))
def test_perfect_agreement_is_1_in_every_coefficient(levels: list[float], n_raters: int) -> None:
    assume(len(set(levels)) > 1)
    table = RatingTable.of_columns(*[levels] * n_raters)

    told = [*all_of(table).values(), *(icc(table, form, n_draws=0) for form in Form), kendall_w(table)]
    told += [kappa(table, "000", "001", weighting=each, levels=SCALE, n_draws=0) for each in Weighting]

    assert [each.value for each in told] == pytest.approx([1] * len(told))
    assert {each.meaning for each in told} == {Meaning.RELIABLE}


@given(ratings())
def test_no_coefficient_is_above_1_and_an_interval_has_two_ends(given: Ratings) -> None:
    for told in all_of(RatingTable.of(given), n_draws=60).values():
        assert (told.value is None) == (told.why is not None)
        assert told.value is None or told.value <= 1 + 1e-12
        assert (told.low is None) == (told.high is None)
        assert told.low is None or (told.value is not None and told.high is not None and told.low <= told.high <= 1 + 1e-12)


@given(ratings(has_gaps=False))
def test_nominal_alpha_is_fleiss_kappa_less_what_a_small_sample_adds(given: Ratings) -> None:
    """α = κ + (1 − κ) / N for N ratings without gaps; and so with squared distances for interval alpha."""
    table = RatingTable.of(given)
    kappas = [fleiss_kappa(table, weighting=each, levels=SCALE, n_draws=0) for each in (Weighting.IDENTITY, Weighting.QUADRATIC)]
    assume(kappas[0].value is not None)

    told = [alpha(table, metric, n_draws=0).value for metric in (Metric.NOMINAL, Metric.INTERVAL)]

    assert told == pytest.approx([each.value + (1 - each.value) / table.n_ratings for each in kappas if each.value is not None])


@given(ratings(), st.sampled_from(list(Weighting)))
def test_kappa_of_two_is_the_same_from_both_sides(given: Ratings, weighting: Weighting) -> None:
    table = RatingTable.of({**given, "both": {"r0": 0.0, "r1": 0.5}})

    one = kappa(table, "r0", "r1", weighting=weighting, levels=SCALE, n_draws=30)
    other = kappa(table, "r1", "r0", weighting=weighting, levels=SCALE, n_draws=30)

    assert near({"": one}, {"": other})


@given(ratings(has_gaps=False), st.lists(st.integers(-5, 5), min_size=4, max_size=4))
def test_who_rates_higher_throughout_lowers_no_consistency(given: Ratings, more: list[int]) -> None:
    """ICC(3) and Kendall's W look at how units differ, not at how raters do."""
    table = RatingTable.of(given)
    shifted = {unit: {rater: value + more[int(rater[1])] for rater, value in row.items()} for unit, row in given.items()}
    changed = RatingTable.of(shifted)
    assume(len(table.levels()) > 1 and len(changed.levels()) > 1)

    found = {form.value: icc(changed, form, n_draws=0) for form in (Form.ICC3_1, Form.ICC3_K)} | {"w": kendall_w(changed)}

    assert near(found, {form.value: icc(table, form, n_draws=0) for form in (Form.ICC3_1, Form.ICC3_K)} | {"w": kendall_w(table)})


@given(ratings(has_gaps=False))
def test_over_complete_units_leniencies_sum_to_nothing(given: Ratings) -> None:
    """What one is above the others, they are below."""
    told = leniency(RatingTable.of(given))

    assert sum(each.difference or 0 for each in told) == pytest.approx(0, abs=1e-9)
    assert {each.n for each in told} == {len(given)}

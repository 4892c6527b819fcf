"""The interval of few scores, against published examples, sums written out, and Student's density itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.peers.benchmark.small_samples import critical, interval

WIDE = (-1e9, 1e9)  # a scale that cuts nothing
half_marks = st.lists(st.integers(0, 10).map(lambda n: n / 2), min_size=3, max_size=30)


def within(freedom: int, limit: float) -> float:
    """The share of Student's t distribution between -limit and limit, by Simpson's rule over its density."""
    factor = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    n, step = 2_000, limit / 2_000
    density = [factor * (1 + (each * step) ** 2 / freedom) ** (-(freedom + 1) / 2) for each in range(n + 1)]
    return 2 * step / 3 * (density[0] + density[-1] + 4 * sum(density[1:-1:2]) + 2 * sum(density[2:-1:2]))


@pytest.mark.parametrize("freedom", [*range(1, 31), 40, 60, 100])
def test_between_the_typed_values_lie_95_percent_of_the_distribution(freedom: int) -> None:
    """A slip in one digit of the table would show: 0.001 of t is 0.0001 of the share or less, a wrong digit is more."""
    assert within(freedom, critical(freedom)) == pytest.approx(0.95, abs=1e-4)


def test_between_two_rows_of_the_table_the_wider_one_is_taken() -> None:
    assert critical(39) == critical(30)
    assert critical(59) == critical(40)
    assert critical(1000) == critical(100)
    assert all(critical(freedom) >= critical(freedom + 1) for freedom in range(1, 150))


@pytest.mark.parametrize(
    ("values", "mean", "low", "high"),
    [
        # Student's own example: hours of sleep gained by ten patients; as R prints it for t.test(extra ~ group, paired = TRUE)
        ((1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4), 1.58, 0.7001142, 2.4598858),
        # vitamin C in eight lots of a food: Moore and McCabe, Introduction to the Practice of Statistics, 7.1
        ((26, 31, 23, 22, 11, 22, 14, 31), 22.5, 16.5, 28.5),
        # differences of eight students' marks: University of Missouri-St. Louis, MTH1320, 10.5.161
        ((-30, 30, -40, -40, 80, 60, -50, -20), -1.25, -43.51131, 41.01131),
    ],
)
def test_published_examples_come_out(values: Sequence[float], mean: float, low: float, high: float) -> None:
    """To what they print, and what three decimals of t leave open."""
    found = interval(values, *WIDE)

    assert found is not None
    assert found.n == len(values)
    assert found.mean == pytest.approx(mean)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)


def test_an_interval_by_hand() -> None:
    """2, 3 and 4: mean 3, s = 1, t of two degrees of freedom 4.303, half of it 4.303 · 1 / √3 = 2.4843."""
    found = interval([2, 3, 4], *WIDE)

    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((3.0, 0.5157, 5.4843), abs=5e-5)


def test_it_is_cut_to_the_scale() -> None:
    """As above, on a scale from 0 to 5; and 0, 0, 1: 1/3 ± 4.303 · 0.57735 / √3 = 1/3 ± 1.4343."""
    high, low = interval([2, 3, 4], 0, 5), interval([0, 0, 1], 0, 5)

    assert high is not None
    assert high.high == 5
    assert high.low == pytest.approx(0.5157, abs=5e-5)
    assert low is not None
    assert low.low == 0
    assert low.high == pytest.approx(1.7677, abs=5e-5)


@pytest.mark.parametrize("scores", [[], [3], [2, 4]])
def test_of_fewer_than_three_scores_there_is_none(scores: list[float]) -> None:
    assert interval(scores, 0, 5) is None


def test_of_scores_that_are_all_the_same_it_has_no_width() -> None:
    found = interval([3.5] * 4, 0, 5)

    assert found is not None
    assert found.low == found.mean == found.high == 3.5


@given(scores=half_marks, data=st.data())
def test_it_holds_the_mean_stays_on_the_scale_and_knows_no_order(scores: list[float], data: st.DataObject) -> None:
    found = interval(scores, 0, 5)
    shuffled = interval(data.draw(st.permutations(scores)), 0, 5)

    assert found is not None
    assert 0 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= 5
    assert shuffled is not None
    assert (shuffled.mean, shuffled.low, shuffled.high) == pytest.approx((found.mean, found.low, found.high))

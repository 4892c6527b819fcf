"""Measures against sums written out by hand; intervals and p-values against enumeration and known values."""

from __future__ import annotations

import itertools
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.trec_measures import TrecMeasures
from kb.retrieval import measure
from kb.retrieval.measure import MEASURES


def measured(ranking: list[str], grades: dict[str, int]) -> dict[str, float]:
    return TrecMeasures().measure({"q": ranking}, {"q": grades})["q"]


# the measures ------------------------------------------------------------------------------------------------------------


def test_the_first_is_relevant() -> None:
    assert measured(["a", "b"], {"a": 1}) == dict.fromkeys(MEASURES, 1.0)


def test_graded_answers_at_ranks_2_and_3() -> None:
    """Gains are the grades themselves, discounts log2(rank + 1); the ideal order is 2, 1, 1."""
    found = measured(["x", "one", "two", "y"], {"one": 1, "two": 2, "other": 1})

    assert found["ndcg@10"] == pytest.approx((1 / log2(3) + 2 / log2(4)) / (2 / log2(2) + 1 / log2(3) + 1 / log2(4)))
    assert found["recall@10"] == pytest.approx(2 / 3)
    assert found["recall@100"] == pytest.approx(2 / 3)
    assert found["accuracy@1"] == 0
    assert found["mrr"] == pytest.approx(1 / 2)


def test_ranks_10_11_100_and_101_lie_on_either_side_of_the_measures() -> None:
    ranking = [f"x{rank}" for rank in range(1, 201)]

    assert measured(ranking, {"x10": 1})["ndcg@10"] == pytest.approx(1 / log2(11))
    assert measured(ranking, {"x11": 1}) == pytest.approx(
        {"ndcg@10": 0, "recall@10": 0, "recall@100": 1, "accuracy@1": 0, "mrr": 1 / 11}
    )
    assert measured(ranking, {"x100": 1, "x101": 1})["recall@100"] == pytest.approx(1 / 2)


def test_grade_0_and_below_is_not_relevant() -> None:
    assert measured(["zero", "below", "one"], {"zero": 0, "below": -1, "one": 1}) == pytest.approx(
        {"ndcg@10": 1 / log2(4), "recall@10": 1, "recall@100": 1, "accuracy@1": 0, "mrr": 1 / 3}
    )


def test_a_question_without_ranking_or_without_answer_has_0_and_is_there() -> None:
    found = TrecMeasures().measure({"empty": []}, {"empty": {"a": 1}, "missing": {"a": 1}, "unanswered": {"a": 0}})

    assert found == {question: dict.fromkeys(MEASURES, 0.0) for question in ("empty", "missing", "unanswered")}


def test_only_the_given_order_counts_whatever_the_names() -> None:
    """trec_eval breaks ties by name and cuts names at blanks."""
    for names in (["a", "b", "c"], ["c", "b", "a"], ["x y", "x z", "x"], ["\0", "é", "😀"]):
        assert measured(names, {names[1]: 1})["mrr"] == pytest.approx(1 / 2)


@given(st.permutations(range(12)), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_the_measures_are_their_definitions(order: list[int], grades: list[int]) -> None:
    gains = [grades[unit] for unit in order]
    ideal = sum(gain / log2(rank + 1) for rank, gain in enumerate(sorted(grades, reverse=True)[:10], start=1))
    relevant = sum(grade > 0 for grade in grades)
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), None)

    found = measured([str(unit) for unit in order], {str(unit): grade for unit, grade in enumerate(grades)})

    assert found == pytest.approx(
        {
            "ndcg@10": sum(gain / log2(rank + 1) for rank, gain in enumerate(gains[:10], start=1)) / ideal if relevant else 0,
            "recall@10": sum(gain > 0 for gain in gains[:10]) / relevant if relevant else 0,
            "recall@100": float(relevant > 0),
            "accuracy@1": float(gains[0] > 0),
            "mrr": 1 / first if first else 0,
        }
    )


# intervals ---------------------------------------------------------------------------------------------------------------


def test_the_interval_of_a_proportion_is_that_of_the_binomial() -> None:
    """50 of 100: resampled means are Binomial(100, 1/2) / 100, whose 2.5 % and 97.5 % points are 0.40 and 0.60."""
    values = np.repeat([0.0, 1.0], 50)[:, None]

    low, high = measure.intervals(values)[0]

    assert (low, high) == (0.40, 0.60)


def test_two_questions_enumerate() -> None:
    """Means 0, 1/2, 1 with probabilities 1/4, 1/2, 1/4: the tails are 0 and 1."""
    assert measure.intervals(np.array([[0.0], [1.0]])).tolist() == [[0.0, 1.0]]


def test_equal_values_leave_nothing_to_doubt() -> None:
    assert measure.intervals(np.full((7, 2), 0.25)).tolist() == pytest.approx(np.full((2, 2), 0.25))
    assert measure.intervals(np.array([[0.3]])).tolist() == pytest.approx(np.full((1, 2), 0.3))


def test_no_question_has_no_interval() -> None:
    with pytest.raises(ValueError, match="no question"):
        measure.intervals(np.zeros((0, 5)))


@settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_an_interval_is_the_same_in_every_run_and_within_the_values(values: list[float]) -> None:
    column = np.array(values)[:, None]

    ((low, high),) = measure.intervals(column, resamples=1000)

    assert [[low, high]] == measure.intervals(column, resamples=1000).tolist()
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


# the paired test ---------------------------------------------------------------------------------------------------------


def enumerated(differences: list[float]) -> float:
    """Every pattern of signs, written plainly."""
    observed = abs(sum(differences))
    patterns = list(itertools.product((1, -1), repeat=len(differences)))
    as_far = [
        abs(sum(sign * each for sign, each in zip(pattern, differences, strict=True))) >= observed - 1e-9 for pattern in patterns
    ]
    return sum(as_far) / len(patterns)


def test_three_rises_of_three_have_p_one_quarter() -> None:
    """2 of the 8 sign patterns are as far from 0: all up, all down."""
    assert measure.paired_p(np.array([0.1, 0.2, 0.3])) == 2 / 8


def test_fishers_darwin_data() -> None:
    """Zea mays, 15 pairs, in eighths of an inch: 1,726 of the 32,768 sign patterns reach 314 on either side (Fisher 1935, §21)."""
    darwin = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], float)

    assert measure.paired_p(darwin, resamples=2**15) == 1726 / 32768
    assert measure.paired_p(darwin) == pytest.approx(1726 / 32768, abs=0.008)  # drawn: 3.5 standard errors of 10,000 draws


@given(st.lists(st.integers(-8, 8), min_size=1, max_size=8))
def test_few_changes_are_enumerated(eighths: list[int]) -> None:
    differences = [each / 8 for each in eighths]

    assert measure.paired_p(np.array(differences)) == pytest.approx(enumerated(differences))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20), st.integers(0, 50))
def test_direction_and_unchanged_questions_decide_nothing(differences: list[float], unchanged: int) -> None:
    one = measure.paired_p(np.array(differences), resamples=500)

    assert 0 < one <= 1
    assert measure.paired_p(-np.array(differences), resamples=500) == one
    assert measure.paired_p(np.array(differences + [0.0] * unchanged), resamples=500) == one


def test_no_change_is_no_evidence() -> None:
    assert measure.paired_p(np.zeros(40)) == 1.0


def test_a_clear_rise_of_many_questions_is_evidence_and_never_certainty() -> None:
    assert measure.paired_p(np.full(60, 0.1)) == 1 / 10_001

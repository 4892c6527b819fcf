"""How many candidates each language gives: together as many as there are places, whatever the languages hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.retrieval.candidates import CANDIDATES, MIN_CANDIDATES, of_each_language


@pytest.mark.parametrize(
    ("per_language", "wanted"),
    [
        ([1000], 200),
        ([1000, 0, 900], 100),
        ([1000, 900, 800, 700, 600, 500], 33),
        ([1000, 900, 800, 700, 600, 500, 1, 1, 1], 32),  # 197 places for six
        ([1000, 900, 10], 95),
        ([60, 90, 1000], 70),  # 60 leave 140 for two: 70 of each
        ([1000] * 40, MIN_CANDIDATES),
        ([3, 5], CANDIDATES),  # all there are
        ([], CANDIDATES),
    ],
)
def test_a_language_with_few_passages_leaves_its_places_to_the_others(per_language: list[int], wanted: int) -> None:
    assert of_each_language(np.array(per_language, np.int64)) == wanted


@given(st.lists(st.integers(0, 300), max_size=30))
def test_all_places_are_taken_and_no_more_than_each_language_must_have(per_language: list[int]) -> None:
    each = of_each_language(np.array(per_language, np.int64))
    taken = sum(min(each, count) for count in per_language)

    assert each >= MIN_CANDIDATES
    if each > MIN_CANDIDATES:
        assert taken <= CANDIDATES
    assert taken > CANDIDATES - max(1, len(per_language)) or taken == sum(per_language)  # what is left over is less than one each


@given(st.lists(st.integers(CANDIDATES, 300), min_size=1, max_size=10))
def test_where_every_language_has_enough_they_share_alike(per_language: list[int]) -> None:
    assert of_each_language(np.array(per_language, np.int64)) == CANDIDATES // len(per_language)

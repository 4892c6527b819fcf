"""Fusion, written out by hand."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.retrieval.fuse import ABROAD_WEIGHT, FEEDBACK, PRIOR, WORDS_WEIGHT, Leg, Scale, fuse, scales


def test_the_constants_are_the_ones_that_were_measured() -> None:
    assert (WORDS_WEIGHT, ABROAD_WEIGHT, FEEDBACK, PRIOR) == (4.5, 3.0, 0.1, 24)


def test_a_score_is_z_of_the_nearness_plus_the_weighted_share_of_words() -> None:
    scale = {"en": Scale(mean=0.80, spread=0.02), "fr": Scale(mean=0.78, spread=0.04)}
    legs = {
        0: Leg(0.86, 0.0, "en"),  # (0.86 - 0.80) / 0.02                        = 3
        1: Leg(0.86, 0.2, "fr"),  # (0.86 - 0.78) / 0.04 + 4.5 x 0.2 = 2 + 0.9  = 2.9
        2: Leg(0.78, 1.2, "en"),  # (0.78 - 0.80) / 0.02 + 4.5 x 1.2 = -1 + 5.4 = 4.4
        3: Leg(0.86, 0.2, "fr", is_abroad=True),  # 2 + 3 x 0.2                 = 2.6
        4: Leg(0.84, 0.0, "en", likeness=0.9),  # (0.84 + 0.1 x 0.9 - 0.80) / 0.02 = 6.5
    }

    ordered = fuse(legs, scale)

    assert [row for row, _ in ordered] == [4, 2, 0, 1, 3]
    assert dict(ordered) == pytest.approx({0: 3.0, 1: 2.9, 2: 4.4, 3: 2.6, 4: 6.5})


def test_a_scale_is_drawn_towards_the_whole_sample_where_its_own_is_small() -> None:
    similarities = np.array([0.9, 0.8, 0.7, 0.5, 0.3], np.float32)
    languages = np.array([0, 0, 0, 1, 1], np.int32)
    # whole: mean (0.9 + 0.8 + 0.7 + 0.5 + 0.3) / 5 = 0.64
    #        variance (0.26² + 0.16² + 0.06² + 0.14² + 0.34²) / 5 = (0.0676 + 0.0256 + 0.0036 + 0.0196 + 0.1156) / 5 = 0.0464
    # en: mean 0.8, variance (0.01 + 0 + 0.01) / 3; weight 3 / (3 + 24) = 1/9
    # fr: mean 0.4, spread 0.1; weight 2 / (2 + 24) = 1/13
    whole_spread = 0.0464**0.5
    found = scales(similarities, languages, ("en", "fr", "xx"))

    assert found["en"].mean == pytest.approx(0.8 / 9 + 0.64 * 8 / 9, abs=1e-6)
    assert found["en"].spread == pytest.approx((0.02 / 3) ** 0.5 / 9 + whole_spread * 8 / 9, abs=1e-6)
    assert found["fr"].mean == pytest.approx(0.4 / 13 + 0.64 * 12 / 13, abs=1e-6)
    assert found["fr"].spread == pytest.approx(0.1 / 13 + whole_spread * 12 / 13, abs=1e-6)
    assert (found["xx"].mean, found["xx"].spread) == pytest.approx((0.64, whole_spread), abs=1e-6)


def test_in_one_language_the_scale_is_the_plain_mean_and_spread() -> None:
    similarities = np.linspace(0.6, 0.9, 100, dtype=np.float32)
    (scale,) = scales(similarities, np.zeros(100, np.int32), ("en",)).values()

    assert (scale.mean, scale.spread) == pytest.approx((similarities.mean(), similarities.std()), abs=1e-6)


def test_a_sample_without_spread_only_centres() -> None:
    assert Scale(0.8, 0.0).z(0.9) == pytest.approx(0.1)


def test_without_a_sample_scores_are_the_cosines_themselves() -> None:
    assert scales(np.zeros(0, np.float32), np.zeros(0, np.int32), ("en",))["en"].z(0.7) == pytest.approx(0.7)


def test_equal_scores_are_ordered_by_row() -> None:
    assert [row for row, _ in fuse({row: Leg(0.5, 0.5, "en") for row in (9, 3, 7)}, {"en": Scale(0.5, 0.1)})] == [3, 7, 9]


LEGS = st.dictionaries(
    st.integers(0, 50),
    st.builds(Leg, st.floats(-1, 1), st.floats(0, 2), st.sampled_from(["en", "fr"]), st.booleans(), st.floats(-1, 1)),
    max_size=20,
)


@given(LEGS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=80)
def test_fusion_ignores_the_order_of_its_inputs(legs: dict[int, Leg], chance: random.Random) -> None:
    scale = {"en": Scale(0.8, 0.02), "fr": Scale(0.7, 0.0)}
    shuffled = list(legs.items())
    chance.shuffle(shuffled)

    assert fuse(dict(shuffled), scale) == fuse(legs, scale)


@given(st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=30, unique=True))
@settings(deadline=None, max_examples=80)
def test_in_one_language_without_shared_words_fusion_keeps_the_order_of_the_cosines(cosines: list[float]) -> None:
    sample = np.asarray(cosines, np.float32)
    ordered = fuse(
        {row: Leg(float(cosine), 0.0, "en") for row, cosine in enumerate(sample)},
        scales(sample, np.zeros(len(sample), np.int32), ("en",)),
    )
    ranked = [float(sample[row]) for row, _ in ordered]

    assert all(one >= other - 1e-6 for one, other in itertools.pairwise(ranked))

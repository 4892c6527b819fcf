"""Agreement of reviewers: what a large panel costs, against the package ``krippendorff``, and what its intervals are worth."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import krippendorff
import numpy as np
from numpy.typing import NDArray

from kb.adapters.one_thread import use_one_thread_a_product
from kb.peers.agreement.alpha import alpha
from kb.peers.agreement.bootstrap import N_DRAWS, draws
from kb.peers.agreement.panel import Scores, panel_agreement
from kb.peers.agreement.table import RatingTable

N_PRACTICES, N_REVIEWERS, N_CRITERIA = 200, 5, 20
LEVELS = tuple(half / 2 for half in range(11))  # 0 to 5 in half marks
ABSENT = 0.3  # of the scores: not assessable, unknown, or another panel
ROUNDS = 5
SIZES = (5, 10, 15, 20, 30)  # practices of a made-up panel
PANELS = 400  # a size
NOISES = (0.4, 0.8)  # points of the scale by which a reviewer strays from what a practice is worth
MANY = 20_000  # practices that give the true alpha


def agreement() -> dict[str, Any]:
    """Median seconds of a whole panel with all intervals, and of alpha with its interval, ours and the package's in a loop."""
    use_one_thread_a_product()  # as the app does
    given = _made_up()
    whole, alone = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        told = panel_agreement(given, [str(one) for one in range(N_CRITERIA)], LEVELS)
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        ours = [alpha(table) for table in _tables(given)]
        alone.append(time.perf_counter() - began)
    began = time.perf_counter()
    theirs = [_by_package(table) for table in _tables(given)]
    package = time.perf_counter() - began
    pairs = [(one.value, one.low, one.high) for one in ours]
    return {
        "practices": N_PRACTICES,
        "reviewers": N_REVIEWERS,
        "criteria": N_CRITERIA,
        "scores": sum(one.n_ratings for one in told),
        "draws": N_DRAWS,
        "pairs": sum(len(one.kappas) for one in told),
        "panel_s": round(float(np.median(whole)), 2),
        "alpha_s": round(float(np.median(alone)), 3),
        "package_alpha_s": round(package, 1),
        "ratio": round(package / float(np.median(alone))),
        "largest_difference": float(np.abs(np.array(pairs, float) - np.array(theirs)).max()),
        "coverage": coverage(),
    }


def coverage() -> dict[str, dict[str, dict[str, float]]]:
    """True alpha → number of practices → of made-up panels of three reviewers: share whose interval holds it, and mean alpha."""
    random = np.random.default_rng(7)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for noise in NOISES:
        true = alpha(RatingTable.of_columns(*_rated(random, MANY, 3, noise, 0.15)), n_draws=0).value
        assert true is not None
        held = {}
        for size in SIZES:
            told = [alpha(RatingTable.of_columns(*_rated(random, size, 3, noise, 0.15)), n_draws=500) for _ in range(PANELS)]
            intervals = [(one.low, one.high) for one in told if one.low is not None and one.high is not None]
            share = sum(low <= true <= high for low, high in intervals) / len(intervals)
            mean = np.mean([one.value for one in told if one.value is not None])
            held[str(size)] = {"held": round(share, 3), "mean": round(float(mean), 3)}
        found[f"{true:.2f}"] = held
    return found


def _made_up() -> Scores:
    """Assessment → reviewer → criterion → score, with gaps."""
    random = np.random.default_rng(1)
    given: dict[str, dict[str, dict[str, float]]] = {}
    for criterion in range(N_CRITERIA):
        for reviewer, scores in enumerate(_rated(random, N_PRACTICES, N_REVIEWERS, 0.6, ABSENT)):
            for practice, score in enumerate(scores):
                if np.isfinite(score):
                    given.setdefault(f"p{practice}", {}).setdefault(f"r{reviewer}", {})[str(criterion)] = float(score)
    return given


def _rated(random: np.random.Generator, n: int, n_raters: int, noise: float, absent: float) -> NDArray[np.float64]:
    """``(n_raters, n)``: each practice is worth something, and each reviewer strays from it."""
    worth = random.normal(2.8, 1.0, n)
    scores = np.clip(np.round((worth + random.normal(0, noise, (n_raters, n))) * 2) / 2, LEVELS[0], LEVELS[-1])
    scores[random.random((n_raters, n)) < absent] = np.nan
    return scores


def _tables(given: Scores) -> Iterator[RatingTable]:
    for criterion in range(N_CRITERIA):
        name = str(criterion)
        yield RatingTable.of({unit: {who: one[name] for who, one in panel.items() if name in one} for unit, panel in given.items()})


def _by_package(table: RatingTable) -> tuple[float, float, float]:
    """Value and interval as one would write it with the package: the same draws, one after the other."""
    values = table.rated(2).values

    def one(rows: NDArray[np.float64]) -> float:
        return float(krippendorff.alpha(reliability_data=rows.T, level_of_measurement="ordinal"))

    drawn = [one(np.repeat(values, times.astype(int), axis=0)) for times in draws(table.rated(2).practices, N_DRAWS)]
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return one(values), low, high


if __name__ == "__main__":
    import json

    print(json.dumps(agreement(), indent=1))

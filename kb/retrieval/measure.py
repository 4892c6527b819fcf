"""What is measured of a ranking, the port that measures it, and how sure one can be of a mean: plain statistics in numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

MEASURES = ("ndcg@10", "recall@10", "recall@100", "accuracy@1", "mrr")
DEPTH = 100  # units ranked for a question: as deep as the deepest measure looks; a first answer below it has a reciprocal rank of 0
RESAMPLES = 10_000
CONFIDENCE = 0.95
SEED = 20261122  # intervals and p-values are the same in every run
_AT_ONCE = 500  # resamples drawn together: bounds memory at a few thousand questions
_SAME = 1e-9  # two sums of the same differences in another order

Values = dict[str, dict[str, float]]  # question → measure → value


class Measures(Protocol):
    """Measures rankings against judgements."""

    def measure(self, rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]) -> Values:
        """All of :data:`MEASURES` for each judged question.

        ``ndcg@10`` has linear gains and log2 discounts, ``accuracy@1`` is 1 where the first is relevant, ``mrr`` is the
        reciprocal rank of the first relevant one in the whole ranking.

        Args:
            rankings: question → units, best first, each once. Their order is all that counts.
            judgements: question → unit → grade; relevant above 0. Units that are not named are not relevant.

        Returns:
            Every question of ``judgements``; one that has no ranking or no relevant unit has 0 everywhere.
        """
        ...


def intervals(values: NDArray[np.float64], *, resamples: int = RESAMPLES, seed: int = SEED) -> NDArray[np.float64]:
    """Percentile bootstrap intervals of the means, at :data:`CONFIDENCE`: questions are drawn again with replacement.

    Args:
        values: ``float64 (n_questions, n_measures)``; the same draws are used for all columns.

    Returns:
        ``float64 (n_measures, 2)``: low and high.

    Raises:
        ValueError: if there is no question.

    Reference:
        Efron, Tibshirani: An Introduction to the Bootstrap (1993), chapter 13; for retrieval: Sakai (SIGIR 2006),
        doi:10.1145/1148170.1148261.
    """
    n = len(values)
    if n == 0:
        raise ValueError("no question to draw from")
    chance = np.random.default_rng(seed)
    means = []
    for at in range(0, resamples, _AT_ONCE):
        times = chance.multinomial(n, np.full(n, 1 / n), size=min(_AT_ONCE, resamples - at))
        means.append(times @ values / n)
    tail = (1 - CONFIDENCE) / 2
    return np.quantile(np.concatenate(means), [tail, 1 - tail], axis=0).T


def paired_p(differences: NDArray[np.float64], *, resamples: int = RESAMPLES, seed: int = SEED) -> float:
    """Two-sided p-value of a paired randomisation test: how often the mean is as far from 0 when signs are chance.

    Exact where there are no more sign patterns than ``resamples`` (13 changed questions); else drawn, the observed one counted
    among the draws, so that p is never 0.

    Args:
        differences: ``float64 (n,)``, after minus before, a question each. Those that did not change decide nothing.

    Reference:
        Smucker, Allan, Carterette (CIKM 2007), doi:10.1145/1321440.1321528.
    """
    changed = differences[np.abs(differences) > _SAME]
    observed = abs(changed.sum()) - _SAME
    if len(changed) == 0:
        return 1.0
    if 2 ** len(changed) <= resamples:
        patterns = np.arange(2 ** len(changed))[:, None] >> np.arange(len(changed)) & 1
        return float(np.mean(np.abs((1 - 2 * patterns) @ changed) >= observed))
    chance = np.random.default_rng(seed)
    as_far = 0
    for at in range(0, resamples, _AT_ONCE):
        signs = 1 - 2 * chance.integers(0, 2, size=(min(_AT_ONCE, resamples - at), len(changed)))
        as_far += int(np.sum(np.abs(signs @ changed) >= observed))
    return (1 + as_far) / (1 + resamples)
